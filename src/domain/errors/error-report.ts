import {ExitCode} from '@mogplex/plugin-kit/errors'
import {detailsOf} from './error-details.js'
import {usageMessage} from './oclif-usage.js'
import {LONGEST_ID, type ServerFacts, serverFactsOf} from './server-facts.js'
import {withoutEscapeSequences} from '../text/escape-sequences.js'
import {printable, printableLines} from '../text/printable.js'
import {fieldOf, isError, messageOf} from '../text/thrown.js'

/** What scripts get for an error, with `--json`. */
export interface ErrorReport extends ServerFacts {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly exitCode: number
  /** The extra data of a plugin's error: JSON, redacted. */
  readonly details?: unknown
}

/** The remedy for an unexpected error; where to report it may follow. */
export const REPORT_IT = 'Try again; if the problem persists, report it'

/**
 * Describes any thrown value: one of our errors (from any copy of the kit, so recognised by its
 * shape), a usage error of oclif, or something unexpected. Causes, stacks and other fields are left
 * out.
 *
 * @param command - the command that ran, such as `mogplex login`, to point to its help
 * @param redact - removes secrets from a text, before it is truncated
 */
export function reportOf(
  error: unknown,
  command: string,
  redact: (text: string) => string,
): ErrorReport {
  const clean = (text: string): string => lines(redact(withoutEscapeSequences(text)))
  const message = clean(messageOf(error))
  if (!isError(error)) return unexpected(message)
  const code = fieldOf(error, 'code')
  const remedy = fieldOf(error, 'remedy')
  const exitCode = fieldOf(error, 'exitCode')
  if (typeof code === 'string' && typeof remedy === 'string' && typeof exitCode === 'number') {
    const details = detailsOf(fieldOf(error, 'details'), redact)
    return {
      code: printable(clean(code), 100),
      message,
      remedy: clean(remedy),
      exitCode: failure(exitCode),
      ...factsOf(error, redact),
      ...(details !== undefined && {details}),
    }
  }
  const exit = exitOf(error)
  if (exit === ExitCode.Usage) {
    const usage = usageMessage(error, withoutEscapeSequences(messageOf(error)), command)
    return {
      code: 'USAGE',
      message: usage === undefined ? message : clean(usage),
      remedy: redact(`Run \`${command} --help\`.`),
      exitCode: exit,
    }
  }
  if (exit === undefined) return unexpected(message)
  const advice = suggestionsOf(error).map((text) => clean(text))
  const own = advice.length > 0 ? {remedy: advice.join('\n')} : {}
  return {...unexpected(message), ...own, exitCode: exit}
}

/** Whether the error only carries an exit code and has been reported already. */
export function isQuietExit(error: unknown): boolean {
  return isError(error) && fieldOf(error, 'code') === 'EEXIT'
}

/** The exit code that such an error carries; 0 when it carries none. */
export function quietExitCode(error: unknown): number {
  return isError(error) ? (exitOf(error) ?? 0) : 0
}

function unexpected(message: string): ErrorReport {
  return {
    code: 'UNEXPECTED',
    message,
    remedy: `${REPORT_IT}.`,
    exitCode: ExitCode.Failed,
  }
}

/** Where the error is about a response: the numbers unchanged, the id as text from outside. */
function factsOf(error: Error, redact: (text: string) => string): ServerFacts {
  const {requestId, ...facts} = serverFactsOf(error)
  return requestId === undefined
    ? facts
    : {...facts, requestId: printable(redact(requestId), LONGEST_ID)}
}

/** A plugin's advice, given by oclif's `this.error(message, {suggestions})`. */
function suggestionsOf(error: Error): string[] {
  const suggestions = fieldOf(error, 'suggestions')
  if (!Array.isArray(suggestions)) return []
  return suggestions.filter((text: unknown) => typeof text === 'string')
}

/** How oclif carries an exit code. */
function exitOf(error: Error): number | undefined {
  const exit = fieldOf(fieldOf(error, 'oclif'), 'exit')
  return typeof exit === 'number' && exit !== 0 ? failure(exit) : undefined
}

/** A failing process exits with 1 to 255: 256 would read as 0, and Node refuses a fraction. */
function failure(exitCode: number): number {
  return Number.isInteger(exitCode) && exitCode > 0 && exitCode < 256 ? exitCode : ExitCode.Failed
}

function lines(text: string): string {
  return printableLines(text)
    .split('\n')
    .map((line) => (/^ */.exec(line)?.[0] ?? '') + printable(line, 1000))
    .join('\n')
    .trim()
}
