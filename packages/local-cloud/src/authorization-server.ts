import type {Caller} from './caller.js'
import type {State} from './data-file.js'
import type {Destination} from './destination.js'

/** Settings of the authorization server; lifetimes are in seconds. */
export interface AuthorizationServerSettings {
  readonly base: string
  readonly state: State
  /** Redirect URIs of the CLI. */
  readonly redirectUris: readonly string[]
  readonly rateLimit: boolean
  readonly accessTokenLifetimeSeconds: number
  readonly refreshTokenLifetimeSeconds: number
  /** The library's default when absent. Only `next` has one. */
  readonly replayWindowSeconds: number | undefined
}

/** A user who is signed in in a browser. */
export interface SignedIn {
  readonly email: string
  readonly name: string
}

/** One line of the library, behind a small interface. */
export interface AuthorizationServer {
  /** The paths in the metadata. */
  readonly endpoints: {readonly authorization: string; readonly token: string}
  /** Handles all routes below `/api/auth`. */
  handle(request: Request): Promise<Response>
  /** Handles requests below `/.well-known`; `undefined` for unknown paths. */
  wellKnown(request: Request, url: URL): Promise<Response | undefined>
  /** The user of a request's cookies. */
  signedIn(headers: Headers): Promise<SignedIn | undefined>
  /** The owner of an access token; `undefined` for an invalid one. */
  findCaller(accessToken: string): Promise<Caller | undefined>
  /** Expires every access token now. */
  expireAccessTokens(): void
  /** Deletes every access and refresh token. */
  forgetTokens(): void
  /** The name of a client, for people. */
  clientName(clientId: string): string | undefined
  /** The origins that a sign-in may redirect to, for `form-action`. */
  redirectOrigins(): string[]
  /**
   * An authorization request that was redirected to our pages; `undefined` for any other query.
   */
  readDetour(query: URLSearchParams): Destination | undefined
  /** Adds the demo accounts that do not exist yet. */
  seed(): Promise<void>
}
