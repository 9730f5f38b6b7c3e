import {expect} from 'chai'
import {statSync} from 'node:fs'

/** Whether the CLI under test runs on Windows, or on Node for Windows under Wine. */
export const isOnWindows = process.platform === 'win32' || process.env.SYSTEM_UNDER_TEST === 'win32'

/** A test of POSIX features: modes, links, owners, signals, a pseudoterminal. */
export function itOnPosix(title: string, test: Mocha.AsyncFunc | Mocha.Func): Mocha.Test {
  return (isOnWindows ? it.skip : it)(title, test as Mocha.Func)
}

let running: Mocha.Runnable | undefined

/** Sets the running test, so that it can be skipped. */
export function nowRunning(test: Mocha.Runnable | undefined): void {
  running = test
}

/** Skips the running test where no pseudoterminal can be created. */
export function needTerminal(): void {
  if (isOnWindows) running?.skip()
}

/** Skips the running test under Wine, where standard input is a file that ends at once. */
export function needPipes(): void {
  if (isOnWindows && process.platform !== 'win32') running?.skip()
}

/** Checks the mode of a file or a folder, where there are modes. */
export function expectMode(path: string, mode: number): void {
  const modeOf = (bits: number): string => (bits & 0o7777).toString(8)
  if (!isOnWindows) expect(modeOf(statSync(path).mode), path).to.equal(modeOf(mode))
}

/** Checks that a file is for its owner only, where files have modes. */
export function expectOwnerOnly(path: string): void {
  expectMode(path, 0o600)
}
