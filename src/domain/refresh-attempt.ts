import {createHash} from 'node:crypto'
import {asRecord, parseJson} from './json.js'
import type {OAuthCredential} from './credential.js'
import type {Secret} from './secret.js'

/** Why a refresh gave no tokens, though the server did not refuse it. */
export interface RefreshFailure {
  readonly at: Date
  /** 69, or 75: the server said when to come again. */
  readonly exitCode: 69 | 75
  readonly message: string
  readonly remedy: string
  /** The server may have got the request: the refresh token may be spent. */
  readonly lost: boolean
}

/**
 * A refresh that was begun, and whose tokens are not stored. Without a `failure` it is in flight,
 * or its process died in between.
 */
export interface RefreshAttempt {
  readonly grantId: string
  /** Of the refresh token that was sent, to know it again. No secret. */
  readonly fingerprint: string
  readonly pid: number
  readonly since: Date
  readonly failure?: RefreshFailure | undefined
}

/** What is written down before a refresh token is sent. */
export function attemptOf(
  {grantId, refreshToken}: OAuthCredential,
  pid: number,
  since: Date,
): RefreshAttempt {
  return {grantId, fingerprint: fingerprintOf(refreshToken), pid, since}
}

/** Whether it is this login's refresh token that was sent. */
export function isAttemptOf(
  attempt: RefreshAttempt | undefined,
  {grantId, refreshToken}: OAuthCredential,
): attempt is RefreshAttempt {
  return attempt?.grantId === grantId && attempt.fingerprint === fingerprintOf(refreshToken)
}

/** Whether nobody knows what became of it: the tokens of the server may differ from ours by now. */
export function isInterrupted({failure}: RefreshAttempt): boolean {
  return failure === undefined || failure.lost
}

/** What happened, for the day on which the old refresh token is refused. */
export function interruptionText({since, pid, failure}: RefreshAttempt): string {
  const what =
    failure === undefined
      ? `was cut off before its answer was stored (process ${pid})`
      : 'got no usable answer'
  return `a refresh at ${since.toISOString()} ${what}`
}

export function formatAttempt(attempt: RefreshAttempt): string {
  return `${JSON.stringify(attempt)}\n`
}

/** @returns `undefined` when the text is not of our making */
export function parseAttempt(text: string): RefreshAttempt | undefined {
  const {grantId, fingerprint, pid, since, failure} = asRecord(parseJson(text)) ?? {}
  const begun = instantOf(since)
  if (typeof grantId !== 'string' || typeof fingerprint !== 'string') return undefined
  if (typeof pid !== 'number' || begun === undefined) return undefined
  return {grantId, fingerprint, pid, since: begun, failure: failureOf(failure)}
}

function failureOf(value: unknown): RefreshFailure | undefined {
  const {at, exitCode, message, remedy, lost} = asRecord(value) ?? {}
  const instant = instantOf(at)
  if (instant === undefined || (exitCode !== 69 && exitCode !== 75)) return undefined
  if (typeof message !== 'string' || typeof remedy !== 'string') return undefined
  return {at: instant, exitCode, message, remedy, lost: lost !== false}
}

function instantOf(value: unknown): Date | undefined {
  const instant = new Date(typeof value === 'string' ? value : NaN)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

/** 64 bits of a hash: enough to know a token again, too few to find it. */
function fingerprintOf(refreshToken: Secret | undefined): string {
  return createHash('sha256')
    .update(`mogplex refresh attempt ${refreshToken?.reveal() ?? ''}`)
    .digest('hex')
    .slice(0, 16)
}
