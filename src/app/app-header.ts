import {MogplexError} from '@mogplex/plugin-kit/errors'
import {accountWord} from '../domain/credential/credential.js'
import {choiceText} from '../domain/chat/model-choice.js'
import {cannotPayText, refusedForPrompts} from '../domain/credential/login-for-prompts.js'
import type {Resolution} from '../domain/credential/precedence.js'
import {type ProviderId, providerName} from '../domain/credential/provider-table.js'
import {baseUrlOf} from '../domain/network/api-address.js'
import type {Payer} from '../services/choose-model.js'
import {placeText} from './names.js'

interface Asked {
  readonly session: {refresh(): void; readonly resolution: Resolution}
  readonly prompts: {payer(): Payer; whyNone(): MogplexError | undefined}
  /** The profile in use, where there are several. */
  readonly shownProfile?: (() => {readonly name: string} | undefined) | undefined
}

/** The account, the model and the payer, from the disk as it is now. */
export function headerParts(asked: Asked): string[] {
  asked.session.refresh()
  const who = accountName(asked.session) ?? 'no Mogplex account'
  const profile = asked.shownProfile?.()
  return [profile === undefined ? who : `${profile.name}: ${who}`, ...payerTexts(asked)]
}

/** The account of an ended login, and what to do. */
function endedLogin({trace}: Resolution): string | undefined {
  const ended = trace.find(
    ({provider, state}) => provider === 'mogplex' && (state === 'expired' || state === 'rejected'),
  )
  if (ended === undefined) return undefined
  return `the login of ${accountWord(ended.credential?.account) ?? 'an unnamed account'} has ended: /login`
}

/** Who is (or was) signed in to Mogplex, as far as known; `undefined` where nobody is. */
function accountName(session: Asked['session']): string | undefined {
  try {
    const {account} = session.resolution
    if (account.kind === 'none') return endedLogin(session.resolution)
    if (account.kind !== 'credential') return undefined
    const {source, account: who} = account.credential
    return accountWord(who) ?? (source.type === 'env' ? source.variable : 'Mogplex API key')
  } catch {
    return undefined
  }
}

function payerTexts({session, prompts}: Asked): string[] {
  try {
    const {credential, model} = prompts.payer()
    const {source, provider} = credential
    const what = source.type === 'env' ? source.variable : `your ${providerName(provider)} key`
    const payer = credential.type === 'oauth' ? 'your login' : what
    const place = placeText(addressOf(provider, session.resolution))
    const lack = LACKS[prompts.whyNone()?.code ?? ''] ?? ''
    return [choiceText({provider, model: model ?? 'default model'}), `${payer} pays${place}${lack}`]
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    if (error.code === 'MALFORMED_VARIABLE') return [error.message]
    const login = refusedForPrompts(session.resolution.trace)
    return [login === undefined ? 'nothing pays: /login' : cannotPayText(baseUrlOf(login))]
  }
}

/** Why no prompt is answered although something pays, in words that follow it. */
const LACKS: Partial<Record<string, string>> = {
  NO_MODEL_ACCESS: ', but the account has no model access: /whoami',
  PAYMENT_NOT_CONFIRMED: ', once you say yes',
  OTHER_PAYER: ', but MOGPLEX_PAYER allows only another one: /whoami',
}

function addressOf(provider: ProviderId, {trace}: Resolution) {
  return trace.find((entry) => entry.for === 'model' && entry.provider === provider)?.baseUrl
}
