import {getSystemErrorMap} from 'node:util'
import {LocalFileError} from '../domain/errors.js'

/** The `code` of a system error, such as `ENOENT`. */
export function codeOf(thrown: unknown): string | undefined {
  return isSystemError(thrown) ? thrown.code : undefined
}

/** The system's reason, to follow a colon: its words, or the code where it has none. */
export function whyOf(thrown: unknown): string {
  if (!isSystemError(thrown)) return 'for an unknown reason'
  const [, words] = getSystemErrorMap().get(thrown.errno ?? 0) ?? []
  return words ?? thrown.code
}

/** @returns anything that is not a system error unchanged */
export function writeTrouble(path: string, error: unknown): unknown {
  if (!isSystemError(error)) return error
  return new LocalFileError(
    `${path} cannot be written: ${whyOf(error)}.`,
    'Check the folder, who owns it, and the space on the disk.',
  )
}

function isSystemError(thrown: unknown): thrown is {code: string; errno?: number} {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown
}
