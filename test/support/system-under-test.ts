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

/** That a file is for its owner alone, where files have modes. */
export function expectOwnerOnly(path: string): void {
  if (!isOnWindows) expect(statSync(path).mode & 0o777).to.equal(0o600)
}
