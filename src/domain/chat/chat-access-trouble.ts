import type {ChatAsked} from './chat-refusal.js'
import {NoBalanceError, NoModelAccessError} from '../errors/access.js'
import {parseUrl} from '../network/addresses.js'
import {modelAccessPages} from './model-access.js'

export const NO_BALANCE = 'it has neither a balance nor a key of its own at the provider'

/**
 * How the hosted service says what an account lacks: only by these texts (contract 10). They are
 * matched loosely.
 */
const ROWS: readonly (readonly [says: RegExp, lacks: string])[] = [
  [/^no enabled model/i, 'no model is enabled for it'],
  [/^hosted ai requires/i, NO_BALANCE],
  [/^no \w+ api key configured/i, 'it lacks a key of its own for that provider'],
  [/not supported without ai gateway/i, 'that provider needs the AI Gateway'],
  [/not enabled for your team/i, 'its role in the team may not use that model'],
  [/not on the team.s model allowlist/i, 'its team does not allow that model'],
]

/**
 * What the account lacks when a prompt is refused. A normal state: the user stays signed in.
 *
 * @param said - the server's sentence
 * @returns `undefined` where the sentence says something else
 */
export function modelAccessTrouble(said: string, asked: ChatAsked): NoModelAccessError | undefined {
  if (asked.credential.provider !== 'mogplex') return undefined
  const row = ROWS.find(([says]) => says.test(said))
  if (row === undefined) return undefined
  const lacks = `${row[1]} (${said})`
  return (row[1] === NO_BALANCE ? noBalance : noModelAccess)(lacks, siteRootOf(asked))
}

/** The Mogplex that was called: its API for prompts has the same origin. */
export function siteRootOf({baseUrl}: ChatAsked): string {
  return parseUrl(baseUrl)?.origin ?? baseUrl
}

/**
 * @param lacks - in words that follow "This account has no model access:"
 * @param siteRoot - the Mogplex address, without a trailing slash
 * @param after - what to do then, as a sentence after the two pages
 */
export function noModelAccess(lacks: string, siteRoot: string, after?: string): NoModelAccessError {
  return new NoModelAccessError(...noAccessTexts(lacks, siteRoot, after))
}

/** As {@link noModelAccess}. */
export function noBalance(lacks: string, siteRoot: string, after?: string): NoBalanceError {
  return new NoBalanceError(...noAccessTexts(lacks, siteRoot, after))
}

/** The two pages where an account can get access to models. */
export function whereToGetAccess(siteRoot: string): string {
  const {availableModels, plansAndBilling} = modelAccessPages(siteRoot)
  return `See Available Models (${availableModels}) and Plans & Billing (${plansAndBilling}).`
}

function noAccessTexts(
  lacks: string,
  siteRoot: string,
  after: string | undefined,
): [string, string] {
  return [
    `This account has no model access: ${lacks}. You stay signed in.`,
    [whereToGetAccess(siteRoot), after].filter((text) => text !== undefined).join(' '),
  ]
}
