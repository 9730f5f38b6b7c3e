import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {PendingLogins} from '../adapters/pending-logins.js'
import {redirectUriFor} from '../domain/login/callback-rules.js'
import {PENDING_MS} from '../domain/login/pending-login.js'
import {Secret} from '../domain/credential/secret.js'
import type {Settings} from '../domain/settings/settings.js'
import type {LoginPorts} from './log-in.js'

/** A sign-in that waits to be finished. */
export interface StartedLogin {
  readonly url: URL
  readonly handle: string
  readonly expiresAt: Date
  /** The start of the address that the browser ends at. */
  readonly redirectUri: string
}

interface StartLoginPorts extends Pick<LoginPorts, 'discover' | 'makeRequest'> {
  readonly authFile: Pick<AuthFile, 'read' | 'rehearse'>
  readonly pendingLogins: Pick<PendingLogins, 'store' | 'sweep'>
  readonly clock: Clock
  /** With the requested scopes. */
  readonly settings: Settings
  /** Unguessable. */
  readonly newHandle: () => string
}

export interface StartLoginRequest {
  readonly expectAccount: string | undefined
  readonly signal: AbortSignal
}

/**
 * Creates an authorization request and stores what its answer must match, so that the login can be
 * finished within ten minutes. Does not wait.
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
  await authFile.rehearse() // a problem with storing is reported before anybody signs in
  const metadata = await ports.discover(signal)
  // No server listens there: the user finishes the login with the address that failed to load.
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
