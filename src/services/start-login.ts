import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {PendingLogins} from '../adapters/pending-logins.js'
import {redirectUriFor} from '../domain/login/callback-rules.js'
import {PENDING_MS} from '../domain/login/pending-login.js'
import {Secret} from '../domain/credential/secret.js'
import type {Settings} from '../domain/settings/settings.js'
import type {LoginPorts} from './log-in.js'

/** A sign-in that waits for somebody to finish it. */
export interface StartedLogin {
  readonly url: URL
  readonly handle: string
  readonly expiresAt: Date
  /** What the address that the browser ends at begins with. */
  readonly redirectUri: string
}

interface StartLoginPorts extends Pick<LoginPorts, 'discover' | 'makeRequest'> {
  readonly authFile: Pick<AuthFile, 'read' | 'rehearse'>
  readonly pendingLogins: Pick<PendingLogins, 'store' | 'sweep'>
  readonly clock: Clock
  /** With the scopes that are asked for. */
  readonly settings: Settings
  /** Nobody can guess it. */
  readonly newHandle: () => string
}

export interface StartLoginRequest {
  readonly expectAccount: string | undefined
  readonly signal: AbortSignal
}

/**
 * Makes an authorization request and keeps what its answer must fit, for whoever finishes the login
 * within ten minutes. Nobody is waited for.
 *
 * @throws {LocalFileError} exit 1, when nothing could be stored; {RemoteError} exit 69
 */
export async function startLogin(
  ports: StartLoginPorts,
  {expectAccount, signal}: StartLoginRequest,
): Promise<StartedLogin> {
  const {authFile, pendingLogins, clock, settings, newHandle} = ports
  await pendingLogins.sweep(clock.now())
  authFile.read()
  await authFile.rehearse() // what cannot be stored is said before anybody signs in
  const metadata = await ports.discover(signal)
  // Nothing listens there: the address that the browser cannot load is what finishes the login.
  const [port = 0] = settings.callbackPorts
  const {url, ...request} = await ports.makeRequest(metadata, redirectUriFor(port))
  const {redirectUri, state, codeVerifier, nonce} = request
  const handle = newHandle()
  const expiresAt = new Date(clock.now().getTime() + PENDING_MS)
  const {issuer, baseUrl, clientId, scopes} = settings
  await pendingLogins.store({
    handle,
    expiresAt,
    issuer,
    baseUrl,
    clientId,
    scopes,
    expectAccount,
    redirectUri,
    state: new Secret(state),
    codeVerifier,
    nonce: nonce === undefined ? undefined : new Secret(nonce),
  })
  return {url, handle, expiresAt, redirectUri}
}
