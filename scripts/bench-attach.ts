// `npm run bench:attach [ROUNDS]`: the cost of following a run. Requests in an hour of virtual time
// in which nothing happens; the CPU time of replaying 200 large events with --json, as a ratio to a
// bare Node that fetches and parses the same; the heap after many polls of a run. CPU time, not
// wall time: other programs run on this machine.
import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {heapWhileFollowing, requestsOfQuietHour} from '../test/support/followed-run.js'
import {ownFolders} from '../test/support/home-variables.js'
import {createdAt, run, RUN_ID} from './bench-server.js'

const ROUNDS = Number(process.argv[2] ?? 15)
const CLI = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const PROBE = fileURLToPath(new URL('cpu-probe.cjs', import.meta.url))
const BARE = `const {get} = require('node:http')
get(process.argv[1], (answer) => {
  const chunks = []
  answer.on('data', (chunk) => chunks.push(chunk))
  answer.on('end', () => {
    const {events} = JSON.parse(Buffer.concat(chunks).toString()).data
    process.stdout.write(events.map((event) => JSON.stringify(event) + '\\n').join(''))
  })
})`
/** The hosted service's limit for an event (contract 7), and an event that is not truncated. */
const SIZES = [20_000, 200_000]

console.log(`requests in a quiet hour      ${await requestsOfQuietHour()}  (at most 200)`)
for (const characters of SIZES) await printReplay(characters)
const {before, after} = await heapWhileFollowing(2000, 200, () => globalThis.gc?.())
console.log(`heap while following, 2000 looks at 200 events: ${before} MB, then ${after} MB`)

async function printReplay(characters: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'mogplex-bench-'))
  const body = bodyOfLargeEvents(characters)
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(body)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const rounds: {readonly bare: number; readonly cli: number}[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const bare = await cpuMs(['-e', BARE, `${url}/events`], home, url)
      rounds.push({bare, cli: await cpuMs([CLI, 'attach', RUN_ID, '--json'], home, url)})
    }
    const [bare, cli, ratio] = [
      median(rounds.map((round) => round.bare)),
      median(rounds.map((round) => round.cli)),
      median(rounds.map((round) => round.cli / round.bare)),
    ]
    console.log(
      `replay of 200 events of ${characters / 1000} kB  ${cli.toFixed(0)} ms, bare Node ${bare.toFixed(0)} ms: ${ratio.toFixed(2)}`,
    )
  } finally {
    server.close()
    rmSync(home, {recursive: true, force: true})
  }
}

function bodyOfLargeEvents(characters: number): string {
  const text = 'A line of what a tool printed, "quoted", with a tab\\t and more.\n'
  const message = text.repeat(Math.ceil(characters / text.length)).slice(0, characters)
  const events = Array.from({length: 200}, (_, index) => ({
    id: `e${index + 1}`,
    type: index === 199 ? 'finished' : 'log',
    toolName: null,
    message,
    payload: {exitCode: 0},
    createdAt,
  }))
  return JSON.stringify({ok: true, data: {run, events}})
}

/** A minimal environment: NODE_EXTRA_CA_CERTS alone would add to every figure. */
async function cpuMs(args: readonly string[], home: string, url: string): Promise<number> {
  const child = spawn(process.execPath, ['--require', PROBE, ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    env: {
      ...ownFolders(home),
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      MOGPLEX_API_KEY: 'mog_onlyforthebenchonlyforthebench12',
      MOGPLEX_URL: url,
      MOGPLEX_DEV: '1',
    },
  })
  let told = ''
  child.stdout?.resume()
  child.stdio[3]?.on('data', (chunk: Buffer) => (told += chunk.toString()))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}.`)
  return Number(told.split(' ')[0]) / 1000
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
