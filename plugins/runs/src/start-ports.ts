import {randomUUID} from 'node:crypto'
import {hostname} from 'node:os'
import type {StartPorts} from './services/start-run.js'

/** The local services that starting needs. */
export function startPorts(): Pick<StartPorts, 'host' | 'isAlive' | 'makeKey' | 'now' | 'pid'> {
  return {
    host: hostname(),
    pid: process.pid,
    now: () => new Date(),
    makeKey: randomUUID,
    isAlive(pid) {
      try {
        process.kill(pid, 0)
        return true
      } catch (error) {
        return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
      }
    },
  }
}
