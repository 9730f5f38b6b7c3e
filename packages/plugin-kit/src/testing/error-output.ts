import {ExitCode, MogplexError} from '../errors.js'
import {jsonLine} from '../json-line.js'

/** The CLI's exit code after an error. */
export function exitCodeOf(error: Error): number {
  if (error instanceof MogplexError) return error.exitCode
  const {oclif} = error as {oclif?: {exit?: number}}
  return oclif?.exit ?? ExitCode.Failed
}

/** What the CLI prints for an error on stdout with `--json`; nothing for oclif's `this.exit()`. */
export function errorLine(error: Error): string {
  const {code} = error as {code?: unknown}
  return code === 'EEXIT' ? '' : `${jsonLine({error: reportOf(error)})}\n`
}

function reportOf(error: Error): object {
  const exitCode = exitCodeOf(error)
  if (error instanceof MogplexError) {
    const {code, message, remedy, status, retryAfterSeconds, requestId, details} = error
    return {code, message, remedy, exitCode, status, retryAfterSeconds, requestId, details}
  }
  const isUsage = exitCode === ExitCode.Usage
  const remedy = isUsage ? 'Run it with --help.' : 'Try again; if the problem persists, report it.'
  return {code: isUsage ? 'USAGE' : 'UNEXPECTED', message: error.message, remedy, exitCode}
}
