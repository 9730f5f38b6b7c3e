import {expect} from 'chai'
import {statSync} from 'node:fs'

/** Whether the CLI under test runs on Windows, or on Windows' Node under Wine. */
export const isOnWindows = process.platform === 'win32' || process.env.SYSTEM_UNDER_TEST === 'win32'

/** A test of what only POSIX has: modes, links, owners, signals, a pseudoterminal. */
export function itOnPosix(title: string, test: Mocha.AsyncFunc | Mocha.Func): Mocha.Test {
  return (isOnWindows ? it.skip : it)(title, test as Mocha.Func)
}

let running: Mocha.Runnable | undefined

/** Remembers what can be ended as skipped. */
export function nowRunning(test: Mocha.Runnable | undefined): void {
  running = test
}

/** Ends the running test as skipped where no pseudoterminal can be made. */
export function needTerminal(): void {
  if (isOnWindows) running?.skip()
}

/** Ends the running test as skipped under Wine, whose standard input is a file that is over at once. */
export function needPipes(): void {
  if (isOnWindows && process.platform !== 'win32') running?.skip()
}

/** That a file or a folder has a mode, where there are modes. */
export function expectMode(path: string, mode: number): void {
  const modeOf = (bits: number): string => (bits & 0o7777).toString(8)
  if (!isOnWindows) expect(modeOf(statSync(path).mode), path).to.equal(modeOf(mode))
}

/** That a file is for its owner alone, where files have modes. */
export function expectOwnerOnly(path: string): void {
  expectMode(path, 0o600)
}
