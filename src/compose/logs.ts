import {logPath, sessionIds} from '../adapters/session-log/log-folder.js'
import {edgesOf, filesOfHome, linesOf} from '../adapters/session-log/read-log.js'
import type {LoggedSession} from '../domain/log/logged-session.js'
import {listLogs, showLog, type ShownLog} from '../services/read-logs.js'
import {type Verification, verifyLogs} from '../services/verify-logs.js'
import {loadRedactor} from '../recording/redaction.js'

/** The logs of this home. */
export interface Logs {
  /** See {@link listLogs}. */
  readonly list: () => LoggedSession[]
  /** See {@link showLog}. */
  readonly show: (id?: string) => ShownLog
  /** See {@link verifyLogs}: with all secrets known now. */
  readonly verify: (onProgress?: (characters: number) => void) => Verification
}

export async function composeLogs(home: string): Promise<Logs> {
  const redactor = await loadRedactor()
  const ports = {
    ids: () => sessionIds(home),
    pathOf: (id: string) => logPath(home, id),
    edgesOf,
    linesOf,
    redact: (text: string) => redactor.redact(text),
  }
  return {
    list: () => listLogs(ports),
    show: (id) => showLog(ports, id),
    verify: (onProgress) =>
      verifyLogs({
        files: () => filesOfHome(home),
        linesOf,
        find: (text) => redactor.find(text),
        ...(onProgress !== undefined && {onProgress}),
      }),
  }
}
