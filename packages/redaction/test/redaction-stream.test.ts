import {expect} from 'chai'
import {createRedactor, knownSecrets, type TextStream} from '../src/index.js'

const TOKEN = 'q7Zt0PdK3mWv9YbR5nXc1LfHs8GjTaEu'
const LONG_LINE = `${'a line that is long enough to be let go '.repeat(3)}\n`

function open(): TextStream {
  const known = knownSecrets()
  known.know(TOKEN)
  return createRedactor({known}).stream('all')
}

describe('RedactionStream', () => {
  it('releases whole lines at once', () => {
    expect(open().write(LONG_LINE)).to.equal(LONG_LINE)
  })

  it('finds a secret that is split across two writes', () => {
    const stream = open()
    const written = [
      stream.write(`${LONG_LINE}a ${TOKEN.slice(0, 9)}`),
      stream.write(TOKEN.slice(9)),
    ]
    expect([...written, stream.flush()].join('')).to.equal(`${LONG_LINE}a [redacted]`)
  })

  it('finds a secret that continues on the next line, in another write', () => {
    const stream = open()
    const written = [
      stream.write(`${LONG_LINE}a ${TOKEN.slice(0, 9)}\n`),
      stream.write(`  ${TOKEN.slice(9)}\n`),
    ]
    expect([...written, stream.flush()].join('')).to.equal(`${LONG_LINE}a [redacted]\n`)
  })

  it('remembers the name of a value that comes after a flush', () => {
    const stream = open()
    stream.write('the password: ')
    expect(stream.flush()).to.equal('the password: ')
    expect(stream.write('hunter2') + stream.flush()).to.equal('[redacted]')
  })

  it('hides a key that is longer than the text it holds back', () => {
    const stream = open()
    const lines = Array.from({length: 3000}, () => `${'Ab1+/'.repeat(12)}\n`)
    const pem = ['-----BEGIN PRIVATE KEY-----\n', ...lines, '-----END PRIVATE KEY-----\n']
    const written = [...pem, 'after\n'].map((line) => stream.write(line))
    const text = [...written, stream.flush()].join('')
    expect(text).to.include('after').and.not.to.include('Ab1+/')
  })

  it('holds back a bounded part of an unfinished line', () => {
    const stream = open()
    const written = Array.from({length: 100}, () => stream.write('x'.repeat(1000)))
    expect(100_000 - written.join('').length).to.be.below(40_000)
    expect(stream.isHolding).to.equal(true)
    expect((written.join('') + stream.flush()).length).to.equal(100_000)
    expect(stream.isHolding).to.equal(false)
  })
})
