import {chromium} from 'playwright-core'
import type {BrowserContext, Page} from 'playwright-core'
import {existsSync} from 'node:fs'
import {access, constants, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {onCleanup} from './cleanup.js'
import {chromiums} from './chromium.js'
import type {Chromium} from './chromium.js'
import {refuseForeignRequests} from './foreign-requests.js'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-proxy-server',
  // Routes see neither redirects nor the browser's own requests: those cannot resolve any host.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

const LATE_REPORTS_MS = 100

interface OpenBrowser {
  page: Page
  context: BrowserContext
  /**
   * Addresses on other machines that a page requested; none of them was reached. Complete after
   * `close()`: the browser reports a redirect a little later than it refuses it.
   */
  foreignRequests: string[]
  close: () => Promise<void>
}

/** Opens a new Chromium that can reach only this machine. */
export async function openBrowser(): Promise<OpenBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'mogplex-browser-'))
  onCleanup(() => removeForGood(folder))
  const context = await launch(folder)
  const close = async () => {
    if (context.pages().length > 0) await sleep(LATE_REPORTS_MS)
    await context.close()
  }
  onCleanup(() => context.close())
  const page = context.pages()[0] ?? (await context.newPage())
  const foreignRequests = await refuseForeignRequests(context)
  return {page, context, foreignRequests, close}
}

/** The browser's helper processes outlive it for a moment, and keep writing. */
async function removeForGood(folder: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await rm(folder, {recursive: true, force: true, maxRetries: 5})
    await sleep(50)
    if (!existsSync(folder)) return
  }
}

async function launch(folder: string): Promise<BrowserContext> {
  const reasons: string[] = []
  try {
    for await (const candidate of chromiums()) {
      try {
        return await launchOne(candidate, folder)
      } catch (error) {
        reasons.push(`${candidate.program}: ${String(error)}`)
      }
    }
  } catch (error) {
    reasons.push(String(error))
  }
  throw new Error(
    'No Chromium could be started. Install one (`apt-get install chromium`), ' +
      `or name one in CHROME_PATH.\n${reasons.join('\n')}`,
  )
}

async function launchOne({program, env}: Chromium, folder: string): Promise<BrowserContext> {
  await access(program, constants.X_OK) // Playwright leaves a folder behind when it fails
  return chromium.launchPersistentContext(folder, {
    executablePath: program,
    args: FLAGS,
    chromiumSandbox: false,
    // A minimal environment: no proxy, no certificate, and no token that a page could leak.
    env: {PATH: process.env.PATH ?? '', HOME: folder, LANG: 'C.UTF-8', ...env},
    serviceWorkers: 'block',
    timeout: 30_000,
  })
}
