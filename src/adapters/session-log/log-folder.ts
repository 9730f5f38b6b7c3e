import {readdirSync, rmSync} from 'node:fs'
import {join} from 'node:path'
import {startOfSession} from '../../domain/log/session-log.js'
import {isOwnFolder} from '../own-file.js'
import {whileHeld} from '../held-file.js'

const ENDING = '.jsonl'
/** The folder in the home. */
export const LOGS = 'logs'

function logsFolder(home: string): string {
  return join(home, LOGS)
}

export function logPath(home: string, id: string): string {
  return join(logsFolder(home), `${id}${ENDING}`)
}

/**
 * The ids of the sessions that have a log, oldest first; none when the folder cannot be read, or is
 * a link: its target was not created for logs.
 */
export function sessionIds(home: string): string[] {
  try {
    if (!isOwnFolder(logsFolder(home))) return []
    return readdirSync(logsFolder(home))
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter((id) => startOfSession(id) !== undefined)
      .sort()
  } catch {
    return []
  }
}

/** Never throws: it is removed when possible. */
export function removeLog(home: string, id: string): void {
  try {
    whileHeld(() => rmSync(logPath(home, id), {force: true}))
  } catch {
    // The next run tries again.
  }
}
