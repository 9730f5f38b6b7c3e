import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {Credential, OAuthCredential} from '../../domain/credential/credential.js'
import {loginCannotPay} from '../../domain/credential/login-for-prompts.js'
import {credentialName} from '../../domain/credential/rejected-key.js'
import type {Resolution} from '../../domain/credential/precedence.js'
import {fine, type Finding, troubleFinding, unknown, wrong} from '../../domain/doctor/finding.js'
import {CredentialRejectedError, UnexpectedPageError} from '../../domain/errors/authentication.js'
import {hostOf} from '../../domain/network/addresses.js'
import {isExpired} from '../../domain/refresh/expiry.js'
import type {PromptAnswer} from '../../adapters/mogplex-api/prompt-acceptance.js'
import type {Probe} from './probe.js'

export interface AskingPorts {
  readonly resolution: () => Resolution | undefined
  /** Why asking Mogplex would be useless; nothing where it is not. */
  readonly trouble: Promise<string | undefined>
  /** The address of Mogplex's API for a credential. */
  readonly baseUrlOf: (credential: Credential) => string
  readonly checkToken: (credential: Credential, signal: AbortSignal) => Promise<void>
  readonly askAboutPrompts: (login: OAuthCredential, signal: AbortSignal) => Promise<PromptAnswer>
  /** Sends a provider's key to the provider, with a request that costs nothing. */
  readonly listModels: (payer: Credential, signal: AbortSignal) => Promise<unknown>
  readonly whyNoPrompt: () => MogplexError | undefined
  readonly now: () => Date
}

// The server is waited for first; both together stay below the total limit.
const LIMIT_MS = 12_000
const NOBODY_TO_ASK = 'nothing to check: nobody is signed in'

/** Whether Mogplex accepts the account's credential. Nothing is refreshed or stored. */
export function acceptedProbe(ports: AskingPorts): Probe {
  return {
    id: 'accepted',
    limitMs: LIMIT_MS,
    look: async (signal) => [await askAccount(ports, signal)],
  }
}

/** Whether the server that answers prompts accepts the current payer. */
export function paymentProbe(ports: AskingPorts): Probe {
  return {
    id: 'payment',
    limitMs: LIMIT_MS,
    look: async (signal) => [await askPayer(ports, signal)],
  }
}

async function askAccount(ports: AskingPorts, signal: AbortSignal): Promise<Finding> {
  const account = ports.resolution()?.account
  if (account?.kind !== 'credential') return fine('accepted', NOBODY_TO_ASK)
  const {credential} = account
  if (isExpired(credential, ports.now())) {
    return fine(
      'accepted',
      'not checked: the access token has expired, and the next request renews it',
    )
  }
  const trouble = await ports.trouble
  if (trouble !== undefined) return unknown('accepted', `not asked: ${trouble}`)
  const host = hostOf(ports.baseUrlOf(credential))
  const name = credentialName(credential)
  try {
    await ports.checkToken(credential, signal)
    return fine('accepted', `${host} accepts ${name}`)
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    if (error.exitCode === ExitCode.Later)
      return {...troubleFinding('accepted', error), state: 'unknown'}
    const isRenewable = credential.type === 'oauth' && credential.refreshToken !== undefined
    if (error instanceof UnexpectedPageError) {
      // Not the target host: it may be an internal name.
      const page = `${host} answers a request for its API with a page, or leads elsewhere`
      return wrong('accepted', page, error.remedy)
    }
    const isUnauthorized = error instanceof CredentialRejectedError && error.isUnauthorized
    if (!isUnauthorized || !isRenewable) return troubleFinding('accepted', error)
    const what = `${host} does not accept the access token of the login: a refresh may mend that`
    return wrong('accepted', what, 'mogplex whoami --verify')
  }
}

async function askPayer(ports: AskingPorts, signal: AbortSignal): Promise<Finding> {
  const model = ports.resolution()?.model
  if (model?.kind !== 'credential' || ports.whyNoPrompt() !== undefined) {
    return fine('payment', 'nothing to check: nothing pays for prompts')
  }
  const {credential} = model
  const name = credentialName(credential)
  if (credential.provider === 'mogplex') return askMogplex(credential, name, ports, signal)
  try {
    await ports.listModels(credential, signal)
    return fine('payment', `${name} is accepted`)
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return troubleFinding('payment', error)
  }
}

async function askMogplex(
  credential: Credential,
  name: string,
  ports: AskingPorts,
  signal: AbortSignal,
): Promise<Finding> {
  if (credential.type === 'api-key') return fine('payment', `${name} is a key, as prompts need`)
  if (isExpired(credential, ports.now())) {
    return fine(
      'payment',
      'not checked: the access token has expired, and the next request renews it',
    )
  }
  const trouble = await ports.trouble
  if (trouble !== undefined) return unknown('payment', `not asked: ${trouble}`)
  const answer = await ports.askAboutPrompts(credential, signal).catch(() => 'unknown' as const)
  const baseUrl = ports.baseUrlOf(credential)
  if (answer === 'accepted') return fine('payment', `${hostOf(baseUrl)} takes ${name} for prompts`)
  if (answer === 'refused') return troubleFinding('payment', loginCannotPay(baseUrl))
  return unknown('payment', `${hostOf(baseUrl)} does not say whether it takes ${name} for prompts`)
}
