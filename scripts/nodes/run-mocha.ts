import {spawnSync} from 'node:child_process'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MOCHA = join('node_modules', 'mocha', 'bin', 'mocha.js')
const COUNTS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Options {
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
}

/** Runs tests in separate processes; prints the failures, if there are any. */
export function runMocha(tests: readonly string[], {env = {}, args = []}: Options = {}): Counts {
  const {stdout, stderr} = spawnSync(process.execPath, [MOCHA, ...args, ...tests], {
    cwd: ROOT,
    env: {...process.env, ...env},
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return countsIn(stdout, stderr)
}

/** The counts at the end of a run; a run without them, or with a skipped file, has failed. */
export function countsIn(stdout: string, stderr: string): Counts {
  const isWhole = !stderr.includes('Cannot find any files matching')
  const [, passed, failed, skipped] = (isWhole ? COUNTS.exec(stdout) : null) ?? []
  if (failed !== '0') console.log(stdout.slice(stdout.search(/^.*\d+ failing/m)) + stderr)
  if (passed === undefined) return {passed: 0, failed: 1, skipped: 0}
  return {passed: Number(passed), failed: Number(failed), skipped: Number(skipped)}
}

export function countsText({passed, failed, skipped}: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The last line of a run, and its exit code. */
export function tellSum(all: readonly Counts[]): void {
  const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0)
  const failed = sum('failed')
  console.log(countsText({passed: sum('passed'), failed, skipped: sum('skipped')}))
  if (failed > 0) process.exitCode = 1
}
