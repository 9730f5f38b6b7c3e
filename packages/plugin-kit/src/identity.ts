// Who is signed in and what pays for prompts, as `mogplex whoami --json` prints it.

/**
 * Where a credential came from: a shell variable, or a file. A Mogplex key beside a login has a
 * separate member there.
 */
export type SourceReport =
  {type: 'env'; variable: string} | {type: 'file'; path: string; member?: 'mogplex-key'}

/** The Mogplex account, as `mogplex whoami --json` prints it. */
export interface AccountReport {
  kind: 'api-key' | 'oauth'
  /** The account's id, e-mail and name, as far as known. */
  id: string | null
  email: string | null
  name: string | null
  /** `null` when unknown: an API key does not list its scopes. */
  scopes: string[] | null
  source: SourceReport
  issuer: string
  /** When the access token expires, ISO 8601; `null` when unknown. */
  expiresAt: string | null
  /**
   * How long the login lasts without use, ISO 8601: every use of a login that can be refreshed
   * extends it. `null` when unknown, or when there is no end.
   */
  signedInUntil: string | null
  /** When the server last confirmed the credential, ISO 8601; `null` when it never did. */
  verifiedAt: string | null
}

/** An address that a variable such as `OPENAI_BASE_URL` sets in place of a provider's default. */
export interface BaseUrlReport {
  /** `null` where the variable holds no https address: then nothing is sent. */
  url: string | null
  variable: string
}

/** The credential that pays for prompts. */
export interface ModelReport {
  provider: string
  source: SourceReport
  /** Where prompts are sent, when it is not the provider's default address. */
  baseUrl?: BaseUrlReport
}

/** A source that has a credential and is not used, and what outranks it. */
export interface OutrankedReport {
  provider: string
  source: SourceReport
  /** The variable, or `<provider> in auth.json`. */
  by: string
  for: 'account' | 'model'
}

/** A source that exists and is not used: an invalid variable, or a login that is not accepted. */
export interface ProblemReport {
  source: SourceReport
  /** In words that follow "NAME is set, and"; for stored credentials, a sentence. */
  why: string
  /** The command that fixes it. */
  remedy: string
}

/** One of several accounts on this machine, and what selected it. */
export interface ProfileReport {
  name: string
  source:
    | {type: 'current' | 'default' | 'flag'}
    | {type: 'env'; variable: string}
    | {type: 'pin'; folder: string}
}

/** The two answers to "which credential is in use", and what they outrank. Contains no secret. */
export interface Identity {
  /** The profile in use, where it is not `default`, or where there are several. */
  profile?: ProfileReport
  account: AccountReport | null
  /** Why there is no account, where a variable prevents it. */
  accountProblem?: ProblemReport
  model: ModelReport | null
  /** Why no prompt would be sent, where a key, an address or the login prevents it. */
  modelProblem?: ProblemReport
  outranked: OutrankedReport[]
}
