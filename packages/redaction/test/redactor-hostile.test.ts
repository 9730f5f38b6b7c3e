import {expect} from 'chai'
import {createRedactor, knownSecrets, type Redactor} from '../src/index.js'
import {Random} from '../../../test/support/random.js'
import {randomValue} from '../../../test/support/random-secrets.js'

const LENGTH = 1 << 19
const MAX_MS = 1500
/** Of the time for four times the input: 4 when linear, 16 when quadratic. */
const MAX_GROWTH = 9
/** Shorter measurements say nothing about growth. */
const MIN_MS = 40
const MAX_ROUNDS = 5

const UNITS = [
  'z',
  '-----BEGIN',
  '-----BEGIN PRIVATE KEY-----\n',
  'sk-',
  '%25',
  '%2541',
  '\\',
  '\\"',
  '&amp;',
  '\u001b]',
  '\u001b[',
  '\u200b',
  '"token":"',
  '"token":\\"',
  '"token":\'',
  '{"token":[',
  '://',
  'token=',
  'https://a:b',
  '--token ',
  'Bearer ',
  'Basic aaaaaaaaaa ',
  'eyJ-',
  'eyJhbGciOi.',
  'authorization: Bearer ',
  'cookie: ',
  '["cookie",',
  '"cookie", ',
  "' + '",
  ' ',
  '\n',
  'known-v',
]

const ONE_BY_ONE = ['-----BEGIN', 'sk-', '%25', '"token":"', '\u200b', '\n', 'known-v', 'a\n']

function makeRedactor(): Redactor {
  const random = new Random(5)
  const known = knownSecrets()
  known.know('known-value-that-is-cut')
  known.know('z'.repeat(20_000)) // each position of such a text could start it
  for (let count = 0; count < 200; count += 1) known.know(randomValue(random))
  return createRedactor({known})
}

function repeated(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

/** Processor time, not wall time: other programs run too. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1000
}

function isLinear({all, growth}: {all: number; growth: number}): boolean {
  return all < MAX_MS && (all <= MIN_MS || growth < MAX_GROWTH)
}

function oneByOne(redactor: Redactor, text: string): void {
  const stream = redactor.stream('all')
  for (const character of text) stream.write(character)
  stream.flush()
}

describe('a redactor, with hostile text', function () {
  this.timeout(120_000)

  const redactor = makeRedactor()
  redactor.redact('warm')

  for (const [way, run] of [
    ['whole', (text: string) => redactor.redact(text)],
    ['one character at a time', (text: string) => oneByOne(redactor, text)],
  ] as const) {
    for (const unit of way === 'whole' ? UNITS : ONE_BY_ONE) {
      it(`takes time in proportion to its length: ${JSON.stringify(unit)}, ${way}`, () => {
        run(repeated(unit, LENGTH / 16))
        // Other programs make a round slower, never faster: the best one counts.
        const rounds: {all: number; growth: number}[] = []
        do {
          const quarter = cpuMs(() => run(repeated(unit, LENGTH / 4)))
          const all = cpuMs(() => run(repeated(unit, LENGTH)))
          rounds.push({all, growth: all / Math.max(quarter, MIN_MS / 4)})
        } while (rounds.length < MAX_ROUNDS && !rounds.some(isLinear))
        expect(rounds.some(isLinear), JSON.stringify(rounds)).to.equal(true)
      })
    }
  }
})
