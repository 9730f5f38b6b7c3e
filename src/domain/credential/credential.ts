import type {OutsideText} from '../text/outside-text.js'
import {printable} from '../text/printable.js'
import type {ProviderId} from './provider-table.js'
import type {Secret} from './secret.js'

/** Where a credential came from. */
export type CredentialSource =
  | {readonly type: 'env'; readonly variable: string}
  | {
      readonly type: 'file'
      readonly path: string
      /** Which member of the file it is, where that is not the provider's id. */
      readonly member?: KeyBesideLogin
    }

/** The member of a Mogplex key that stands beside a login. */
export type KeyBesideLogin = 'mogplex-key'
export const KEY_BESIDE_LOGIN: KeyBesideLogin = 'mogplex-key'

/** Who signed in, as the authorization server told it: for display, it grants nothing. */
export interface Account {
  /** It prints as itself: see `accountIdOf`. */
  readonly id: string
  readonly email?: OutsideText | undefined
  readonly name?: OutsideText | undefined
  /** Not told, and not stored, where it is not known that it is not. */
  readonly isEmailUnverified?: true | undefined
}

/** Whose account, in one word that can be shown. */
export function accountWord(account: Account | undefined): string | undefined {
  return account?.email?.printable() ?? account?.id
}

/** The id of an account as it came, where it prints as itself: then it can be compared and shown. */
export function accountIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && printable(value) === value ? value : undefined
}

/** The server ended the sign-in: since when, and why. The credential is kept, not used. */
export interface Rejection {
  readonly at: Date
  readonly why: string
}

/** Whether the server takes a login for prompts: it was asked, and has said so. */
export interface PromptAcceptance {
  readonly accepted: boolean
  /** Since when it says so. */
  readonly at: Date
  /** Something else pays since then, and nobody has been told. */
  readonly untold?: true | undefined
}

/** An OAuth sign-in at an issuer. */
export interface OAuthCredential {
  readonly type: 'oauth'
  readonly provider: 'mogplex'
  readonly source: CredentialSource
  /** The address that was configured at login, without a trailing slash. */
  readonly issuer: string
  /** See {@link ApiKeyCredential.baseUrl}. */
  readonly baseUrl?: string | undefined
  readonly clientId: string
  readonly accessToken: Secret
  readonly refreshToken?: Secret | undefined
  readonly expiresAt?: Date | undefined
  readonly scopes?: readonly string[] | undefined
  readonly account?: Account | undefined
  /** Made by us at login; a refresh keeps it, another login does not. */
  readonly grantId: string
  readonly obtainedAt: Date
  readonly verifiedAt?: Date | undefined
  readonly rejected?: Rejection | undefined
  /** `undefined` where nobody knows: then it counts as taken. */
  readonly prompts?: PromptAcceptance | undefined
}

/** A key: a Mogplex PAT, or a provider's API key. */
export interface ApiKeyCredential {
  readonly type: 'api-key'
  readonly provider: ProviderId
  readonly source: CredentialSource
  readonly key: Secret
  /** Of a stored Mogplex key: whose it is. Absent for keys of other providers. */
  readonly issuer?: string | undefined
  /**
   * The site root whose API it was obtained for, without a trailing slash. Older versions stored
   * none: then it is the issuer's own origin.
   */
  readonly baseUrl?: string | undefined
  readonly account?: Account | undefined
  readonly obtainedAt?: Date | undefined
}

export type Credential = ApiKeyCredential | OAuthCredential

/** What a request carries: the access token, or the key. */
export function bearerOf(credential: Credential): Secret {
  return credential.type === 'oauth' ? credential.accessToken : credential.key
}
