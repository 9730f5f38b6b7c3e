import type {ChatAsked} from './chat-refusal.js'
import {NoModelAccessError} from '../errors/access.js'
import {parseUrl} from '../network/addresses.js'
import {modelAccessPages} from './model-access.js'

/**
 * How the hosted service says what an account lacks: by these texts and nothing else (contract 10).
 * They are matched loosely.
 */
const ROWS: readonly (readonly [says: RegExp, lacks: string])[] = [
  [/^no enabled model/i, 'no model is enabled for it'],
  [/^hosted ai requires/i, 'it has neither a balance nor a key of its own at the provider'],
  [/^no \w+ api key configured/i, 'it lacks a key of its own for that provider'],
  [/not supported without ai gateway/i, 'that provider needs the AI Gateway'],
  [/not enabled for your team/i, 'its role in the team may not use that model'],
  [/not on the team.s model allowlist/i, 'its team does not allow that model'],
]

/**
 * What an account lacks that may not have this answered: a normal state, nobody is signed out.
 *
 * @param said - the server's sentence
 * @returns `undefined` where the sentence says something else
 */
export function modelAccessTrouble(said: string, asked: ChatAsked): NoModelAccessError | undefined {
  if (asked.credential.provider !== 'mogplex') return undefined
  const row = ROWS.find(([says]) => says.test(said))
  return row && noModelAccess(`${row[1]} (${said})`, siteRootOf(asked))
}

/** The Mogplex that was asked: its API for prompts is at the same origin. */
export function siteRootOf({baseUrl}: ChatAsked): string {
  return parseUrl(baseUrl)?.origin ?? baseUrl
}

/**
 * @param lacks - in words that follow "This account has no model access:"
 * @param siteRoot - the Mogplex address, without a trailing slash
 */
export function noModelAccess(lacks: string, siteRoot: string): NoModelAccessError {
  const {availableModels, plansAndBilling} = modelAccessPages(siteRoot)
  return new NoModelAccessError(
    `This account has no model access: ${lacks}. You stay signed in.`,
    `See Available Models (${availableModels}) and Plans & Billing (${plansAndBilling}).`,
  )
}
