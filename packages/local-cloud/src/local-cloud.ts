import type {NewApiKey} from './api-keys.js'
import type {Browser} from './browser.js'
import type {Profile} from './cloud-profile.js'
import type {DemoAccount} from './demo-accounts.js'
import type {Interceptor} from './interceptors.js'
import type {TokenResponse} from './sign-in-directly.js'

/** How to start a local cloud. All options may be omitted. */
export interface LocalCloudOptions {
  /** Port on 127.0.0.1; 0, the default, takes any free one. */
  readonly port?: number
  /** Which version of the library handles sign-in: `hosted` (today's), the default, or `next`. */
  readonly profile?: Profile
  /** One JSON file (0600) that keeps accounts, sessions, tokens and API keys across restarts. */
  readonly dataFile?: string
  /** More ports whose `http://127.0.0.1:PORT/auth/callback` is a redirect URI of the CLI. */
  readonly callbackPorts?: readonly number[]
  /** Turns on the library's limits: 100 requests in 10 s for each path, 3 for a sign-in. */
  readonly rateLimit?: boolean
  /** One hour when absent. */
  readonly accessTokenLifetimeSeconds?: number
  /** 30 days when absent. */
  readonly refreshTokenLifetimeSeconds?: number
  /**
   * Only `next`: how long a rotated refresh token gets the same answer again. The library's default
   * is 30; with 0 any reuse revokes every sign-in of the account at once.
   */
  readonly replayWindowSeconds?: number
  /**
   * How long a second of a run takes, in seconds. 1 when absent; 0.02 makes a test fast, and with 0
   * everything that can happen has happened.
   */
  readonly runPace?: number
  /**
   * What inference accepts: `key`, the default, only API keys, as the hosted service does today;
   * `oauth` also the access tokens of logins.
   */
  readonly inferenceAccepts?: 'key' | 'oauth'
}

/** A received request. `status` is absent until there is an answer. Contains no secrets. */
export interface SeenRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly hasAuthorization: boolean
  /** The grant type of a request to the token endpoint, such as `refresh_token`. */
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
   * MCP servers, for a search for leaks. For keys in `dataFile` only the hash is known.
   */
  secrets(): string[]
  /**
   * Runs a function before the routes; see {@link Interceptor}. @returns a function that removes it
   */
  intercept(interceptor: Interceptor): () => void
  /** A headless browser for one demo account. It starts signed out. */
  browser(email: string): Browser
  /** Goes through a whole sign-in and returns the token response. `scope` is separated by blanks. */
  signIn(email: string, scope?: string): Promise<TokenResponse>
  /** Expires every access token now. Refresh tokens stay valid. */
  expireAccessTokens(): Promise<void>
  /** Deletes every access and refresh token, as if they had been revoked at the server. */
  revokeTokens(): Promise<void>
  /**
   * Creates a personal access token for one demo account, by default with both scopes and without
   * an expiry. Each may be used 60 times in 60 seconds.
   */
  createKey(email: string, wanted?: NewApiKey): Promise<string>
  /** Revokes a personal access token, as its owner does on the settings page. */
  revokeKey(key: string): Promise<void>
  /**
   * Starts a run of one demo account, as the home page does; words of the prompt choose what
   * happens in it: fail, long, pause, quiet, hostile. @returns its id
   */
  startRun(email: string, prompt?: string): string
  /** Ends at once, even with open requests. */
  close(): Promise<void>
}
