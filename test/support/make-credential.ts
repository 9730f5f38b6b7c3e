import type {
  ApiKeyCredential,
  Credential,
  OAuthCredential,
} from '../../src/domain/credential/credential.js'
import type {Sources} from '../../src/domain/credential/candidates.js'
import {type Resolution, resolveCredentials} from '../../src/domain/credential/precedence.js'
import type {ProviderId} from '../../src/domain/credential/provider-table.js'
import {Secret} from '../../src/domain/credential/secret.js'
import type {StoredEntry} from '../../src/domain/auth-file/stored-entries.js'
import {makeAccount} from './make-account.js'

export const AUTH_PATH = '/home/ada/.mogplex/auth.json'
export const ISSUER = 'https://mogplex.com'
export const NOW = new Date('2026-11-23T16:00:00.000Z')

/** For an expired login that cannot be refreshed. */
export const OVER = {expiresAt: NOW, refreshToken: undefined}

/** A stored login of Ada's at the default issuer, valid for an hour. */
export function makeLogin(changes: Partial<OAuthCredential> = {}): OAuthCredential {
  return {
    type: 'oauth',
    provider: 'mogplex',
    source: {type: 'file', path: AUTH_PATH},
    issuer: ISSUER,
    clientId: 'mogplex-cli',
    accessToken: new Secret('access-token-value'),
    refreshToken: new Secret('refresh-token-value'),
    expiresAt: new Date('2026-11-23T17:00:00.000Z'),
    scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
    account: makeAccount({id: 'usr_1', email: 'ada@example.com', name: 'Ada'}),
    grantId: 'grant-1',
    obtainedAt: NOW,
    ...changes,
  }
}

/** A stored key. */
export function makeKey(
  provider: ProviderId,
  changes: Partial<ApiKeyCredential> = {},
): ApiKeyCredential {
  return {
    type: 'api-key',
    provider,
    source: {type: 'file', path: AUTH_PATH},
    key: new Secret(`stored-${provider}-key`),
    obtainedAt: NOW,
    ...changes,
  }
}

/** A Mogplex key from a shell variable. */
export function makeShellKey(): ApiKeyCredential {
  return {
    type: 'api-key',
    provider: 'mogplex',
    source: {type: 'env', variable: 'MOGPLEX_API_KEY'},
    key: new Secret('mog_from-the-shell'),
  }
}

/** A Mogplex key beside a login. */
export function makeKeyBeside(changes: Partial<ApiKeyCredential> = {}): ApiKeyCredential {
  const source = {type: 'file', path: AUTH_PATH, member: 'mogplex-key'} as const
  return makeKey('mogplex', {source, ...changes})
}

export function memberOf({source, provider}: Credential): string {
  return source.type === 'file' ? (source.member ?? provider) : provider
}

export function stored(...credentials: readonly Credential[]): StoredEntry[] {
  return credentials.map((credential) => ({
    provider: credential.provider,
    member: memberOf(credential),
    state: 'usable',
    credential,
  }))
}

export function foreign(provider: ProviderId): StoredEntry {
  return {provider, member: provider, state: 'foreign'}
}

/** A server whose issuer is the origin of its API, as `MOGPLEX_URL` names it. */
export function serverAt(baseUrl: string): Sources['server'] {
  return {issuer: baseUrl, baseUrl, hasBaseUrl: true}
}

/** The resolution of these sources, at the default issuer. */
export function resolve(changes: Partial<Sources> = {}): Resolution {
  return resolveCredentials({
    env: {},
    stored: [],
    path: AUTH_PATH,
    server: serverAt(ISSUER),
    now: NOW,
    ...changes,
  })
}
