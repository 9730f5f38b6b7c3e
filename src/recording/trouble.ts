import {ExitCode} from '@mogplex/plugin-kit/errors'
import {type ErrorReport, reportOf, REPORT_IT} from '../domain/errors/error-report.js'
import {stackOf} from '../domain/text/thrown.js'
import type {Recorder} from './recorder.js'
import {knowTyped, loadRedactor} from './redaction.js'

export interface Trouble {
  readonly report: ErrorReport
  /** The log with more details, where there is one. */
  readonly log: string | undefined
}

/**
 * Describes a thrown value, redacted, and writes it to the session's log; an unexpected one opens a
 * log.
 *
 * @param command - the command that ran, such as `mogplex login`
 * @param event - `crash` where nothing caught it
 * @param placed - maps a stack to positions in our sources
 */
export async function troubleOf(
  error: unknown,
  command: string,
  recorder: Recorder | undefined,
  event: 'crash' | 'error' = 'error',
  placed: (stack: string | undefined) => Promise<string | undefined> = async (stack) => stack,
): Promise<Trouble> {
  await knowTyped(process.argv.slice(2))
  const redactor = await loadRedactor()
  const redact = (text: string): string => redactor.redact(text)
  const report = reportOf(error, command, redact)
  const isUnexpected = report.code === 'UNEXPECTED' && report.exitCode === ExitCode.Failed
  if (isUnexpected) await recorder?.open()
  const {code, message, exitCode} = report
  const details = isUnexpected ? {stack: await placed(stackOf(error, redact))} : {}
  recorder?.record(event, {code, message, exitCode, ...details}, 'error')
  const log = recorder?.path
  if (log === undefined || !isUnexpected) return {report, log}
  return {report: {...report, remedy: `${REPORT_IT} with ${log}.`}, log}
}
