import {ExitCode} from '@mogplex/plugin-kit/errors'
import {printable, printableLines} from './printable.js'

/** What scripts get of an error, with `--json`. */
export interface ErrorReport {
  readonly code: string
  readonly message: string
  readonly remedy: string
  readonly exitCode: number
}

/**
 * Describes whatever was thrown: an error of ours (of any copy of the kit, so told by its shape),
 * a usage error of oclif, or something unexpected. Causes, stacks and other fields stay inside.
 *
 * @param command - what was run, such as `mogplex login`, to point to its help
 * @param redact - takes secrets out of a text, before it is cut short
 */
export function reportOf(
  error: unknown,
  command: string,
  redact: (text: string) => string,
): ErrorReport {
  const message = lines(redact(messageOf(error)))
  if (!(error instanceof Error)) return unexpected(message)
  const {code, remedy, exitCode} = fieldsOf(error)
  if (typeof code === 'string' && typeof remedy === 'string' && typeof exitCode === 'number') {
    return {code: redact(code), message, remedy: redact(remedy), exitCode: failure(exitCode)}
  }
  const exit = exitOf(error)
  if (exit === ExitCode.Usage) {
    const said = message.replace(/\n?See more help with --help$/, '')
    return {code: 'USAGE', message: said, remedy: `Run \`${command} --help\`.`, exitCode: exit}
  }
  if (exit === undefined) return unexpected(message)
  const advice = suggestionsOf(error).map((text) => lines(redact(text)))
  const own = advice.length > 0 ? {remedy: advice.join('\n')} : {}
  return {...unexpected(message), ...own, exitCode: exit}
}

/** Whether the error only says with which code to end, and has been told already. */
export function isQuietExit(error: unknown): boolean {
  return error instanceof Error && fieldsOf(error).code === 'EEXIT'
}

/** The exit code that such an error carries; 0 when it carries none. */
export function quietExitCode(error: unknown): number {
  return error instanceof Error ? (exitOf(error) ?? 0) : 0
}

function unexpected(message: string): ErrorReport {
  return {
    code: 'UNEXPECTED',
    message,
    remedy: 'Try again; if it stays so, report it.',
    exitCode: ExitCode.Failed,
  }
}

/** Not every value can be made a text: an object without a prototype, or one that throws. */
function textOf(thrown: unknown): string {
  try {
    return String(thrown)
  } catch {
    return 'Something was thrown that is no error.'
  }
}

/**
 * What was thrown says, as a text: the message of an error may be something else, or be left to the
 * errors that it is made of.
 */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return textOf(error)
  const {message, errors} = fieldsOf(error)
  if (typeof message === 'string' && message !== '') return message
  const parts = Array.isArray(errors) ? errors : []
  const said = parts.map((part: unknown) => textOf(part instanceof Error ? part.message : part))
  return said.join('\n') || textOf(message === '' ? error : message)
}

interface Fields {
  readonly message?: unknown
  readonly code?: unknown
  readonly remedy?: unknown
  readonly exitCode?: unknown
  readonly errors?: unknown
}

function fieldsOf(error: object): Fields {
  return error
}

/** What a plugin advises, by oclif's `this.error(message, {suggestions})`. */
function suggestionsOf(error: Error): string[] {
  const {suggestions} = error as {suggestions?: unknown}
  if (!Array.isArray(suggestions)) return []
  return suggestions.filter((text: unknown) => typeof text === 'string')
}

/** oclif's way to carry an exit code. */
function exitOf(error: Error): number | undefined {
  const oclif: unknown = 'oclif' in error ? error.oclif : undefined
  const exit =
    typeof oclif === 'object' && oclif !== null && 'exit' in oclif ? oclif.exit : undefined
  return typeof exit === 'number' && exit !== 0 ? failure(exit) : undefined
}

/** Processes end with 1 to 255 when they fail: 256 would read as 0, and Node refuses a half. */
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
