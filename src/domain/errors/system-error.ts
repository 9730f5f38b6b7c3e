import {fieldOf} from '../text/thrown.js'

const DENIED = 'access is denied'
const CUT = 'the connection was cut'
const OPEN_FILES = 'too many files are open'

/** Error codes of the operating system in words that follow a colon. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: DENIED,
  EADDRINUSE: 'it is already in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EAI_AGAIN: 'its name cannot be looked up at the moment (DNS)',
  EBUSY: 'it is in use, or mounted as a single file, which cannot be replaced',
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: CUT,
  EDQUOT: 'the disk quota is used up',
  EHOSTUNREACH: 'there is no route to it',
  EISDIR: 'a folder is in its place',
  ERR_FS_EISDIR: 'a folder is in its place',
  ELOOP: 'its symbolic links form a loop',
  EMFILE: OPEN_FILES,
  ENAMETOOLONG: 'its name is too long',
  ENETUNREACH: 'the network is unreachable',
  ENFILE: OPEN_FILES,
  ENOENT: 'it no longer exists, or its folder does not',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOTFOUND: 'its name does not exist (DNS)',
  EPERM: DENIED,
  EPIPE: CUT,
  EROFS: 'the file system is read-only',
  ETIMEDOUT: 'it did not answer in time',
}

/** The `code` of a thrown value, if it has one: never a text that could quote something. */
export function codeOf(thrown: unknown): string | undefined {
  const code = fieldOf(thrown, 'code')
  return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined
}

/** A code in words; `undefined` for one that has none here. */
export function wordsFor(code: string | undefined): string | undefined {
  return code !== undefined && Object.hasOwn(WORDS, code) ? WORDS[code] : undefined
}

/** The reason to follow a colon: words, or the code where there are none. */
export function whyOf(thrown: unknown): string {
  const code = codeOf(thrown)
  return wordsFor(code) ?? code ?? 'for an unknown reason'
}
