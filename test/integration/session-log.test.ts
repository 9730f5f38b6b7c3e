import {expect} from 'chai'
import {closeSync, openSync, readSync} from 'node:fs'
import {PassThrough} from 'node:stream'
import {inspect} from 'node:util'
import {createRedactor, knownSecrets, type KnownSecrets} from '@mogplex/redaction'
import {guardStream} from '../../src/recording/guarded-stream.js'
import {ensureFolder} from '../../src/adapters/home.js'
import {SessionLog} from '../../src/adapters/session-log.js'
import {reportOf} from '../../src/domain/errors/error-report.js'
import {KEY_FORMATS} from '../../src/domain/credential/provider-table.js'
import {sessionIdOf} from '../../src/domain/log/session-log.js'
import {findLeaks} from '../support/leaks.js'
import {Random} from '../support/random.js'
import {namedRecord} from '../support/random-records.js'
import {anyValue, randomKey, randomValue} from '../support/random-secrets.js'
import {encodingsOf} from '../support/secret-encodings.js'
import {SESSION_PLACES, sessionFields} from '../support/session-records.js'
import {temporaryHome} from '../support/temporary-home.js'

const CASES = 10_000
/** The redactor is recreated from time to time: old values must not help forever. */
const KNOWN_TOGETHER = 500
const NOW = new Date('2026-11-23T17:00:00.123Z')

type Sink = Awaited<ReturnType<typeof openSink>>

/** All outputs of the process, combined as in the CLI. */
async function openSink(known: KnownSecrets) {
  const redactor = createRedactor({known, formats: KEY_FORMATS})
  const redact = (text: string): string => redactor.redact(text)
  const home = await temporaryHome()
  const id = sessionIdOf(NOW, 'a1b2c3')
  const log = new SessionLog({home, id, redact, ensureFolder})
  log.append({time: NOW, level: 'info', event: 'session.started', fields: {}})
  const file = openSync(log.path, 'r')
  const stderr = new PassThrough()
  const {release} = guardStream(stderr as unknown as NodeJS.WriteStream, redactor.stream('all'), {
    later: () => () => undefined,
  })
  const read = (): string => {
    const buffer = Buffer.alloc(64 * 1024)
    return buffer.toString('utf8', 0, readSync(file, buffer))
  }
  read()
  return {
    /** The text written to each output. */
    say(fields: Readonly<Record<string, unknown>>, random: Random): Record<string, string> {
      log.append({time: NOW, level: 'info', event: 'error', fields})
      const text = `${random.below(2) === 0 ? inspect(fields) : JSON.stringify(fields)}\n`
      for (const piece of random.pieces(text, random.pick([1, 7, 60, 4000]))) stderr.write(piece)
      stderr.write('-'.repeat(64) + '\n') // short text is held back for more
      const error = new Error(JSON.stringify(fields), {cause: fields})
      return {
        log: read(),
        stderr: String(stderr.read() ?? ''),
        'error as JSON': JSON.stringify(reportOf(error, 'mogplex', redact)),
      }
    },
    close() {
      release()
      closeSync(file)
    },
  }
}

describe('all outputs, with random cases', function () {
  this.timeout(240_000)

  async function each(
    run: (random: Random, sink: Sink, known: KnownSecrets, place: string) => void,
  ) {
    const random = new Random(20261124)
    for (let count = 0; count < CASES / 2;) {
      const known = knownSecrets()
      const sink = await openSink(known)
      for (let one = 0; one < KNOWN_TOGETHER; one += 1, count += 1) {
        run(random, sink, known, SESSION_PLACES[count % SESSION_PLACES.length] ?? '')
      }
      sink.close()
    }
  }

  it('contain no known value, in any encoding, at any position', async () => {
    await each((random, sink, known, place) => {
      const value = randomValue(random)
      known.know(value)
      const {text} = random.pick(
        encodingsOf(value).filter(({encoding}) => !encoding.startsWith('base64')),
      )
      const spelled = random.pick([
        Buffer.from(text, 'latin1').toString(),
        Buffer.from(`${'x'.repeat(random.below(4))}${value}`).toString('base64'),
        Buffer.from(value).toString('base64url'),
      ])
      const texts = sink.say(sessionFields(place, spelled, random), random)
      expect(findLeaks({secrets: [value], texts}), `${place}: ${value}`).to.deep.equal([])
      expect(texts.log, place).to.match(/^\{.*\}\n$/)
    })
  })

  it('contain no unregistered key with a known format, and no value with a secret name', async () => {
    await each((random, sink, _known, place) => {
      if (random.below(2) === 0) {
        const key = randomKey(random)
        const texts = sink.say(sessionFields(place, key, random), random)
        const secret = key.replace(/^(?:Bearer|Basic) /, '')
        expect(findLeaks({secrets: [secret], texts}), `${place}: ${key}`).to.deep.equal([])
      } else {
        const value = anyValue(random)
        const {text, spelled} = namedRecord(value, random)
        if (spelled.length < 8) return
        const texts = sink.say({message: text}, random)
        expect(Object.values(texts).join('').includes(spelled), `${text}: ${spelled}`).to.equal(
          false,
        )
      }
    })
  })
})
