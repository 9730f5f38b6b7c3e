import {MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from '../errors/local-files.js'

const ACCESS = {
  why: 'access is denied',
  remedy: 'Check who owns the file and its folder, and their modes.',
}
const SPACE = 'Free some space, then run the command again.'

const TROUBLE: Readonly<Record<string, {why: string; remedy: string}>> = {
  EACCES: ACCESS,
  EPERM: ACCESS,
  EBUSY: {
    why: 'it is mounted as a single file, which cannot be replaced',
    remedy: 'Mount the folder around it, not the file.',
  },
  EDQUOT: {why: 'the disk quota is used up', remedy: SPACE},
  EISDIR: {why: 'a folder is in its place', remedy: 'Move the folder away.'},
  ELOOP: {why: 'its symbolic links lead in a circle', remedy: 'Remove the link, or correct it.'},
  ENOENT: {why: 'its folder has gone', remedy: 'Run the command again.'},
  ENOSPC: {why: 'the disk is full', remedy: SPACE},
  ENOTDIR: {why: 'a part of the path is a file', remedy: 'Move that file away.'},
  EROFS: {
    why: 'the file system is read-only',
    remedy: 'Make it writable, or set MOGPLEX_HOME to a folder that is.',
  },
}

/**
 * What the user should hear when a file cannot be written.
 *
 * @returns {LocalFileError} exit 1; whatever is no error of the system comes back as it is
 */
export function writeTrouble(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string' || error instanceof MogplexError) return error
  const {why, remedy} = TROUBLE[code] ?? {why: code, remedy: 'Check the disk and the folder.'}
  return new LocalFileError(`${path} cannot be written: ${why}.`, remedy)
}
