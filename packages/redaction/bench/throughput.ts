// `npm run bench:redaction`: how fast secrets are redacted from records of 400 bytes, in one run:
// by the redactor, by the naive loop of `replaceAll` over known values, by the redaction paths of
// pino and by the scanner secretlint. Figures are MB per second of processor time, since other
// programs run too. A tenth of the records contains a known secret.
import {lintSource} from '@secretlint/core'
import {creator} from '@secretlint/secretlint-rule-preset-recommend'
import {pino} from 'pino'
import {createRedactor, knownSecrets} from '../src/index.js'
import {Random} from '../../../test/support/random.js'
import {LETTERS} from '../../../test/support/random-secrets.js'

const RECORDS = 2000
const BYTES = 400
const ROUNDS = 8
const ROUND_MS = 150
const COUNTS = [1, 100, 200, 1000]
const SHARE_WITH_SECRET = 10

interface Contestant {
  readonly name: string
  readonly prepare: (secrets: readonly string[]) => (record: string) => unknown
}

const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'redactor',
    prepare(secrets) {
      const known = knownSecrets()
      for (const secret of secrets) known.know(secret)
      const redactor = createRedactor({known})
      return (record) => redactor.redact(record)
    },
  },
  {
    name: 'replaceAll in a loop (plain values only)',
    prepare: (secrets) => (record) =>
      secrets.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), record),
  },
  {
    name: 'pino, as many redaction paths (names only)',
    prepare(secrets) {
      const paths = secrets.map((_secret, index) => `field${index}`)
      const logger = pino({redact: paths}, {write: () => undefined})
      return (record) => logger.info(JSON.parse(record))
    },
  },
  {
    name: 'secretlint, recommended rules (shapes only)',
    prepare: () => async (record) =>
      lintSource({
        source: {filePath: 'session.jsonl', content: record, ext: '.jsonl', contentType: 'text'},
        options: {
          noPhysicFilePath: true,
          config: {rules: [{id: 'recommended', rule: creator, rules: [], options: {}}]},
        },
      }),
  },
]

// secretlint keeps a record of each call forever, and searches all of them each time.
Object.assign(performance, {mark: () => undefined})

const random = new Random(1)
console.log(`${RECORDS} records of ${BYTES} bytes; MB/s of processor time, by known secrets\n`)
console.log(row('', COUNTS.map(String)))
for (const {name, prepare} of CONTESTANTS) {
  const figures: string[] = []
  for (const count of COUNTS) {
    const secrets = Array.from({length: count}, () => random.text(LETTERS, 32))
    const records = makeRecords(secrets)
    figures.push((await megabytesPerSecond(prepare(secrets), records)).toFixed(1))
  }
  console.log(row(name, figures))
}

/** The best of several rounds: other programs can only make one slower. */
async function megabytesPerSecond(
  run: (record: string) => unknown,
  records: readonly string[],
): Promise<number> {
  let best = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = process.cpuUsage()
    const until = Date.now() + ROUND_MS
    let bytes = 0
    for (let index = 0; index % 20 !== 0 || Date.now() < until; index += 1) {
      const record = records[index % records.length] ?? ''
      const result = run(record)
      if (result instanceof Promise) await result
      bytes += record.length
    }
    const {user, system} = process.cpuUsage(started)
    best = Math.max(best, bytes / (user + system))
  }
  return best
}

function makeRecords(secrets: readonly string[]): string[] {
  return Array.from({length: RECORDS}, (_, index) => {
    const message = index % SHARE_WITH_SECRET === 0 ? random.pick(secrets) : 'the answer is there'
    const record = {
      time: new Date(Date.UTC(2026, 10, 23) + index).toISOString(),
      level: 'info',
      event: 'http.response',
      session: '2026-11-23T17-00-00-000Z-4f3a9c',
      request: index,
      url: `https://mogplex.com/api/v1/mogplex/repos?limit=1&page=${index}`,
      status: 200,
      commit: random.text('0123456789abcdef', 40),
      message,
      rest: '',
    }
    const missing = BYTES - JSON.stringify(record).length
    return JSON.stringify({...record, rest: 'ordinary words '.repeat(20).slice(0, missing)})
  })
}

function row(name: string, figures: readonly string[]): string {
  return name.padEnd(46) + figures.map((figure) => figure.padStart(9)).join('')
}
