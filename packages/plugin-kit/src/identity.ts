// Who is signed in and what pays for prompts, as `mogplex whoami --json` prints it.

/**
 * Where a credential came from: a shell variable, or a file. A Mogplex key that stands beside a login
 * has a member of its own there.
 */
export type SourceReport =
  {type: 'env'; variable: string} | {type: 'file'; path: string; member?: 'mogplex-key'}

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

/** An address that a variable such as `OPENAI_BASE_URL` puts in the place of a provider's own. */
export interface BaseUrlReport {
  /** `null` where the variable holds no https address: then nothing is sent. */
  url: string | null
  variable: string
}

/** What prompts are paid with. */
export interface ModelReport {
  provider: string
  source: SourceReport
  /** Where prompts go, when it is not the provider's own address. */
  baseUrl?: BaseUrlReport
}

/** A source that has a credential and is not used, and what came before it. */
export interface OutrankedReport {
  provider: string
  source: SourceReport
  /** The variable, or `<provider> in auth.json`. */
  by: string
  for: 'account' | 'model'
}

/** What is there and is not used: a variable that cannot be, or a login that is not taken. */
export interface ProblemReport {
  source: SourceReport
  /** In words that follow "NAME is set, and"; of what is stored, a sentence. */
  why: string
  /** The command that ends it. */
  remedy: string
}

/** One of several accounts on this machine, and what chose it. */
export interface ProfileReport {
  name: string
  source:
    | {type: 'current' | 'default' | 'flag'}
    | {type: 'env'; variable: string}
    | {type: 'pin'; folder: string}
}

/** The two answers to "which credential is in use", and what they outrank. No secret is in it. */
export interface Identity {
  /** The profile in use, where it is not `default`, or where there are others. */
  profile?: ProfileReport
  account: AccountReport | null
  /** Why there is no account, where a variable is in the way. */
  accountProblem?: ProblemReport
  model: ModelReport | null
  /** Why no prompt would be sent, where something is in the way: a key, an address, the login. */
  modelProblem?: ProblemReport
  outranked: OutrankedReport[]
}
