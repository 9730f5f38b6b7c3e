import {ExitCode} from '@mogplex/plugin-kit/errors'
import type {SourceReport} from '@mogplex/plugin-kit/session'
import type {Account} from './credential.js'
import type {HostedCounts} from '../hosted/hosted-state.js'
import type {ProviderId} from './provider-table.js'

/** What became of the login at its server. Dates tell when its tokens end by themselves. */
export type RevocationReport =
  | {readonly state: 'revoked'; readonly issuer: string}
  | {readonly state: 'over'; readonly issuer: string; readonly since: Date}
  | ({readonly state: 'not-offered'; readonly issuer: string} & TokenEnds)
  | ({readonly state: 'failed'; readonly issuer: string; readonly why: string} & TokenEnds)

/** `undefined` where it is not known. */
export interface TokenEnds {
  readonly accessTokenEnds: Date | undefined
  readonly refreshTokenEnds: Date | undefined
}

/** A credential that was taken out of the file. */
export interface Removed {
  readonly provider: ProviderId
  readonly kind: 'api-key' | 'oauth'
  readonly account: Account | undefined
  readonly path: string
  /** Of a Mogplex key, which goes on working: where its owner ends it. */
  readonly endAt?: string
}

/** A credential that is used from now on, although we signed out, or that would be used next. */
export interface StillThere {
  readonly provider: ProviderId
  readonly source: SourceReport
  /** Of what is stored: a login, or a key. */
  readonly kind?: 'api-key' | 'oauth'
  readonly for: 'account' | 'model'
  /** What comes before it. */
  readonly by?: string
  /** The command that ends that too. */
  readonly remedy: string | undefined
}

/** A file beside `auth.json` that may hold credentials: what had to give way there. */
export interface AuthCopy {
  readonly path: string
  readonly removed: boolean
}

/** What a logout does, step by step; whatever fails, the others are done. */
export type LogoutStep = 'copies' | 'credentials' | 'history' | 'hosted'

/** A step that failed, as an error is reported. */
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
  /** How many entries of `history.jsonl` were removed, since something secret was in them. */
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

/** 0 when all was done, else 1. */
export function exitCodeOf({failures}: Pick<Receipt, 'failures'>): ExitCode {
  return failures.length === 0 ? ExitCode.Done : ExitCode.Failed
}
