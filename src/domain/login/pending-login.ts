import {asRecord, asText, parseJson} from '../text/json.js'
import {instantOf} from '../text/instants.js'
import {Secret} from '../credential/secret.js'

/** How long a pending sign-in can be finished. */
export const PENDING_MS = 600_000

/** Used to correct clock differences. */
const CORRECTION_MS = 60_000

const HANDLE = /^[\da-f]{32}$/

/** A sign-in that was started and waits to be finished, possibly by another process. */
export interface PendingLogin {
  /** Names it: 32 lower-case hexadecimal digits. */
  readonly handle: string
  readonly expiresAt: Date
  /** The server where it was started: it is finished only there. */
  readonly issuer: string
  readonly baseUrl: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** The e-mail address that must sign in, if one was given. */
  readonly expectAccount: string | undefined
  readonly redirectUri: string
  readonly state: Secret
  readonly codeVerifier: Secret
  readonly nonce: Secret | undefined
}

/** Whether a text can name a pending login: no path is built from anything else. */
export function isHandle(text: string): boolean {
  return HANDLE.test(text)
}

/** A clock that was set back does not extend it. */
export function isOver({expiresAt}: Pick<PendingLogin, 'expiresAt'>, now: Date): boolean {
  const leftMs = expiresAt.getTime() - now.getTime()
  return leftMs <= 0 || leftMs > PENDING_MS + CORRECTION_MS
}

/** The text of its file. */
export function formatPendingLogin({handle: _name, ...pending}: PendingLogin): string {
  const {state, codeVerifier, nonce, ...rest} = pending
  const secrets = {
    state: state.reveal(),
    codeVerifier: codeVerifier.reveal(),
    nonce: nonce?.reveal(),
  }
  return `${JSON.stringify({...rest, ...secrets})}\n`
}

/** @returns `undefined` where the text is not in the format of {@link formatPendingLogin} */
export function parsePendingLogin(handle: string, text: string): PendingLogin | undefined {
  const fields = asRecord(parseJson(text))
  const expiresAt = instantOf(fields?.expiresAt)
  const [issuer, baseUrl] = [asText(fields?.issuer), asText(fields?.baseUrl)]
  const [clientId, redirectUri] = [asText(fields?.clientId), asText(fields?.redirectUri)]
  const [state, codeVerifier] = [secretOf(fields?.state), secretOf(fields?.codeVerifier)]
  if (expiresAt === undefined || state === undefined || codeVerifier === undefined) return undefined
  if (issuer === undefined || baseUrl === undefined) return undefined
  if (clientId === undefined || redirectUri === undefined) return undefined
  const {scopes} = fields ?? {}
  return {
    handle,
    expiresAt,
    issuer,
    baseUrl,
    clientId,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
    expectAccount: asText(fields?.expectAccount),
    redirectUri,
    state,
    codeVerifier,
    nonce: secretOf(fields?.nonce),
  }
}

/** What the exchange of the code needs from the request. */
export function requestOf({redirectUri, state, codeVerifier, nonce}: PendingLogin) {
  return {redirectUri, state: state.reveal(), codeVerifier, nonce: nonce?.reveal()}
}

function secretOf(value: unknown): Secret | undefined {
  const text = asText(value)
  return text === undefined ? undefined : new Secret(text)
}
