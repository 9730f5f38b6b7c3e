import {MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from '../errors/local-files.js'
import {codeOf, whyOf} from '../errors/system-error.js'
import {haveModes} from '../platform/shell.js'

/**
 * The error to show when a file cannot be read.
 *
 * @returns {LocalFileError} exit 1; anything that is not a system error is returned unchanged
 */
export function readTrouble(path: string, error: unknown): unknown {
  if (codeOf(error) === undefined || error instanceof MogplexError) return error
  if (codeOf(error) === 'EBUSY') {
    const remedy = 'Close that program, or wait a moment; then run the command again.'
    return new LocalFileError(`${path} cannot be read: another program has it open.`, remedy)
  }
  return new LocalFileError(
    `${path} cannot be read: ${whyOf(error)}.`,
    haveModes()
      ? 'Check what that path is, its owner and its mode.'
      : `Check what that path is, and who may read it: \`icacls "${path}"\`.`,
  )
}
