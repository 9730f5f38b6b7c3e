import {mkdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {bundledWorker} from '../bundled-worker.js'
import {startCli} from '../run-cli.js'
import {waitUntil} from '../wait-until.js'
import {startRotatingServer} from './rotating-server.js'
import {type Tally, tally} from './tally.js'

/**
 * Makes processes refresh one login as fast as they can. A refresh is lost when it arrived before
 * another one was answered, or with a spent refresh token.
 */
export async function racingWorkers(
  home: string,
  size: {processes: number; refreshes: number},
): Promise<Tally> {
  const result = tally(`refreshes by ${size.processes} processes, one after the other`)
  const folder = join(home, 'racing')
  mkdirSync(folder, {mode: 0o700})
  const path = join(folder, 'auth.json')
  const server = await startRotatingServer()
  const command = await bundledWorker('login-worker')
  const start = () => startCli([path, server.url], {home, command, timeoutMs: 600_000})
  const workers = [start()] // the one that signs in
  const until = async (refreshes: number): Promise<unknown> =>
    waitUntil({
      look: () => (server.refreshes() >= refreshes ? true : undefined),
      timeoutMs: 600_000,
      over: () => false,
      describe: () => `${refreshes} refreshes`,
    })
  try {
    await until(1)
    while (workers.length < size.processes) workers.push(start())
    await until(size.refreshes)
    const [tried, wrong] = [server.refreshes(), server.overlaps() + server.reuses()]
    Object.assign(result, {tried, survived: tried - wrong, lost: wrong})
    for (const {stdout, stderr} of workers) {
      if (/^(ready\n)?$/.test(stdout) && stderr === '') continue
      result.count(false, stdout + stderr)
    }
  } finally {
    for (const worker of workers) worker.kill('SIGKILL')
    await Promise.all(workers.map(async ({exit}) => exit))
    await server.close()
  }
  const isWhole = readFileSync(path, 'utf8').includes('refresh-')
  result.count(isWhole, 'auth.json is not whole')
  return result
}
