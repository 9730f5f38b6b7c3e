import {CredentialNotAcceptedError} from '../errors/authentication.js'
import {hostOf} from '../network/addresses.js'
import {baseUrlOf} from '../network/api-address.js'
import type {OAuthCredential} from './credential.js'
import type {TraceEntry} from './precedence.js'

/** The stored login, where it signs in and its server is known not to take it for prompts. */
export function refusedForPrompts(trace: readonly TraceEntry[]): OAuthCredential | undefined {
  const credential = trace.find(isRefused)?.credential
  return credential?.type === 'oauth' ? credential : undefined
}

/** Whether this is what became of a login, and not that the login is over. */
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
  const text = cannotPayText(siteRoot)
  return new CredentialNotAcceptedError(
    `${text.charAt(0).toUpperCase()}${text.slice(1)}. You stay signed in.`,
    `Make a key at ${siteRoot}/settings/api-keys and run \`${STORING_A_KEY}\`, or set a provider's variable such as OPENAI_API_KEY.`,
  )
}

/** The command that lets a Mogplex key pay beside the login. */
export const STORING_A_KEY = 'mogplex login --with-api-key'

/** Why nothing of Mogplex pays although somebody is signed in; `undefined` where that is not so. */
export function whyLoginCannotPay(
  trace: readonly TraceEntry[],
): CredentialNotAcceptedError | undefined {
  const login = refusedForPrompts(trace)
  return login && loginCannotPay(baseUrlOf(login))
}
