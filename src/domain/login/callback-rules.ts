import {createHash, timingSafeEqual} from 'node:crypto'
import {printable} from '../text/printable.js'
import {Secret} from '../credential/secret.js'

/** The only path that accepts an authorization response. */
export const CALLBACK_PATH = '/auth/callback'

/** Always the `127.0.0.1` form: `localhost` may be `::1`, where another program listens. */
export function redirectUriFor(port: number): string {
  return `http://127.0.0.1:${port}${CALLBACK_PATH}`
}

/** What a genuine authorization response has to match. */
export interface ExpectedCallback {
  /** The `state` of our authorization request. */
  readonly state: string
  /** As spelt in the metadata of the authorization server. */
  readonly issuer: string
  /**
   * Whether the metadata include `authorization_response_iss_parameter_supported` (RFC 9207 §3).
   */
  readonly issPromised: boolean
}

/**
 * A success with the right `state`, for the check before the exchange. Only secret values are
 * `Secret`: every part of those is hidden wherever it occurs, while an issuer is shown to people.
 */
export interface CodeCallback {
  readonly kind: 'code'
  readonly code: Secret
  readonly state: Secret
  /** Spelt as expected; `undefined` where the answer has none. */
  readonly iss: string | undefined
}

/** An error with the right `state`: it ends the login. The texts are printable. */
interface DeniedCallback {
  readonly kind: 'denied'
  readonly error: string
  readonly description: string | undefined
}

/**
 * An error that anyone may have sent: worth showing, does not end the login. Texts are printable.
 */
interface HintCallback {
  readonly kind: 'hint'
  readonly error: string
  readonly description: string | undefined
}

/** Not an answer to our request. `why` is one of our sentences, without foreign text. */
interface RefusedCallback {
  readonly kind: 'refused'
  readonly why: string
}

/** The two kinds that only the authorization server can have sent. */
export type GenuineCallback = CodeCallback | DeniedCallback

export type Judgement = GenuineCallback | HintCallback | RefusedCallback

// Answers of other flows (OpenID Connect Core §3.2.2.5, JARM): never asked for.
const FOREIGN_FLOWS = ['access_token', 'id_token', 'token', 'response']

/** Usually an old tab. */
export const OTHER_STATE =
  'The state is not the one of this login: it belongs to an earlier sign-in, or to none.'

/**
 * Judges the query of a callback (RFC 6749 §4.1.2, RFC 9207 §2.4, RFC 9700 §4.7).
 *
 * `state` is checked before `error`, since any page in the browser can send an error to our port.
 * An error without the right `state` is only a hint, because some servers omit `state` from it.
 */
export function judgeCallback(query: URLSearchParams, expected: ExpectedCallback): Judgement {
  if (new Set(query.keys()).size !== query.size) return refused('A parameter appears twice.')
  const state = query.get('state') ?? ''
  const isOurs = state !== '' && sameText(state, expected.state)
  const iss = query.get('iss') ?? undefined
  if (iss !== undefined && !sameIssuer(iss, expected.issuer)) {
    return refused('The issuer (iss) is another one.')
  }
  if (!isOurs) return judgeStranger(query)
  if (iss === undefined && expected.issPromised) return refused('The issuer (iss) is missing.')
  return judgeOurs(query, iss === undefined ? undefined : expected.issuer)
}

/** The error of a callback on one printable line: `access_denied: The user said no`. */
export function errorText({error, description}: DeniedCallback | HintCallback): string {
  return description === undefined ? error : `${error}: ${description}`
}

function judgeStranger(query: URLSearchParams): HintCallback | RefusedCallback {
  if (valueOf(query, 'error') !== undefined) return {kind: 'hint', ...errorOf(query)}
  if (valueOf(query, 'state') === undefined) return refused('The state is missing.')
  return refused(OTHER_STATE)
}

function judgeOurs(query: URLSearchParams, issuer: string | undefined): Judgement {
  const code = valueOf(query, 'code')
  const isError = valueOf(query, 'error') !== undefined
  if (isError && code !== undefined) return refused('It holds both a code and an error.')
  if (isError) return {kind: 'denied', ...errorOf(query)}
  if (code === undefined) return refused('It holds neither a code nor an error.')
  if (FOREIGN_FLOWS.some((name) => query.has(name))) {
    return refused('It holds more than a code: this is the answer to another kind of request.')
  }
  const [secretCode, state] = [new Secret(code), new Secret(query.get('state') ?? '')]
  // We ignore a trailing slash, but a later comparison of strings does not.
  return {kind: 'code', code: secretCode, state, iss: issuer}
}

function errorOf(query: URLSearchParams): {error: string; description: string | undefined} {
  const description = printable(valueOf(query, 'error_description') ?? '')
  return {
    error: printable(valueOf(query, 'error') ?? '', 80) || 'an error without a name',
    description: description === '' ? undefined : description,
  }
}

/** An empty parameter counts as absent (RFC 6749 §3.1). */
function valueOf(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name)
  return value === null || value === '' ? undefined : value
}

/** In constant time: hashes have equal length, and tell nothing about partial matches. */
function sameText(left: string, right: string): boolean {
  return timingSafeEqual(sha256(left), sha256(right))
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function sameIssuer(left: string, right: string): boolean {
  return left.replace(/\/$/, '') === right.replace(/\/$/, '')
}

function refused(why: string): RefusedCallback {
  return {kind: 'refused', why}
}
