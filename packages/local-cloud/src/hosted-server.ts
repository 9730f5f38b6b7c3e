import {createHash} from 'node:crypto'
import {betterAuth} from 'better-auth/minimal'
import {memoryAdapter} from 'better-auth/adapters/memory'
import {mcp, oAuthDiscoveryMetadata} from 'better-auth/plugins'
import type {AuthorizationServer, AuthorizationServerSettings} from './authorization-server.js'
import {type Caller, callerOf} from './caller.js'
import {DEMO_ACCOUNTS, type DemoAccount} from './demo-accounts.js'
import {readHostedDetour} from './hosted-detour.js'
import {CLIENT_ID, clientName, redirectOrigins, registerClient} from './oauth-client.js'
import {rowsOf, type Tables} from './tables.js'
import {answerWellKnown} from './well-known.js'

const CENTURY = 100 * 365 * 24 * 3600
const ENDPOINTS = {authorization: '/api/auth/mcp/authorize', token: '/api/auth/mcp/token'}

/**
 * The passwords are on the home page, so a slow hash would protect nothing, and every sign-in of
 * every test would wait for it.
 */
const PASSWORDS = {
  hash: async (password: string) => createHash('sha256').update(password).digest('hex'),
  verify: async ({hash, password}: {hash: string; password: string}) =>
    hash === (await PASSWORDS.hash(password)),
}

/**
 * The library that the hosted service runs, in the same version (contract section 4). It sends no
 * network requests.
 */
export function createHostedServer({
  base,
  state,
  ...settings
}: AuthorizationServerSettings): AuthorizationServer {
  const {tables} = state
  registerClient(tables, settings.redirectUris)
  const auth = betterAuth({
    baseURL: base,
    secret: state.secret,
    database: memoryAdapter(tables),
    emailAndPassword: {enabled: true, disableSignUp: true, password: PASSWORDS},
    telemetry: {enabled: false},
    logger: {disabled: true},
    // Counted in the tables: the library's counters are shared by all servers of a process.
    rateLimit: {enabled: settings.rateLimit, window: 10, max: 100, storage: 'database'},
    // Cookies ignore ports, so two clouds in one browser need two names.
    advanced: {useSecureCookies: false, cookiePrefix: `mogplex-cloud-${new URL(base).port}`},
    plugins: [
      mcp({
        loginPage: '/login',
        oidcConfig: {
          loginPage: '/login',
          scopes: ['read', 'write'],
          defaultScope: 'read write',
          requirePKCE: true,
          accessTokenExpiresIn: settings.accessTokenLifetimeSeconds,
          refreshTokenExpiresIn: CENTURY,
        },
      }),
    ],
  })

  const addAccount = async ({email, name, password}: DemoAccount): Promise<void> => {
    const {internalAdapter, password: passwords} = await auth.$context
    if (await internalAdapter.findUserByEmail(email)) return
    const hash = await passwords.hash(password)
    const user = await internalAdapter.createUser({email, name, emailVerified: true})
    const credential = {providerId: 'credential', accountId: user.id, password: hash}
    await internalAdapter.linkAccount({userId: user.id, ...credential})
  }

  const discovery = oAuthDiscoveryMetadata(auth)
  return {
    endpoints: ENDPOINTS,
    async handle(request) {
      const response = await auth.handler(request)
      limitRefreshTokens(tables, settings.refreshTokenLifetimeSeconds)
      return response
    },
    wellKnown: (request, url) => answerWellKnown(request, url, {base, discovery}),
    findCaller: async (accessToken) => findAccessToken(tables, accessToken),
    expireAccessTokens() {
      for (const row of rowsOf(tables, 'oauthAccessToken')) row.accessTokenExpiresAt = new Date(0)
    },
    forgetTokens() {
      tables.oauthAccessToken = []
    },
    clientName: (clientId) => clientName(tables, clientId),
    redirectOrigins: () => redirectOrigins(tables),
    readDetour: (query) => readHostedDetour(query, ENDPOINTS.authorization),
    async signedIn(headers) {
      const session = await auth.api.getSession({headers})
      return session ? {email: session.user.email, name: session.user.name} : undefined
    },
    async seed() {
      await Promise.all(DEMO_ACCOUNTS.map(addAccount))
    },
  }
}

/** The service shortens the lifetime of refresh tokens only for its own client (contract 4.2). */
function limitRefreshTokens(tables: Tables, lifetimeSeconds: number): void {
  for (const row of rowsOf(tables, 'oauthAccessToken')) {
    const {clientId, createdAt, refreshTokenExpiresAt: end} = row
    if (clientId !== CLIENT_ID || !(createdAt instanceof Date) || !(end instanceof Date)) continue
    const endMs = createdAt.getTime() + lifetimeSeconds * 1000
    if (endMs < end.getTime()) row.refreshTokenExpiresAt = new Date(endMs)
  }
}

/**
 * Looks an access token up in the table of issued ones. One with neither `read` nor `write` counts
 * as invalid, not as forbidden (contract section 2).
 */
function findAccessToken(tables: Tables, token: string): Caller | undefined {
  const row = rowsOf(tables, 'oauthAccessToken').find(({accessToken}) => accessToken === token)
  if (!row || !(row.accessTokenExpiresAt instanceof Date)) return
  if (row.accessTokenExpiresAt.getTime() <= Date.now()) return
  const caller = callerOf(tables, row)
  return caller.scopes.includes('read') || caller.scopes.includes('write') ? caller : undefined
}
