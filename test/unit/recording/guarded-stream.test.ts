import {expect} from 'chai'
import {once} from 'node:events'
import {PassThrough} from 'node:stream'
import {createRedactor, knownSecrets} from '@mogplex/redaction'
import {guardStream} from '../../../src/recording/guarded-stream.js'
import {KEY_FORMATS} from '../../../src/domain/credential/provider-table.js'
import {findLeaks} from '../../support/leaks.js'
import {Random} from '../../support/random.js'
import {randomKey, randomValue} from '../../support/random-secrets.js'

const SECRET = 'hunter2hunter2–漢'

function guarded(isShown: (text: string) => boolean = () => false, values = [SECRET]) {
  const stream = new PassThrough()
  const known = knownSecrets()
  for (const value of values) known.know(value)
  const waiting = new Set<() => void>()
  const {release} = guardStream(
    stream as unknown as NodeJS.WriteStream,
    createRedactor({known, formats: KEY_FORMATS}).stream('all'),
    {
      isShown,
      later(work) {
        const again = (): void => work()
        waiting.add(again)
        return () => waiting.delete(again)
      },
    },
  )
  /** A moment in which nothing is written. */
  const pause = (): void => {
    for (const work of waiting) work()
  }
  return {stream, release, pause, waiting, text: () => String(stream.read() ?? '')}
}

describe('guardStream', () => {
  it('lets another stream write its held text first', () => {
    const written: string[] = []
    const stream = {write: (text: string) => written.push(text)} as unknown as NodeJS.WriteStream
    const pieces = {isHolding: false, write: (text: string) => text, flush: () => ''}
    const before = (): void => void written.push('held back')
    const {release} = guardStream(stream, pieces, {later: () => () => undefined, before})
    stream.write('a message')
    release()
    expect(written).to.deep.equal(['held back', 'a message'])
  })

  it('finds a secret that is split across writes, of text and of bytes', () => {
    const {stream, pause, text} = guarded()
    const bytes = Buffer.from(`a ${SECRET} b\n`)
    for (let at = 0; at < bytes.length; at += 3) stream.write(bytes.subarray(at, at + 3))
    for (const character of `c ${SECRET} d\n`) stream.write(character)
    pause()
    expect(text()).to.equal('a [redacted] b\nc [redacted] d\n')
  })

  it('writes no secret whose pieces come in separate turns', async () => {
    const random = new Random(20270317)
    for (let count = 0; count < 1000; count += 1) {
      const value = count % 2 === 0 ? randomValue(random) : randomKey(random)
      const secret = value.replace(/^(?:Bearer|Basic) /, '')
      const {stream, release, text} = guarded(undefined, count % 2 === 0 ? [secret] : [])
      for (const piece of random.pieces(`a ${value} b`, random.pick([1, 7, 60]))) {
        stream.write(piece)
        await new Promise(setImmediate)
      }
      release()
      const written = text()
      expect(findLeaks({secrets: [secret], texts: {written}}), value).to.deep.equal([])
      expect(written).to.match(/^a .* b$/s)
    }
  })

  it('shows an unfinished line, once nothing more is written', () => {
    const {stream, pause, text} = guarded()
    stream.write('Your name? ')
    expect(text()).to.equal('')
    pause()
    expect(text()).to.equal('Your name? ')
  })

  it('restarts the wait with each write, and ends it when everything was written', () => {
    const {stream, waiting, text} = guarded()
    stream.write('one')
    const [first] = waiting
    stream.write(' and two')
    const [second, ...others] = waiting
    expect(others).to.have.lengthOf(0)
    expect(second).to.be.a('function').and.not.equal(first)
    stream.write(`${'.'.repeat(64)}\n`)
    expect(waiting.size).to.equal(0)
    expect(text()).to.match(/^one and two\.+\n$/)
  })

  it('decodes text in other encodings', () => {
    const {stream, pause, text} = guarded()
    stream.write(Buffer.from(`${SECRET}\n`).toString('base64'), 'base64')
    stream.write(Buffer.from('plain\n').toString('hex'), 'hex')
    pause()
    expect(text()).to.equal('[redacted]\nplain\n')
  })

  it('calls back, whether something was written or held back', async () => {
    const {stream} = guarded()
    await new Promise((resolve) => stream.write('short', resolve))
    await new Promise((resolve) => stream.write(Buffer.from('short'), resolve))
    await new Promise((resolve) => stream.write('short', 'utf8', resolve))
  })

  it('passes an allowed write, after earlier text', () => {
    const address = `http://a.test/?state=${SECRET}\n`
    const {stream, pause, text} = guarded((written) => written === address)
    stream.write('open ')
    stream.write(address)
    stream.write(`not ${address}`)
    pause()
    expect(text()).to.equal(`open ${address}not http://a.test/?state=[redacted]\n`)
  })

  it('writes the rest when it is removed, and changes nothing any more', async () => {
    const {stream, release, text} = guarded()
    stream.write(`a ${SECRET}`)
    release()
    stream.write(` b ${SECRET}`)
    stream.end()
    await once(stream, 'readable')
    expect(text()).to.equal(`a [redacted] b ${SECRET}`)
  })
})
