import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {AuthFile} from '../../../src/adapters/auth-file.js'
import {RefreshJournal} from '../../../src/adapters/refresh-journal.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import {bundledWorker} from '../bundled-worker.js'
import {cliEnvironment} from '../cli-environment.js'
import {OTHERS} from './lab.js'
import {startRotatingServer} from './rotating-server.js'
import {type Tally, tally} from './tally.js'

// A few turns: waiting for the others, contacting the server, writing.
const MAX_MS = 150
const KEY = '"openai": {"type": "api-key", "key": "sk-somebodys-own-key", "x": 1.0}'

/**
 * Kills processes that sign in, out and refresh in one home, several at once, each after a random
 * time. A kill is lost when `auth.json` is not whole after it, when foreign members there are lost,
 * or when a refresh is refused and the user is not told that one was cut off before.
 */
export async function killedWorkers(
  home: string,
  size: {kills: number; atOnce?: number},
): Promise<Tally> {
  const result = tally('processes killed while they sign in, out or refresh')
  const folder = join(home, 'killed')
  mkdirSync(folder, {mode: 0o700})
  const path = join(folder, 'auth.json')
  writeFileSync(path, `{${OTHERS}, ${KEY}}`, {mode: 0o600})
  const server = await startRotatingServer()
  const worker = await bundledWorker('login-worker')
  let left = size.kills
  const killOneByOne = async (): Promise<void> => {
    while (left-- > 0) {
      const said = await runAndKill([...worker, path, server.url, 'all'], home)
      const broken = brokenPart(readFileSync(path, 'utf8'))
      const refused = said.split('\n').filter((line) => line.includes('ended the login'))
      const bare = refused.filter((line) => !line.includes('was cut off before'))
      result.note('refusals, told as cut off', refused.length - bare.length)
      const odd = said.split('\n').filter((line) => line !== '' && !/^ready|ended the/.test(line))
      result.count(broken === undefined && bare.length + odd.length === 0, `${broken} ${said}`)
    }
  }
  try {
    await Promise.all(Array.from({length: size.atOnce ?? 2}, killOneByOne))
  } finally {
    await server.close()
  }
  for (let reuse = 0; reuse < server.reuses(); reuse += 1)
    result.note('sessions that the cut ended')
  await new AuthFile({path, codexHome: false, loadWriter}).sweep()
  await new RefreshJournal({
    path,
    loadWriter,
    redact: async (text) => Promise.resolve(text),
  }).sweep()
  const stays = readdirSync(folder).filter((name) => !/^auth\.json(\.refresh)?$/.test(name))
  if (stays.length > 0) result.count(false, `left permanently: ${stays.join(' ')}`)
  return result
}

async function runAndKill([program, ...args]: readonly string[], home: string): Promise<string> {
  const child = spawn(program ?? '', args, {
    env: cliEnvironment(home),
    stdio: ['ignore', 'pipe', 'pipe'] as const,
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  await wait(Math.random() * MAX_MS)
  child.kill('SIGKILL')
  await closed
  return said
}

/** What is wrong with the file, if anything. */
function brokenPart(text: string): string | undefined {
  for (const part of [OTHERS, KEY]) if (!text.includes(part)) return `without ${part}: ${text}`
  try {
    const {mogplex} = JSON.parse(text) as {mogplex?: Record<string, unknown>}
    if (mogplex === undefined) return undefined
    const isWhole = ['accessToken', 'refreshToken', 'grantId', 'issuer'].every(
      (name) => typeof mogplex[name] === 'string' && mogplex[name] !== '',
    )
    const {why} = (mogplex.rejected ?? {}) as {why?: string}
    if (why !== undefined && !why.includes('was cut off before')) return `ended, and why: ${why}`
    return isWhole ? undefined : `not whole: ${text}`
  } catch {
    return `no JSON: ${text}`
  }
}
