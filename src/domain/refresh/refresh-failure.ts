import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {serverFactsOf} from '../errors/server-facts.js'
import {instantOf} from '../text/instants.js'
import {asRecord} from '../text/json.js'
import {printable} from '../text/printable.js'

const LONGEST = 1000

/** Why a refresh returned no tokens, though the server did not refuse it. */
export interface RefreshFailure {
  readonly at: Date
  /** 69, or 75: the server said when to retry. */
  readonly exitCode: 69 | 75
  readonly message: string
  readonly remedy: string
  readonly retryAfterSeconds?: number | undefined
  /** The server may have received the request: the refresh token may be spent. */
  readonly lost: boolean
}

/**
 * What is stored of an error that ended a refresh; `undefined` for an error that is neither the
 * server's nor the network's.
 *
 * @param lost - whether the refresh token may be spent
 */
export function failureOf(error: unknown, at: Date, lost: boolean): RefreshFailure | undefined {
  if (!(error instanceof MogplexError)) return undefined
  const {message, remedy, exitCode} = error
  if (exitCode !== ExitCode.Remote && exitCode !== ExitCode.Later) return undefined
  return {at, exitCode, message, remedy, ...waitOf(error), lost}
}

/** @returns `undefined` when it is not in our format */
export function parseFailure(value: unknown): RefreshFailure | undefined {
  const {at, exitCode, message, remedy, lost} = asRecord(value) ?? {}
  const instant = instantOf(at)
  if (instant === undefined || (exitCode !== 69 && exitCode !== 75)) return undefined
  if (typeof message !== 'string' || typeof remedy !== 'string') return undefined
  return {
    at: instant,
    exitCode,
    lost: lost !== false,
    message: printable(message, LONGEST),
    remedy: printable(remedy, LONGEST),
    ...waitOf(value),
  }
}

function waitOf(told: unknown): Pick<RefreshFailure, 'retryAfterSeconds'> {
  const {retryAfterSeconds} = serverFactsOf(told)
  return retryAfterSeconds === undefined ? {} : {retryAfterSeconds}
}
