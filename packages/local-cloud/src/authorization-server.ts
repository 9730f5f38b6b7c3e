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
  /** The library's own unless told otherwise. Only `next` has one. */
  readonly replayWindowSeconds: number | undefined
}

/** Somebody who is signed in in a browser. */
export interface SignedIn {
  readonly email: string
  readonly name: string
}

/** One line of the library, behind a few calls. */
export interface AuthorizationServer {
  /** What the metadata name, as paths. */
  readonly endpoints: {readonly authorization: string; readonly token: string}
  /** Answers every route below `/api/auth`. */
  handle(request: Request): Promise<Response>
  /** Answers below `/.well-known`; `undefined` for what is not there. */
  wellKnown(request: Request, url: URL): Promise<Response | undefined>
  /** Who the cookies of a request belong to. */
  signedIn(headers: Headers): Promise<SignedIn | undefined>
  /** Whose access token this is; `undefined` for one that is not good. */
  findCaller(accessToken: string): Promise<Caller | undefined>
  /** Ends every access token now. */
  expireAccessTokens(): void
  /** Forgets every access and refresh token. */
  forgetTokens(): void
  /** The name of a client, for people. */
  clientName(clientId: string): string | undefined
  /** The origins that a sign-in may end at, as `form-action` names them. */
  redirectOrigins(): string[]
  /**
   * An authorization request that takes the detour over our pages; `undefined` for a query that is
   * none.
   */
  readDetour(query: URLSearchParams): Destination | undefined
  /** Adds the demo accounts that are not there yet. */
  seed(): Promise<void>
}
