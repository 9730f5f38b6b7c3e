import {fstatSync, readFileSync, type Stats} from 'node:fs'
import {dirname} from 'node:path'
import {readTrouble} from '../../domain/files/read-trouble.js'
import {withOwnFile} from '../own-file.js'
import {ignoresModes} from './exposure.js'
import {closeOpenHome} from './open-home.js'

/** The size limit of an auth file. */
export const MAX_BYTES = 1_048_576
const OTHERS = 0o077

/**
 * Reads the file, and removes the permissions of others from it, and from a home that was open.
 *
 * @param leavesModes - for callers that inspect them
 * @returns no bytes where there is no file; and notices for the user, one line each
 * @throws {LocalFileError} exit 1, naming the path, never the contents
 */
export function readAuthFile(
  path: string,
  leavesModes = false,
): {bytes: Uint8Array | undefined; notices: string[]} {
  try {
    const notices = leavesModes ? [] : closeOpenHome(dirname(path))
    const rules = {maxBytes: MAX_BYTES, mayBeLink: true} as const
    const reading = leavesModes ? ({...rules, leavesMode: true} as const) : rules
    const bytes = withOwnFile(path, reading, (file, stats) => {
      if (!leavesModes) notices.push(...modeNotices(path, file, stats))
      return readFileSync(file)
    })
    return {bytes, notices}
  } catch (error) {
    throw readTrouble(path, error)
  }
}

/**
 * The contents for the redactor: nothing is repaired, and the result is `undefined` where they
 * cannot be read.
 */
export function peekAt(path: string): Uint8Array | undefined {
  try {
    const rules = {maxBytes: MAX_BYTES, mayBeLink: true, leavesMode: true} as const
    return withOwnFile(path, rules, (file) => readFileSync(file))
  } catch {
    return undefined
  }
}

/** @returns the notice for the user: anyone who could read the file may have done so */
function modeNotices(path: string, file: number, {mode}: Stats): string[] {
  if (process.geteuid === undefined || (mode & OTHERS) === 0) return []
  if (ignoresModes(file)) return [] // reported when it was stored, and nothing can be done here
  const open = `${path} was open to other users (mode ${(mode & 0o777).toString(8)})`
  return (fstatSync(file).mode & OTHERS) === 0
    ? [`${open}. Now only you can read it.`]
    : [`${open}, and that could not be repaired. Run \`chmod 600\` on it.`]
}
