import {ExitCode} from '@mogplex/plugin-kit/errors'
import {type ErrorReport, reportOf} from '../domain/error-report.js'
import type {Recorder} from './recorder.js'
import {loadRedactor} from './redaction.js'

export interface Trouble {
  readonly report: ErrorReport
  /** The log that tells more, where there is one. */
  readonly log: string | undefined
}

/**
 * Describes what was thrown, redacted, and writes it to the session's log; what nobody expected
 * opens one.
 *
 * @param command - what was run, such as `mogplex login`
 * @param event - `crash` where nothing was there to catch it
 */
export async function troubleOf(
  error: unknown,
  command: string,
  recorder: Recorder | undefined,
  event: 'crash' | 'error' = 'error',
): Promise<Trouble> {
  const redactor = await loadRedactor()
  const report = reportOf(error, command, (text) => redactor.redact(text))
  const isUnexpected = report.code === 'UNEXPECTED' && report.exitCode === ExitCode.Failed
  if (isUnexpected) await recorder?.open()
  const {code, message, exitCode} = report
  const details = isUnexpected ? {stack: stackOf(error)} : {}
  recorder?.record(event, {code, message, exitCode, ...details}, 'error')
  const log = recorder?.path
  if (log === undefined || !isUnexpected) return {report, log}
  return {report: {...report, remedy: `Try again; if it stays so, report it with ${log}.`}, log}
}

const MOST_STACK = 20_000

/** The stack, and those of the causes; the other fields of an error may hold anything. */
function stackOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error)) return undefined
  const own: unknown = error.stack
  const stack = typeof own === 'string' ? own.slice(0, MOST_STACK) : ''
  const cause = depth < 5 ? stackOf(error.cause, depth + 1) : undefined
  return cause === undefined ? stack : `${stack}\nCaused by: ${cause}`
}
