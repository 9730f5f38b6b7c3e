// The one place that knows how Windows guards files that are open: nobody renames over, removes or
// opens what another program holds in its own way, be it a virus scanner or another one of us. Such
// moments pass, so it is tried again for a second.
import {chmodSync, statSync} from 'node:fs'
import {codeOf} from '../domain/errors/system-error.js'

const HELD = new Set(['EACCES', 'EBUSY', 'EPERM'])
const PATIENCE_MS = 1000
const LONGEST_PAUSE_MS = 20
const sleeper = new Int32Array(new SharedArrayBuffer(4))

/**
 * Does a step with a file, on Windows again and again while another program may hold the file.
 * Synchronous, as all writing is: no signal comes in between.
 *
 * @throws what the step threw last
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

/** Whether another program may have the file open: Windows has one answer for that and for a refusal. */
export function isHeld(error: unknown): boolean {
  return process.platform === 'win32' && HELD.has(codeOf(error) ?? '')
}

/**
 * Takes the attribute "read-only" from a file: on Windows nothing replaces one that has it.
 *
 * @throws EISDIR for a folder, of which Windows says what it says of a file that is held
 */
export function makeReplaceable(path: string): void {
  if (process.platform !== 'win32') return
  const stats = statSync(path, {throwIfNoEntry: false})
  if (stats?.isDirectory() === true)
    throw Object.assign(new Error('It is a folder.'), {code: 'EISDIR'})
  if (stats !== undefined && (stats.mode & 0o200) === 0) chmodSync(path, 0o600)
}
