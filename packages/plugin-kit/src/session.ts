/**
 * What a command needs before it may run, said with `static auth`:
 * `account` a Mogplex account, `model` something that pays for prompts, `any` either of them,
 * `none` (the default) nothing.
 */
export type AuthNeed = 'account' | 'any' | 'model' | 'none'

/** Where a credential came from: a shell variable, or a file. */
export type SourceReport = {type: 'env'; variable: string} | {type: 'file'; path: string}

/** Who we are at Mogplex, as `mogplex whoami --json` prints it. */
export interface AccountReport {
  kind: 'api-key' | 'oauth'
  /** The account's id, e-mail and name, as far as they are known. */
  id: string | null
  email: string | null
  name: string | null
  /** `null` when unknown: an API key does not tell its scopes. */
  scopes: string[] | null
  source: SourceReport
  issuer: string
  /** When the access token ends, ISO 8601; `null` when unknown. */
  expiresAt: string | null
  /**
   * Until when one stays signed in without use, ISO 8601: every use of a login that can be
   * refreshed moves it on. `null` when unknown, or when there is no end.
   */
  signedInUntil: string | null
  /** When the server last confirmed the credential, ISO 8601; `null` when it never did. */
  verifiedAt: string | null
}

/** What prompts are paid with. */
export interface ModelReport {
  provider: string
  source: SourceReport
}

/** A source that has a credential and is not used, and what came before it. */
export interface OutrankedReport {
  provider: string
  source: SourceReport
  /** The variable, or `<provider> in auth.json`. */
  by: string
  for: 'account' | 'model'
}

/** The two answers to "which credential is in use", and what they outrank. No secret is in it. */
export interface Identity {
  account: AccountReport | null
  model: ModelReport | null
  outranked: OutrankedReport[]
}

/** What the CLI hands to a command: who is signed in, and the gate. Never a token. */
export interface Session {
  /** The version of this interface. */
  readonly version: 1

  /** Who is signed in and what pays for prompts, without network. */
  identity(): Promise<Identity>

  /**
   * Resolves when what is needed is there.
   *
   * @throws {MogplexError} exit 64 when it is not; 1 when `auth.json` cannot be read; 2 when
   *   `MOGPLEX_URL` or `MOGPLEX_ISSUER` is no usable address
   */
  require(need: AuthNeed): Promise<void>
}
