import {
  type Account,
  accountIdOf,
  type ApiKeyCredential,
  type Credential,
  type CredentialSource,
  KEY_BESIDE_LOGIN,
  type KeyBesideLogin,
  type OAuthCredential,
  type PromptAcceptance,
  type Rejection,
} from '../credential/credential.js'
import {asRecord} from '../text/json.js'
import {type OutsideText, outsideText} from '../text/outside-text.js'
import {printable} from '../text/printable.js'
import type {ProviderId} from '../credential/provider-table.js'
import {scopesAmong} from '../credential/scopes.js'
import {Secret} from '../credential/secret.js'

/** A member of `auth.json` that we own: a provider's id, or the key beside a login. */
export type Member = KeyBesideLogin | ProviderId

type Fields = Readonly<Record<string, unknown>>

const ISO_INSTANT = /^(\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
/** What can travel in a header: printable ASCII (RFC 6749 appendix A.12, RFC 9110 §5.5). */
const SENDABLE = /^[\x20-\x7E]+$/

/** Stops reading a member that does not match our format. Internal: never reaches the caller. */
class NotOurs extends Error {}

/**
 * Reads a member of `auth.json` as a credential. Unknown fields are tolerated.
 *
 * @param value - the member's value, as `JSON.parse` gave it
 * @param path - the file that contains it
 * @returns `undefined` when the member does not match our format: then it is foreign, and never
 *   used
 */
export function parseStored(member: Member, value: unknown, path: string): Credential | undefined {
  const fields = asRecord(value)
  const source: CredentialSource =
    member === KEY_BESIDE_LOGIN ? {type: 'file', path, member} : {type: 'file', path}
  const provider = member === KEY_BESIDE_LOGIN ? 'mogplex' : member
  try {
    if (fields?.type === 'api-key') return apiKeyOf(provider, fields, source)
    if (fields?.type === 'oauth' && member === 'mogplex') return oauthOf(fields, source)
    return undefined
  } catch (error) {
    if (error instanceof NotOurs) return undefined
    throw error
  }
}

/** A stored text as a secret, or `undefined` when it is blank or could not travel in a header. */
export function secretOf(value: string): Secret | undefined {
  return SENDABLE.test(value) && value.trim() !== '' ? new Secret(value) : undefined
}

/**
 * A credential as the fields of its member in `auth.json`, in plain text. Absent fields are present
 * as `undefined`, so that they replace older ones; JSON leaves them out.
 */
export function toStored(credential: Credential): Readonly<Record<string, unknown>> {
  return credential.type === 'oauth' ? oauthFields(credential) : apiKeyFields(credential)
}

function oauthOf(fields: Fields, source: CredentialSource): OAuthCredential {
  return {
    type: 'oauth',
    provider: 'mogplex',
    source,
    issuer: text(fields.issuer),
    baseUrl: optional(fields.baseUrl, text),
    clientId: text(fields.clientId),
    accessToken: secret(fields.accessToken),
    refreshToken: optional(fields.refreshToken, secret),
    expiresAt: optional(fields.expiresAt, instant),
    scopes: optional(fields.scopes, scopes),
    account: optional(fields.account, account),
    grantId: text(fields.grantId),
    obtainedAt: instant(fields.obtainedAt),
    verifiedAt: optional(fields.verifiedAt, instant),
    rejected: optional(fields.rejected, rejection),
    prompts: acceptance(fields.prompts),
  }
}

function oauthFields(credential: OAuthCredential): Fields {
  const {account: who, rejected, prompts} = credential
  return {
    type: 'oauth',
    issuer: credential.issuer,
    baseUrl: credential.baseUrl,
    clientId: credential.clientId,
    accessToken: credential.accessToken.reveal(),
    refreshToken: credential.refreshToken?.reveal(),
    expiresAt: credential.expiresAt?.toISOString(),
    scopes: credential.scopes,
    account: who && accountFields(who),
    grantId: credential.grantId,
    obtainedAt: credential.obtainedAt.toISOString(),
    verifiedAt: credential.verifiedAt?.toISOString() ?? null,
    rejected: rejected && {at: rejected.at.toISOString(), why: rejected.why},
    prompts: prompts && {...prompts, at: prompts.at.toISOString()},
  }
}

function apiKeyOf(
  provider: ProviderId,
  fields: Fields,
  source: CredentialSource,
): ApiKeyCredential {
  const atMogplex = provider === 'mogplex'
  return {
    type: 'api-key',
    provider,
    source,
    key: secret(fields.key),
    issuer: atMogplex ? optional(fields.issuer, text) : undefined,
    baseUrl: atMogplex ? optional(fields.baseUrl, text) : undefined,
    account: atMogplex ? optional(fields.account, account) : undefined,
    obtainedAt: optional(fields.obtainedAt, instant),
  }
}

function apiKeyFields(credential: ApiKeyCredential): Fields {
  const {account: who, issuer, baseUrl, provider} = credential
  const atMogplex = provider === 'mogplex'
  return {
    type: 'api-key',
    key: credential.key.reveal(),
    ...(atMogplex && {issuer, baseUrl, account: who && accountFields(who)}),
    obtainedAt: credential.obtainedAt?.toISOString(),
  }
}

/** For display only. */
function accountFields({id, email, name}: Account): Fields {
  return {id, email: email?.printable(), name: name?.printable()}
}

function account(value: unknown): Account | undefined {
  const {id: named, email, name} = record(value)
  const id = accountIdOf(text(named))
  if (id === undefined) return undefined
  return {id, email: optional(email, label), name: optional(name, label)}
}

function rejection(value: unknown): Rejection {
  const {at, why} = record(value)
  return {at: instant(at), why: printable(string(why))}
}

/**
 * The server is asked again with every sync: an unreadable value counts as unknown, and the login
 * is kept.
 */
function acceptance(value: unknown): PromptAcceptance | undefined {
  const {accepted, at, untold} = asRecord(value) ?? {}
  const since = new Date(typeof at === 'string' ? at : '')
  if (typeof accepted !== 'boolean' || Number.isNaN(since.getTime())) return undefined
  return {accepted, at: since, ...(untold === true && {untold})}
}

/** `null` is absent, as in `"verifiedAt": null`. */
function optional<T>(value: unknown, parse: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : parse(value)
}

function record(value: unknown): Fields {
  const fields = asRecord(value)
  if (fields === undefined) throw new NotOurs()
  return fields
}

function string(value: unknown): string {
  if (typeof value !== 'string') throw new NotOurs()
  return value
}

/** A required, non-blank text. */
function text(value: unknown): string {
  const found = string(value)
  if (found.trim() === '') throw new NotOurs()
  return found
}

/** For display: a blank text counts as absent. */
function label(value: unknown): OutsideText | undefined {
  return outsideText(string(value))
}

function scopes(value: unknown): string[] {
  if (!Array.isArray(value)) throw new NotOurs()
  return scopesAmong(value.map(string))
}

function secret(value: unknown): Secret {
  const found = secretOf(text(value))
  if (found === undefined) throw new NotOurs()
  return found
}

function instant(value: unknown): Date {
  const written = text(value)
  const date = new Date(written)
  if (!ISO_INSTANT.test(written) || Number.isNaN(date.getTime())) throw new NotOurs()
  return date
}
