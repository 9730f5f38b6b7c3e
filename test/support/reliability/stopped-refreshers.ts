import {readFileSync} from 'node:fs'
import {addressOn} from '../sign-in-stage.js'
import type {CliResult, RunningCli} from '../run-cli.js'
import {waitUntil} from '../wait-until.js'
import {isRefresh, type Lab} from './lab.js'
import {type Tally, tally} from './tally.js'

/** A refresh that the server has processed, and whose answer is held back. */
interface HeldRefresh {
  /** The server received it; the tokens of the answer. */
  readonly arrived: Promise<{readonly accessToken: string; readonly refreshToken: string}>
  /** Sends the answer. */
  readonly release: () => void
}

/** Holds back the answer to the next refresh. */
export function holdRefresh({server}: Lab): HeldRefresh {
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  const arrived = new Promise<{accessToken: string; refreshToken: string}>((resolve) => {
    const remove = server.intercept(async (request, serve) => {
      if (!(await isRefresh(request))) return undefined
      remove()
      const served = await serve()
      const tokens = (await served.clone().json()) as Record<string, string>
      const {access_token: accessToken = '', refresh_token: refreshToken = ''} = tokens
      resolve({accessToken, refreshToken})
      await released
      return served
    })
  })
  return {arrived, release}
}

/** Suspends a process (SIGSTOP). */
export async function stop({pid}: RunningCli): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  await untilStopped(pid)
}

export function wake({pid}: RunningCli): void {
  process.kill(pid, 'SIGCONT')
}

/** Waits until a process is stopped. */
export async function untilStopped(pid: number): Promise<void> {
  await waitUntil({
    look: () => (/\) [Tt] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1')) ? true : undefined),
    timeoutMs: 30_000,
    over: () => false,
    describe: () => `stop of process ${pid}`,
  })
}

interface Beaten {
  readonly meanwhile: CliResult
  readonly meanwhileMs: number
  readonly refresher: CliResult
  readonly tokens: {readonly accessToken: string; readonly refreshToken: string}
}

/** Stops a refresher while it waits for the server, signs out or in, and continues it. */
export async function beat(lab: Lab, by: 'login' | 'logout'): Promise<Beaten> {
  lab.expire()
  const held = holdRefresh(lab)
  const refresher = lab.start(['whoami', '--verify'])
  const tokens = await held.arrived
  await stop(refresher)
  const begun = performance.now()
  const other = lab.start(by === 'login' ? ['login', '--no-browser'] : ['logout'])
  if (by === 'login') await lab.server.browser().visit(await addressOn(other))
  const meanwhile = await other.exit
  const meanwhileMs = performance.now() - begun
  held.release()
  wake(refresher)
  return {meanwhile, meanwhileMs, refresher: await refresher.exit, tokens}
}

/**
 * Repeats these cases in turn. One is lost when it stored anything, or when the other one waited.
 */
export async function stoppedRefreshers(lab: Lab, size: {rounds: number}): Promise<Tally> {
  const result = tally('refreshers stopped in the call, and beaten by a logout or a login')
  for (let round = 0; round < size.rounds; round += 1) {
    const by = round % 2 === 0 ? 'logout' : 'login'
    const {meanwhile, meanwhileMs, refresher, tokens} = await beat(lab, by)
    const text = lab.text()
    const isObeyed =
      meanwhile.code === 0 && !text.includes(tokens.accessToken) && meanwhileMs < 10_000
    const isRight =
      by === 'logout'
        ? refresher.code === 64 && !text.includes('accessToken')
        : refresher.code === 0 && (await lab.server.knows(lab.stored().accessToken))
    result.count(isObeyed && isRight, `${by}: ${refresher.stderr} ${meanwhileMs} ms, ${text}`)
    if (by === 'logout') await lab.signIn()
  }
  return result
}
