import {createHash} from 'node:crypto'
import {asRecord, parseJson} from '../text/json.js'
import type {OAuthCredential} from '../credential/credential.js'
import {parseFailure, type RefreshFailure} from './refresh-failure.js'
import {instantOf, instantText} from '../text/instants.js'
import type {Secret} from '../credential/secret.js'

/**
 * A refresh that was started and whose tokens are not stored. Without a `failure` it is in
 * progress, or its process died.
 */
export interface RefreshAttempt {
  readonly grantId: string
  /** Identifies the refresh token that was sent. Not secret. */
  readonly fingerprint: string
  readonly pid: number
  readonly since: Date
  readonly failure?: RefreshFailure | undefined
}

/** The record that is written before a refresh token is sent. */
export function attemptOf(
  {grantId, refreshToken}: OAuthCredential,
  pid: number,
  since: Date,
): RefreshAttempt {
  return {grantId, fingerprint: fingerprintOf(refreshToken), pid, since}
}

/** Whether the attempt sent this login's refresh token. */
export function isAttemptOf(
  attempt: RefreshAttempt | undefined,
  {grantId, refreshToken}: OAuthCredential,
): attempt is RefreshAttempt {
  return attempt?.grantId === grantId && attempt.fingerprint === fingerprintOf(refreshToken)
}

/** Whether the outcome is unknown: the server's tokens may differ from ours by now. */
export function isInterrupted({failure}: RefreshAttempt): boolean {
  return failure === undefined || failure.lost
}

/** What happened, in case the old refresh token is refused later. */
export function interruptionText({since, pid, failure}: RefreshAttempt): string {
  const what =
    failure === undefined
      ? `was cut off before its answer was stored (process ${pid})`
      : 'got no usable answer'
  return `a refresh at ${instantText(since)} ${what}`
}

export function formatAttempt(attempt: RefreshAttempt): string {
  return `${JSON.stringify(attempt)}\n`
}

/** @returns `undefined` when the text is not in our format */
export function parseAttempt(text: string): RefreshAttempt | undefined {
  const {grantId, fingerprint, pid, since, failure} = asRecord(parseJson(text)) ?? {}
  const begun = instantOf(since)
  if (typeof grantId !== 'string' || typeof fingerprint !== 'string') return undefined
  if (typeof pid !== 'number' || begun === undefined) return undefined
  return {grantId, fingerprint, pid, since: begun, failure: parseFailure(failure)}
}

/** 64 bits of a hash: enough to recognise a token, too few to recover it. */
function fingerprintOf(refreshToken: Secret | undefined): string {
  return createHash('sha256')
    .update(`mogplex refresh attempt ${refreshToken?.reveal() ?? ''}`)
    .digest('hex')
    .slice(0, 16)
}
