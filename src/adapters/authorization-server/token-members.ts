import type {TokenEndpointResponse} from 'oauth4webapi'
import {hostOf} from '../../domain/network/addresses.js'
import {
  LONGEST_SCOPE,
  LONGEST_TOKEN,
  sizeText,
  tooLarge,
} from '../../domain/network/answer-limits.js'
import {scopesAmong} from '../../domain/credential/scopes.js'
import {Secret} from '../../domain/credential/secret.js'
import type {RemoteError} from '../../domain/errors/remote.js'

const MEMBERS = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope'] as const

/** The content of a token response (RFC 6749 §5.1), whatever the grant. */
export interface GivenTokens {
  readonly accessToken: Secret
  readonly refreshToken: Secret | undefined
  /** `undefined` also where the value exceeds the range of a date. */
  readonly expiresAt: Date | undefined
  /** `undefined` where the answer names none, or too many. */
  readonly scopes: readonly string[] | undefined
}

/**
 * The members of a token response that are read, as JSON that the library understands. `null` and
 * blanks count as absent, and so do unreadable scopes: they are not worth losing the tokens for.
 * Everything else is dropped: it may be nested deeper than the stack, which would lose the tokens.
 *
 * @throws {AnswerTooLargeError} exit 69, when a token is longer than any that could be sent
 */
export function tokenMembers(body: Readonly<Record<string, unknown>>, issuer: string): string {
  const given = MEMBERS.map((name) => {
    const value = name === 'scope' ? scopeText(body[name]) : body[name]
    if (value === null || isBlank(value)) return [name, undefined] as const
    if (name.endsWith('_token') && typeof value === 'string') sendable(value, issuer)
    if (name === 'token_type' && typeof value === 'string') return [name, value.trim()] as const
    return [name, typeof value === 'object' ? [] : value] as const
  })
  return JSON.stringify(Object.fromEntries(given))
}

/** @throws what `notUnderstood` returns, when the library rejects the answer */
export async function tokensOf(
  processed: Promise<TokenEndpointResponse>,
  now: Date,
  notUnderstood: () => RemoteError,
): Promise<GivenTokens> {
  const tokens = await processed.catch(() => {
    throw notUnderstood()
  })
  if (tokens.token_type !== 'bearer') throw notUnderstood()
  const {access_token: accessToken, refresh_token: refreshToken} = tokens
  return {
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken === undefined ? undefined : new Secret(refreshToken),
    expiresAt: endOf(now, tokens.expires_in),
    scopes: scopesOf(tokens.scope),
  }
}

/** @throws {AnswerTooLargeError} exit 69, when a token is longer than any that could be sent */
export function sendable(token: string, issuer: string): string {
  if (token.length <= LONGEST_TOKEN) return token
  throw tooLarge(hostOf(issuer), `${sizeText(LONGEST_TOKEN)} in a token`)
}

/** RFC 6749 §3.3 defines one string; some servers send a list. */
function scopeText(scope: unknown): string | undefined {
  if (typeof scope === 'string') return scope
  const isList = Array.isArray(scope) && scope.every((name) => typeof name === 'string')
  return isList ? scope.join(' ') : undefined
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === ''
}

function endOf(now: Date, seconds: number | undefined): Date | undefined {
  if (seconds === undefined) return undefined
  const instant = new Date(now.getTime() + seconds * 1000)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

function scopesOf(scope: string | undefined): string[] | undefined {
  if (scope === undefined || scope.length > LONGEST_SCOPE) return undefined
  return scopesAmong(scope.split(/\s+/))
}
