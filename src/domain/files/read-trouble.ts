import {MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from '../errors/local-files.js'
import {codeOf, whyOf} from '../errors/system-error.js'

/**
 * What the user should hear when a file cannot be read.
 *
 * @returns {LocalFileError} exit 1; whatever is no error of the system comes back as it is
 */
export function readTrouble(path: string, error: unknown): unknown {
  if (codeOf(error) === undefined || error instanceof MogplexError) return error
  return new LocalFileError(
    `${path} cannot be read: ${whyOf(error)}.`,
    'Check what is there, its owner and its mode.',
  )
}
