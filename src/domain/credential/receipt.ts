import {ExitCode} from '@mogplex/plugin-kit/errors'
import type {SourceReport} from '@mogplex/plugin-kit/session'
import type {Account} from './credential.js'
import type {HostedCounts} from '../hosted/hosted-state.js'
import type {ProviderId} from './provider-table.js'

/** What happened to the login at its server. Dates say when its tokens expire. */
export type RevocationReport =
  | {readonly state: 'revoked'; readonly issuer: string}
  | {readonly state: 'over'; readonly issuer: string; readonly since: Date}
  | ({readonly state: 'not-offered'; readonly issuer: string} & TokenEnds)
  | ({readonly state: 'failed'; readonly issuer: string; readonly why: string} & TokenEnds)

/** `undefined` where unknown. */
export interface TokenEnds {
  readonly accessTokenEnds: Date | undefined
  readonly refreshTokenEnds: Date | undefined
}

/** A credential that was removed from the file. */
export interface Removed {
  readonly provider: ProviderId
  readonly kind: 'api-key' | 'oauth'
  readonly account: Account | undefined
  readonly path: string
  /** For a Mogplex key, which stays valid: where its owner can revoke it. */
  readonly endAt?: string
}

/** A credential that is still used after the logout, or that would be used next. */
export interface StillThere {
  readonly provider: ProviderId
  readonly source: SourceReport
  /** For what is stored: a login, or a key. */
  readonly kind?: 'api-key' | 'oauth'
  readonly for: 'account' | 'model'
  /** What comes before it. */
  readonly by?: string
  /** The command that removes that one too. */
  readonly remedy: string | undefined
}

/** A file beside `auth.json` that may hold credentials: contents that were moved out of the way. */
export interface AuthCopy {
  readonly path: string
  readonly removed: boolean
}

/** The steps of a logout; if one fails, the others are still done. */
export type LogoutStep = 'copies' | 'credentials' | 'history' | 'hosted'

/** A step that failed, in the format of a reported error. */
export interface FailedStep {
  readonly step: LogoutStep
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly exitCode: ExitCode
}

/** What a logout did, did not do, and left. */
export interface Receipt {
  readonly removed: readonly Removed[]
  /** How many entries of the account's lists were removed. */
  readonly hosted: HostedCounts
  /** How many entries of `history.jsonl` were removed because they contained a secret. */
  readonly history: number
  /** `undefined` when there was no login. */
  readonly revocation: RevocationReport | undefined
  readonly stillThere: readonly StillThere[]
  readonly copies: readonly AuthCopy[]
  readonly failures: readonly FailedStep[]
}

/** Why the credentials are still in the file: then nobody is signed out. */
export function whyStillStored({failures}: Pick<Receipt, 'failures'>): FailedStep | undefined {
  return failures.find(({step}) => step === 'credentials')
}

/** 0 when everything was done, otherwise 1. */
export function exitCodeOf({failures}: Pick<Receipt, 'failures'>): ExitCode {
  return failures.length === 0 ? ExitCode.Done : ExitCode.Failed
}
