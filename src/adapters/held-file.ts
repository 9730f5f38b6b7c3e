// The only module for Windows' sharing violations: a file that another program holds open, such as
// a virus scanner or another of our processes, cannot be renamed over, removed or opened. Such
// states are short, so the step is repeated for a second.
import {chmodSync, statSync} from 'node:fs'
import {codeOf} from '../domain/errors/system-error.js'

const HELD = new Set(['EACCES', 'EBUSY', 'EPERM'])
const PATIENCE_MS = 1000
const LONGEST_PAUSE_MS = 20
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Runs a step with a file; on Windows repeatedly while another program may hold the file.
 * Synchronous, like all writing: no signal handler runs in between.
 *
 * @throws the last error of the step
 */
export function whileHeld<T>(step: () => T): T {
  if (process.platform !== 'win32') return step()
  const begun = performance.now()
  for (let tries = 1; ; tries += 1) {
    try {
      return step()
    } catch (error) {
      if (!isHeld(error) || performance.now() - begun >= PATIENCE_MS) throw error
    }
    Atomics.wait(sleeper, 0, 0, 1 + Math.random() * Math.min(LONGEST_PAUSE_MS, 2 * tries))
  }
}

/**
 * Whether another program may have the file open: Windows has the same code for that and for a
 * refusal.
 */
export function isHeld(error: unknown): boolean {
  return process.platform === 'win32' && HELD.has(codeOf(error) ?? '')
}

/**
 * Removes the attribute "read-only" from a file: on Windows a file that has it cannot be replaced.
 *
 * @throws EISDIR for a folder, for which Windows reports the same code as for a held file
 */
export function makeReplaceable(path: string): void {
  if (process.platform !== 'win32') return
  const stats = statSync(path, {throwIfNoEntry: false})
  if (stats?.isDirectory() === true)
    throw Object.assign(new Error('It is a folder.'), {code: 'EISDIR'})
  if (stats !== undefined && (stats.mode & 0o200) === 0) chmodSync(path, 0o600)
}
