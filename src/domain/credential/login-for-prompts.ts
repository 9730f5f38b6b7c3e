import {CredentialNotAcceptedError} from '../errors/authentication.js'
import {hostOf} from '../network/addresses.js'
import {baseUrlOf} from '../network/api-address.js'
import type {OAuthCredential} from './credential.js'
import {keysPage} from './provider-address.js'
import {providerOf} from './provider-table.js'
import {credentialName} from './rejected-key.js'
import type {Resolution, TraceEntry} from './precedence.js'

/** The stored login, where it signs in and its server is known not to accept it for prompts. */
export function refusedForPrompts(trace: readonly TraceEntry[]): OAuthCredential | undefined {
  const credential = trace.find(isRefused)?.credential
  return credential?.type === 'oauth' ? credential : undefined
}

/** Whether the login is valid but not accepted for prompts, rather than ended. */
export function isRefused({credential, state, for: purpose}: TraceEntry): boolean {
  if (purpose !== 'model' || state !== 'rejected') return false
  if (credential?.type !== 'oauth' || credential.rejected !== undefined) return false
  return credential.prompts?.accepted === false
}

/** @param siteRoot - the Mogplex address, without a trailing slash */
export function cannotPayText(siteRoot: string): string {
  return `your login cannot pay for prompts at ${hostOf(siteRoot)}: it takes API keys`
}

/** @param siteRoot - the Mogplex address, without a trailing slash */
export function loginCannotPay(siteRoot: string): CredentialNotAcceptedError {
  return new CredentialNotAcceptedError(
    `${capitalized(cannotPayText(siteRoot))}. You stay signed in.`,
    `Make a key at ${keysPage(providerOf('mogplex'), siteRoot)} and run \`${STORING_A_KEY}\`, or set a provider's variable such as OPENAI_API_KEY.`,
  )
}

/** The command that lets a Mogplex key pay beside the login. */
export const STORING_A_KEY = 'mogplex login --with-api-key'

/**
 * Why nothing of Mogplex pays although a login is stored; `undefined` where that is not the case.
 */
export function whyLoginCannotPay(
  trace: readonly TraceEntry[],
): CredentialNotAcceptedError | undefined {
  const login = refusedForPrompts(trace)
  return login && loginCannotPay(baseUrlOf(login))
}

/**
 * Whether another credential pays for prompts once the answer is known.
 *
 * @param resolution - the one before the answer
 * @param accepted - whether the stored login is accepted for prompts
 */
export function isPayerChanged({model, trace}: Resolution, accepted: boolean): boolean {
  const payer = model.kind === 'credential' ? model.credential : undefined
  if (!accepted) return payer?.type === 'oauth'
  // It comes before the stored keys of other providers, and after everything else.
  if (refusedForPrompts(trace) === undefined || model.kind === 'malformed') return false
  return payer === undefined || (payer.source.type === 'file' && payer.provider !== 'mogplex')
}

/**
 * The stored login, where another credential pays since its answer and the user was not notified.
 */
export function loginToReport(trace: readonly TraceEntry[]): OAuthCredential | undefined {
  for (const {credential} of trace) {
    if (credential?.type === 'oauth' && credential.prompts?.untold === true) return credential
  }
  return undefined
}

/** What has paid since then, as one line for people. */
export function payerNotice({prompts, ...login}: OAuthCredential, {model}: Resolution): string {
  const siteRoot = baseUrlOf(login)
  const what =
    prompts?.accepted === true
      ? `${hostOf(siteRoot)} takes your login for prompts now`
      : cannotPayText(siteRoot)
  const payer =
    model.kind === 'credential'
      ? `What pays from now on: ${credentialName(model.credential)}.`
      : `Nothing pays from now on.  ${STORING_A_KEY}`
  return `${capitalized(what)}. ${payer}`
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
