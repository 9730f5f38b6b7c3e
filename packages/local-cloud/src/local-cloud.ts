import type {NewApiKey} from './api-keys.js'
import type {Browser} from './browser.js'
import type {Profile} from './cloud-profile.js'
import type {DemoAccount} from './demo-accounts.js'
import type {Interceptor} from './interceptors.js'
import type {TokenResponse} from './sign-in-directly.js'

/** How to start a local cloud. Everything may be left out. */
export interface LocalCloudOptions {
  /** Port on 127.0.0.1; 0, the default, takes any free one. */
  readonly port?: number
  /** Which line of the library signs in: `hosted` (today's), the default, or `next`. */
  readonly profile?: Profile
  /** One JSON file (0600) that keeps accounts, sessions, tokens and API keys over a restart. */
  readonly dataFile?: string
  /** More ports whose `http://127.0.0.1:PORT/auth/callback` is a redirect URI of the CLI. */
  readonly callbackPorts?: readonly number[]
  /** Turns on the library's limits: 100 requests in 10 s for each path, 3 for a sign-in. */
  readonly rateLimit?: boolean
  /** One hour unless told otherwise. */
  readonly accessTokenLifetimeSeconds?: number
  /** 30 days unless told otherwise. */
  readonly refreshTokenLifetimeSeconds?: number
  /**
   * Only `next`: how long a refresh token that was rotated gets the same answer again. The library's
   * own 30 unless told otherwise; with 0 any reuse ends every sign-in of the account at once.
   */
  readonly replayWindowSeconds?: number
  /**
   * How long a second of a run takes, in seconds. 1 unless told otherwise; 0.02 makes a test quick, and
   * with 0 all that can happen has happened.
   */
  readonly runPace?: number
  /**
   * What inference takes: `key`, the default, takes API keys only, as the hosted service does today;
   * `oauth` takes the access tokens of logins, too.
   */
  readonly inferenceAccepts?: 'key' | 'oauth'
}

/** A request that arrived. `status` is absent while there is no answer. No secrets in here. */
export interface SeenRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly hasAuthorization: boolean
  /** What a request to the token endpoint asks for, such as `refresh_token`. */
  readonly grantType?: string
  status?: number
}

/** A running local cloud. */
export interface LocalCloud {
  /**
   * `http://127.0.0.1:PORT`: the value for `MOGPLEX_URL`, and the issuer; that of `next` is
   * `/api/auth` below it.
   */
  readonly url: string
  readonly port: number
  readonly profile: Profile
  readonly accounts: readonly DemoAccount[]
  /** Every request so far, oldest first. */
  readonly requests: SeenRequest[]
  /**
   * Every token, API key, code, code verifier and cookie so far, and the secrets in the listings of
   * MCP servers, for a search for leaks. Of a key in `dataFile` only the hash is known.
   */
  secrets(): string[]
  /** Puts a function before the routes; see {@link Interceptor}. @returns how to take it away */
  intercept(interceptor: Interceptor): () => void
  /** A browser without a window, for one demo account. It starts signed out. */
  browser(email: string): Browser
  /** Goes through a whole sign-in and returns the token response. `scope` is separated by blanks. */
  signIn(email: string, scope?: string): Promise<TokenResponse>
  /** Ends every access token now, as if its time were over. Refresh tokens stay as they are. */
  expireAccessTokens(): Promise<void>
  /** Forgets every access and refresh token, as if somebody had revoked them at the server. */
  revokeTokens(): Promise<void>
  /**
   * Makes a personal access token for one demo account, with both scopes and without an expiry
   * unless told otherwise. Each may be used 60 times in 60 seconds.
   */
  createKey(email: string, wanted?: NewApiKey): Promise<string>
  /** Revokes a personal access token, as its owner does on the settings page. */
  revokeKey(key: string): Promise<void>
  /**
   * Starts a run of one demo account, as the home page does; words of the prompt choose what
   * happens in it: fail, long, pause, quiet, hostile. @returns its id
   */
  startRun(email: string, prompt?: string): string
  /** Ends at once, whatever hangs. */
  close(): Promise<void>
}
