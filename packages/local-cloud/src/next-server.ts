import {createNextAuthorizationServer} from '@mogplex/next-authorization-server'
import type {AuthorizationServer, AuthorizationServerSettings} from './authorization-server.js'
import {callerOf} from './caller.js'
import {DEMO_ACCOUNTS} from './demo-accounts.js'
import {readNextDetour} from './next-detour.js'
import {CLIENT_ID, CLIENT_NAME} from './oauth-client.js'
import {rowsOf} from './tables.js'

const AUTHORIZATION_SERVER = '/.well-known/oauth-authorization-server'

/** Native clients may redirect to any port of this machine (RFC 8252 §7.3). */
const REDIRECT_ORIGINS = ['http://127.0.0.1:*', 'http://localhost:*']

/**
 * The next version of the library, as the hosted service would configure it with today's resources:
 * the same pages, client, scopes and protected resource, and nothing else (contract 4.8).
 */
export function createNextServer({
  base,
  state,
  redirectUris,
  ...settings
}: AuthorizationServerSettings): AuthorizationServer {
  const {secret, tables} = state
  const server = createNextAuthorizationServer({
    base,
    secret,
    tables,
    resourcePath: '/api/v1/mogplex/mcp',
    client: {id: CLIENT_ID, name: CLIENT_NAME, redirectUris},
    scopes: ['read', 'write'],
    // Cookies ignore ports, so two clouds in one browser need two names.
    cookiePrefix: `mogplex-cloud-${new URL(base).port}`,
    ...settings,
  })
  return {
    endpoints: {authorization: '/api/auth/oauth2/authorize', token: '/api/auth/oauth2/token'},
    handle: (request) => server.handle(request),
    async wellKnown(request, {pathname}) {
      if (!pathname.startsWith('/.well-known/')) return
      // The issuer has a path: the library answers where RFC 8414 §3.1 puts its document. A service
      // that used the address without it, and has clients that use that, keeps answering there.
      const answer = await (pathname === AUTHORIZATION_SERVER && request.method === 'GET'
        ? server.discovery(request)
        : server.handle(request))
      return answer.status === 404 ? undefined : answer
    },
    signedIn: (headers) => server.signedIn(headers),
    async findCaller(accessToken) {
      const owner = await server.ownerOf(accessToken)
      if (owner === undefined) return
      const caller = callerOf(tables, {userId: owner.userId, scopes: owner.scopes.join(' ')})
      const {scopes} = caller
      return scopes.includes('read') || scopes.includes('write') ? caller : undefined
    },
    expireAccessTokens() {
      for (const row of rowsOf(tables, 'oauthAccessToken')) row.expiresAt = new Date(0)
    },
    forgetTokens() {
      tables.oauthAccessToken = []
      tables.oauthRefreshToken = []
    },
    clientName: (clientId) => (clientId === CLIENT_ID ? CLIENT_NAME : undefined),
    redirectOrigins: () => REDIRECT_ORIGINS,
    readDetour: readNextDetour,
    seed: () => server.seed(DEMO_ACCOUNTS),
  }
}
