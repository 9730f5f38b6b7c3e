import {createHash} from 'node:crypto'
import {mcp} from '@better-auth/mcp'
import {oauthProviderAuthServerMetadata} from '@better-auth/oauth-provider'
import {betterAuth} from 'better-auth/minimal'
import {memoryAdapter} from 'better-auth/adapters/memory'
import {jwt} from 'better-auth/plugins/jwt'
import {accessTokens, type TokenOwner} from './access-tokens.js'
import {registerClient, type NativeClient} from './client.js'
import {addTables, type Tables} from './tables.js'

/** Settings of the authorization server; lifetimes are in seconds. */
export interface NextAuthorizationServerSettings {
  /** The origin, without a trailing slash. */
  readonly base: string
  /** Path of the only protected resource in the metadata (RFC 9728). */
  readonly resourcePath: string
  /** Signs cookies, and the query of pages. */
  readonly secret: string
  readonly tables: Tables
  readonly client: NativeClient
  /** Scopes of the API, besides those of OpenID Connect. */
  readonly scopes: readonly string[]
  readonly cookiePrefix: string
  readonly rateLimit: boolean
  readonly accessTokenLifetimeSeconds: number
  readonly refreshTokenLifetimeSeconds: number
  /** How long a rotated refresh token gets the same answer again; the library's default is 30. */
  readonly replayWindowSeconds: number | undefined
}

/** A user who can sign in with a password. */
export interface PasswordAccount {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** The next version of the library, as the hosted service may run it one day. */
export interface NextAuthorizationServer {
  /** Handles all routes below `/api/auth`, and the metadata of issuer and resource. */
  handle(request: Request): Promise<Response>
  /** The metadata of RFC 8414, for the well-known address without a path. */
  discovery(request: Request): Promise<Response>
  /** The user of a request's cookies. */
  signedIn(headers: Headers): Promise<{email: string; name: string} | undefined>
  /** The owner of an access token, while it is valid. */
  ownerOf(accessToken: string): Promise<TokenOwner | undefined>
  /** Adds the accounts that do not exist yet. */
  seed(accounts: readonly PasswordAccount[]): Promise<void>
}

const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access']

/** The passwords are public, so a slow hash would protect nothing. */
const PASSWORDS = {
  hash: async (password: string) => createHash('sha256').update(password).digest('hex'),
  verify: async ({hash, password}: {hash: string; password: string}) =>
    hash === (await PASSWORDS.hash(password)),
}

/** Creates the authorization server. It sends no network requests. */
export function createNextAuthorizationServer({
  base,
  tables,
  ...settings
}: NextAuthorizationServerSettings): NextAuthorizationServer {
  const scopes = [...OPENID_SCOPES, ...settings.scopes]
  const resource = base + settings.resourcePath
  addTables(tables)
  registerClient(tables, settings.client, scopes, resource)
  const provider = mcp({
    resource,
    scopes,
    loginPage: '/login',
    consentPage: '/consent',
    accessTokenExpiresIn: settings.accessTokenLifetimeSeconds,
    refreshTokenExpiresIn: settings.refreshTokenLifetimeSeconds,
    ...(settings.replayWindowSeconds !== undefined && {
      refreshTokenReuseInterval: settings.replayWindowSeconds,
    }),
  })
  const auth = betterAuth({
    baseURL: base,
    secret: settings.secret,
    database: memoryAdapter(tables),
    emailAndPassword: {enabled: true, disableSignUp: true, password: PASSWORDS},
    telemetry: {enabled: false},
    logger: {disabled: true},
    // Counted in the tables: the library's counters are shared by all servers of a process.
    rateLimit: {enabled: settings.rateLimit, window: 10, max: 100, storage: 'database'},
    advanced: {useSecureCookies: false, cookiePrefix: settings.cookiePrefix},
    plugins: [jwt(), provider, accessTokens(provider.options)],
  })

  const addAccount = async ({email, name, password}: PasswordAccount): Promise<void> => {
    const {internalAdapter, password: passwords} = await auth.$context
    if (await internalAdapter.findUserByEmail(email)) return
    const hash = await passwords.hash(password)
    const person = {email, name, emailVerified: true}
    const user = await internalAdapter.createUser(person, {method: 'email-password'})
    const credential = {providerId: 'credential', accountId: user.id, password: hash}
    await internalAdapter.linkAccount({userId: user.id, ...credential})
  }

  return {
    handle: (request) => auth.handler(request),
    discovery: oauthProviderAuthServerMetadata(auth),
    async signedIn(headers) {
      const session = await auth.api.getSession({headers})
      return session ? {email: session.user.email, name: session.user.name} : undefined
    },
    ownerOf: async (accessToken) => auth.api.ownerOf({headers: {authorization: accessToken}}),
    async seed(accounts) {
      await Promise.all(accounts.map(addAccount))
    },
  }
}
