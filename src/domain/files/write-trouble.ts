import {MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from '../errors/local-files.js'
import {codeOf, whyOf} from '../errors/system-error.js'

const ACCESS = 'Check who owns the file and its folder, and their modes.'
const SPACE = 'Free some space, then run the command again.'

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: ACCESS,
  EPERM: ACCESS,
  EBUSY: 'If it is mounted, mount the folder around it, not the file.',
  EDQUOT: SPACE,
  EISDIR: 'Move the folder away.',
  ELOOP: 'Remove the link, or correct it.',
  ENOENT: 'Run the command again.',
  ENOSPC: SPACE,
  ENOTDIR: 'Move that file away.',
  EROFS: 'Make it writable, or set MOGPLEX_HOME to a folder that is.',
}

/**
 * What the user should hear when a file cannot be written.
 *
 * @returns {LocalFileError} exit 1; whatever is no error of the system comes back as it is
 */
export function writeTrouble(path: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || error instanceof MogplexError) return error
  const remedy = REMEDIES[code] ?? 'Check the disk and the folder.'
  return new LocalFileError(`${path} cannot be written: ${whyOf(error)}.`, remedy)
}
