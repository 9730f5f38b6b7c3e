import {createHash} from 'node:crypto'
import {betterAuth} from 'better-auth/minimal'
import {memoryAdapter} from 'better-auth/adapters/memory'
import {mcp, oAuthDiscoveryMetadata} from 'better-auth/plugins'
import {DEMO_ACCOUNTS, type DemoAccount} from './demo-accounts.js'
import type {State} from './data-file.js'

/** Settings of the authorization server; lifetimes are in seconds. */
export interface AuthorizationServerSettings {
  readonly base: string
  readonly state: State
  readonly rateLimit: boolean
  readonly accessTokenLifetimeSeconds: number
  readonly refreshTokenLifetimeSeconds: number
}

/** Somebody who is signed in in a browser. */
export interface SignedIn {
  readonly email: string
  readonly name: string
}

/** The library that the hosted service runs, at the same version, behind four calls. */
export interface AuthorizationServer {
  /** Answers every route below `/api/auth`. */
  handle(request: Request): Promise<Response>
  /** The metadata of RFC 8414 as the library writes it: without `read` and `write`. */
  discovery(request: Request): Promise<Response>
  /** Who the cookies of a request belong to. */
  signedIn(headers: Headers): Promise<SignedIn | undefined>
  /** Adds the demo accounts that are not there yet. */
  seed(): Promise<void>
}

/**
 * The passwords stand on the home page, so that a slow hash would protect nothing, and every sign-in
 * of every test would wait for it.
 */
const PASSWORDS = {
  hash: async (password: string) => createHash('sha256').update(password).digest('hex'),
  verify: async ({hash, password}: {hash: string; password: string}) =>
    hash === (await PASSWORDS.hash(password)),
}

/** Creates the authorization server (contract section 4). It makes no network call of its own. */
export function createAuthorizationServer({
  base,
  state,
  ...settings
}: AuthorizationServerSettings): AuthorizationServer {
  const auth = betterAuth({
    baseURL: base,
    secret: state.secret,
    database: memoryAdapter(state.tables),
    emailAndPassword: {enabled: true, disableSignUp: true, password: PASSWORDS},
    telemetry: {enabled: false},
    logger: {disabled: true},
    // Counted in the tables: the library's own counters are shared by all servers of a process.
    rateLimit: {enabled: settings.rateLimit, window: 10, max: 100, storage: 'database'},
    // Cookies know no ports, so that two clouds in one browser need two names.
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
          refreshTokenExpiresIn: settings.refreshTokenLifetimeSeconds,
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

  return {
    handle: (request) => auth.handler(request),
    discovery: oAuthDiscoveryMetadata(auth),
    async signedIn(headers) {
      const session = await auth.api.getSession({headers})
      return session ? {email: session.user.email, name: session.user.name} : undefined
    },
    async seed() {
      await Promise.all(DEMO_ACCOUNTS.map(addAccount))
    },
  }
}
