import type {JsonValue} from './errors.js'
import type {Identity} from './identity.js'
import type {RequestOptions} from './request-options.js'

export type {
  AccountReport,
  BaseUrlReport,
  Identity,
  ModelReport,
  OutrankedReport,
  ProblemReport,
  ProfileReport,
  SourceReport,
} from './identity.js'
export type {RequestOptions, ResponseType} from './request-options.js'

/**
 * What a command needs before it may run, declared with `static auth`: `account` a Mogplex account,
 * `write` one that is not known to lack that right, `model` a credential that pays for prompts,
 * `any` an account or that, `none` (the default) nothing.
 */
export type AuthNeed = 'account' | 'any' | 'model' | 'none' | 'write'

/** A right at Mogplex: `read` to list and inspect, `write` for what changes something. */
export type Scope = 'read' | 'write'

/** A run that was attached to, or started, on this machine. */
export interface RecentRun {
  readonly id: string
  /** The branch it works on; empty where unknown. */
  readonly branch: string
}

/** A choice for a person. */
export interface Choice<T> {
  readonly value: T
  /** The displayed text, which typing filters. */
  readonly name: string
  /** A short description, shown for the selected choice. */
  readonly note?: string
}

/** An MCP server of the account, with its secrets. */
export interface McpServer {
  readonly name: string
  readonly enabled: boolean
  /**
   * As the server sends it, including resolved secrets: `{url, http_headers?}` or `{command, args?,
   * env?}`. It is not enumerable, so that neither `console.log` nor `JSON.stringify` shows it. Keep
   * it in memory.
   */
  readonly config: Readonly<Record<string, unknown>>
}

/**
 * What the CLI provides to a plugin: who is signed in, the gate, and Mogplex's API. Never a token.
 */
export interface Session {
  /** The version of this interface: members are added to it, never changed or removed. */
  readonly version: 1

  /** Who is signed in and what pays for prompts, without network. */
  identity(): Promise<Identity>

  /** The Mogplex in use, as people open it: `https://mogplex.com`, without a trailing slash. */
  site(): Promise<string>

  /**
   * Resolves when what is needed is available.
   *
   * @throws {MogplexError} exit 64 when it is not; 65 when the right to write is known to be
   *   missing; 1 when `auth.json` cannot be read, or the need is unknown; 2 when `MOGPLEX_URL` or
   *   `MOGPLEX_ISSUER` is not a usable address
   */
  require(need: AuthNeed): Promise<void>

  /**
   * Whether the account has this right; `false` when nobody is signed in. The rights of a login are
   * known; for an API key the server is asked, with a request that changes nothing.
   *
   * @throws {MogplexError} exit 64, 69 or 75, when the server has to be asked and does not answer
   */
  can(scope: Scope): Promise<boolean>

  /**
   * Calls Mogplex's API as the signed-in account. The access token is refreshed when it is due; a
   * `GET` is repeated when it got no answer, or when the server says to come back within five
   * seconds, and so is a `repeatable` request. Redirects are not followed. An answer of 400 and
   * above is an error, whatever `responseType` is.
   *
   * @param path - below `/api/v1/mogplex`, with a leading slash: `/repos`. Nothing else is
   *   reachable: no other host, no `..`
   * @returns the contents of the envelope's `data`. It comes from the server: validate it
   * @throws {MogplexError} with these codes, and others that the server may give (exit 1):
   *   `NOT_LOGGED_IN`, `CREDENTIAL_REJECTED` (64), `SCOPE_MISSING` (65), `NOT_FOUND`,
   *   `BAD_REQUEST`, `CONFLICT`, `IDEMPOTENCY_CONFLICT` (1), `BAD_PATH` (1), `REMOTE`,
   *   `UNREACHABLE` (69), `RATE_LIMITED` (75), `CANCELLED` (130)
   */
  request(path: string, options: RequestOptions & {responseType: 'text'}): Promise<string>
  request(path: string, options: RequestOptions & {responseType: 'bytes'}): Promise<Uint8Array>
  request(path: string, options: RequestOptions & {responseType: 'response'}): Promise<Response>
  request<T = unknown>(path: string, options?: RequestOptions): Promise<T>

  /**
   * The MCP servers of the account, from the server, with the values of their headers and
   * variables.
   *
   * @throws {MogplexError} as {@link Session.request} does
   */
  mcpServers(options?: {signal?: AbortSignal}): Promise<McpServer[]>

  /**
   * The runs that the account in use has attached to or started on this machine, the newest first,
   * without network. None where nobody is signed in.
   */
  recentRuns(): Promise<RecentRun[]>

  /** Adds a run to the front of these; one without a valid run id is ignored. Never throws. */
  rememberRun(run: RecentRun): Promise<void>

  /**
   * A value that the plugin stores on this machine for the account in use, without network;
   * `undefined` where none is stored, or nobody is signed in.
   *
   * @param name - `[a-z][a-z0-9-]*`, at most 64 characters
   */
  kept(name: string): Promise<JsonValue | undefined>

  /**
   * Changes a stored value, while no other process does. It stays for years and is readable by
   * anybody who can read the home: no secrets, no more than 65,536 characters of JSON in total, and
   * not as a copy of what the API returns.
   *
   * @param change - gets the stored value, and returns the new one; `undefined` removes it
   * @throws {MogplexError} `NOT_LOGGED_IN` (64), `LOCKED` (75), `LOCAL_FILE`, `KEPT_TOO_MUCH`,
   *   `BAD_NAME` (1); errors of `change`: the stored value stays
   */
  keep(name: string, change: (kept: JsonValue | undefined) => JsonValue | undefined): Promise<void>

  /**
   * Lets the person choose, with the arrow keys or by typing; in the app, the composer comes back
   * afterwards. Names and notes are made printable.
   *
   * @throws {MogplexError} `NOT_INTERACTIVE` (2), where nobody can be asked; `CANCELLED` (130)
   */
  choose<T>(message: string, choices: readonly Choice<T>[]): Promise<T>

  /**
   * Writes a record into the session's log, which is opened for it: `mogplex logs show` prints it
   * as `plugin.NAME.EVENT`, with secrets redacted by values, names and formats. Nothing is written
   * where `MOGPLEX_LOG_LEVEL` is `off` or `error`, and nothing is thrown when the log cannot be
   * written.
   *
   * @param event - dotted words in lower case, at most 100 characters: `sync.ended`
   * @param fields - plain JSON, at most 16,384 characters; record sizes rather than contents
   * @throws {MogplexError} `BAD_EVENT` (1), for an invalid event name
   */
  log(event: string, fields?: Readonly<Record<string, unknown>>): Promise<void>
}
