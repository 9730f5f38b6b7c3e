import {
  exchangeCode,
  type TokenSet,
} from '../../../../src/adapters/authorization-server/code-exchange.js'
import {createHttp} from '../../../../src/adapters/http.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {ENDPOINTS, makeMetadata} from './make-metadata.js'

export const NOW = new Date('2026-11-23T16:00:00.000Z')
export const VERIFIER = `verifier-value-${'v'.repeat(40)}`
export const SCOPES = ['openid', 'offline_access', 'read', 'write']
export const ADA = {id: 'usr_1', email: 'ada@example.com', name: 'Ada'}

const http = createHttp('mogplex/test')

/** Like the hosted service's: HS256 with an unknown key, and no `iss`. */
export function idToken(changes: object = {}): string {
  const {id: sub, ...who} = ADA
  const exp = NOW.getTime() / 1000 + 3600
  const claims = {sub, aud: 'mogplex-cli', exp, acr: 'urn:mace:incommon:iap:silver', ...who}
  const [header, payload] = [{alg: 'HS256'}, {...claims, ...changes}].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return `${header ?? ''}.${payload ?? ''}.c2lnbmF0dXJl`
}

/** The answer of the hosted service's token endpoint. */
export function tokens(changes: object = {}): Record<string, unknown> {
  return {
    access_token: 'access-token-value',
    token_type: 'Bearer',
    expires_in: 3600,
    refresh_token: 'refresh-token-value',
    scope: 'openid read write',
    id_token: idToken(),
    ...changes,
  }
}

/** Tokens in other servers' format: the same in everything that matters. */
export const LOOSE_ANSWER = `\uFEFF${JSON.stringify(
  tokens({refresh_token: null, expires_in: null, id_token: null, scope: ['read', 'write']}),
)}`

/** Exchanges the code of a callback that was validated. */
export async function exchange(signal?: AbortSignal): Promise<TokenSet> {
  const request = {
    url: new URL(ENDPOINTS.authorization_endpoint),
    redirectUri: 'http://127.0.0.1:24816/auth/callback',
    state: 'state-value',
    codeVerifier: new Secret(VERIFIER),
    nonce: undefined,
  }
  return exchangeCode({
    http,
    request,
    signal,
    metadata: makeMetadata(),
    clientId: 'mogplex-cli',
    scopes: SCOPES,
    callback: {code: new Secret('code-value'), state: new Secret('state-value'), iss: undefined},
    loopbackHttp: false,
    now: NOW,
  })
}
