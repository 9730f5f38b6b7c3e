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
      /** The member of the file, where it is not the provider's id. */
      readonly member?: KeyBesideLogin
    }

/** The member that holds a Mogplex key beside a login. */
export type KeyBesideLogin = 'mogplex-key'
export const KEY_BESIDE_LOGIN: KeyBesideLogin = 'mogplex-key'

/** Who signed in, as the authorization server reported it: for display, it grants nothing. */
export interface Account {
  /** Printed unchanged: see `accountIdOf`. */
  readonly id: string
  readonly email?: OutsideText | undefined
  readonly name?: OutsideText | undefined
  /** Absent unless the server said that it is not verified. */
  readonly isEmailUnverified?: true | undefined
}

/** The account as one printable word. */
export function accountWord(account: Account | undefined): string | undefined {
  return account?.email?.printable() ?? account?.id
}

/** The account id, if it prints unchanged: only then can it be compared and shown. */
export function accountIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && printable(value) === value ? value : undefined
}

/** When and why the server ended the sign-in. The credential is kept, but not used. */
export interface Rejection {
  readonly at: Date
  readonly why: string
}

/** Whether the server accepts a login for prompts, as it answered. */
export interface PromptAcceptance {
  readonly accepted: boolean
  /** Since when that has been its answer. */
  readonly at: Date
  /** Something else pays since then, and the user has not been notified yet. */
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
  /** Created by us at login; a refresh keeps it, a new login does not. */
  readonly grantId: string
  readonly obtainedAt: Date
  readonly verifiedAt?: Date | undefined
  readonly rejected?: Rejection | undefined
  /** `undefined` where unknown: then the login counts as accepted. */
  readonly prompts?: PromptAcceptance | undefined
}

/** A key: a Mogplex PAT, or a provider's API key. */
export interface ApiKeyCredential {
  readonly type: 'api-key'
  readonly provider: ProviderId
  readonly source: CredentialSource
  readonly key: Secret
  /** The account of a stored Mogplex key. Absent for keys of other providers. */
  readonly issuer?: string | undefined
  /**
   * The site root whose API it was obtained for, without a trailing slash. Older versions stored
   * none: then it is the issuer's origin.
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
