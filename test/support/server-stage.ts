import type {SeenRequest} from '@mogplex/local-cloud'
import type {SignInStage} from './sign-in-stage.js'
import type {LoginMember} from './stored-login.js'

/** The options that a suite can set for all servers; lifetimes are in seconds. */
export interface EveryServerOptions {
  readonly accessTokenLifetimeSeconds?: number
  /** Only `next` has one. */
  readonly replayWindowSeconds?: number
}

/** A user who can sign in at a server. */
export interface ServerAccount {
  readonly email: string
  readonly name: string
}

/**
 * What happens to a used refresh token: it stays valid; it gets the same answer again for some
 * seconds, then its use ends every sign-in of the account; its use ends the sign-in at once.
 */
type UsedRefreshToken = 'stays good' | 'is replayed' | 'ends the sign-in'

/** The properties of one kind of server. */
export interface ServerTraits {
  /** Its metadata contain a revocation endpoint (RFC 7009). */
  readonly revokes: boolean
  /** The redirect carries `iss`, as its metadata promise (RFC 9207). */
  readonly namesIssuer: boolean
  /** Its API has the lists of models and MCP servers. */
  readonly hasApi: boolean
  readonly usedRefreshToken: UsedRefreshToken
  /** The answer to a refresh contains an ID token. */
  readonly refreshesIdToken: boolean
}

export type Interceptor = Parameters<SignInStage['intercept']>[0]

/** A stage with one kind of server; the same interface for all. */
export interface ServerStage {
  readonly kind: 'hosted' | 'next' | 'strict'
  readonly traits: ServerTraits
  /** Home, environment and CLI, all configured for this server. */
  readonly stage: SignInStage
  readonly accounts: readonly [ServerAccount, ServerAccount]
  /** In the CLI's stored form. */
  readonly issuer: string
  /** The issuer as the CLI displays it. */
  readonly host: string
  /** Runs a function before the server until the test is over. */
  intercept(interceptor: Interceptor): void
  /**
   * A whole `mogplex login --no-browser`, in a separate browser.
   *
   * @returns the login in `auth.json`
   */
  signIn(account?: ServerAccount, args?: readonly string[]): Promise<LoginMember>
  /** Opens an authorization URL, as {@link ServerStage.signIn} does. */
  visit(url: string | URL, account?: ServerAccount): Promise<Response>
  /** Whether the API accepts an access token now. */
  accepts(accessToken: string): Promise<boolean>
  /**
   * Expires the access token of the stored login, without waiting: the server rejects it, and
   * `expiresAt` in `auth.json` has passed.
   */
  expireAccessToken(): Promise<void>
  /** Expires every access token only at the server: the CLI does not know. */
  expireAtServer(): Promise<void>
  /** The refreshes that arrived in this test, oldest first. */
  refreshes(): Pick<SeenRequest, 'grantType' | 'status'>[]
}

/** Sets the expiry of the login in `auth.json` to an hour ago; everything else stays unchanged. */
export async function expireStoredLogin(stage: SignInStage): Promise<void> {
  const text = (await stage.authText()) ?? ''
  const {expiresAt} = await stage.storedLogin()
  if (expiresAt === undefined) throw new Error('The stored login has no end.')
  const past = new Date(Date.now() - 3_600_000).toISOString()
  await stage.putAuthFile(text.replace(expiresAt, past))
}

/** Whether the one route that every API has accepts an access token. */
export async function isAccepted(base: string, accessToken: string): Promise<boolean> {
  const headers = {authorization: `Bearer ${accessToken}`}
  const {status} = await fetch(`${base}/api/v1/mogplex/repos?limit=1`, {headers})
  return status === 200
}
