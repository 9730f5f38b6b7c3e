import {MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from '../errors/local-files.js'
import {codeOf, whyOf} from '../errors/system-error.js'
import {haveModes} from '../platform/shell.js'

const ACCESS = 'Run `mogplex doctor`: it tells whose the file and its folder are, and their modes.'
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

/** Windows reports the same code for a file in use and for a denied one. */
const MAY_BE_HELD = new Set(['EACCES', 'EBUSY', 'EPERM'])
const HELD_OR_REFUSED =
  'Close the programs that may have it open, and check who may change it, with `icacls`.'

/**
 * The error to show when a file cannot be written.
 *
 * @returns {LocalFileError} exit 1; anything that is not a system error is returned unchanged
 */
export function writeTrouble(path: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined || error instanceof MogplexError) return error
  if (!haveModes() && MAY_BE_HELD.has(code)) {
    const why = code === 'EBUSY' ? 'another program has it open' : 'access is denied, or it is open'
    return new LocalFileError(`${path} cannot be written: ${why}.`, HELD_OR_REFUSED)
  }
  const remedy = REMEDIES[code] ?? 'Check the disk and the folder.'
  return new LocalFileError(`${path} cannot be written: ${whyOf(error)}.`, remedy)
}
