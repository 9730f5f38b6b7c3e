import {LocalFileError} from '../errors/local-files.js'

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  ELOOP: 'its symbolic links lead in a circle',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EPERM: 'access is denied',
}

/**
 * What the user should hear when a file cannot be read.
 *
 * @returns {LocalFileError} exit 1; whatever is no error of the system comes back as it is
 */
export function readTrouble(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string' || error instanceof LocalFileError) return error
  return new LocalFileError(
    `${path} cannot be read: ${WHY[code] ?? code}.`,
    'Check what is there, its owner and its mode.',
  )
}
