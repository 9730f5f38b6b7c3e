import nock from 'nock'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, sep} from 'node:path'
import {redactBeforePrinting} from '../../src/domain/text/printable.js'
import {cleanEnvironment} from './clean-environment.js'
import {beginTest, endRun, endTest} from './cleanup.js'
import {whyPosixOnly} from './posix-only.js'
import {isOnWindows, nowRunning} from './system-under-test.js'

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/
const UNIT = `${sep}test${sep}unit${sep}`

// Not in a hook: the files under test may read the environment when they are imported.
const home = mkdtempSync(join(tmpdir(), 'mogplex-run-'))
cleanEnvironment(process.env, home)
process.once('exit', () => rmSync(home, {recursive: true, force: true}))
closeNetwork()

export const mochaHooks = {
  beforeEach(this: Mocha.Context) {
    beginTest()
    nowRunning(this.currentTest)
    if (isOnWindows) skipOnWindows(this)
    if (this.currentTest?.file?.includes(UNIT)) {
      nock.disableNetConnect()
      // Secrets of other tests are not secrets of this one.
      redactBeforePrinting((text) => text)
    }
  },

  async afterEach() {
    await endTest()
    nock.cleanAll()
    closeNetwork()
    cleanEnvironment(process.env, home)
  },

  async afterAll() {
    await endRun() // of a file, where files run in parallel
  },
}

/** The reason is printed after the title. */
function skipOnWindows(context: Mocha.Context): void {
  const {currentTest: test} = context
  const why = whyPosixOnly(test?.fullTitle() ?? '')
  if (test === undefined || why === undefined) return
  test.title += ` (skipped: ${why})`
  context.skip()
}

/** Loopback stays allowed between tests, because suites start their servers in `before`. */
function closeNetwork(): void {
  nock.disableNetConnect()
  nock.enableNetConnect(LOOPBACK)
}
