import {expect} from 'chai'
import {createRedactor, knownSecrets, type TextStream} from '../src/index.js'
import {findLeaks} from '../../../test/support/leaks.js'
import {Random} from '../../../test/support/random.js'
import {LETTERS, randomValue} from '../../../test/support/random-secrets.js'

const TOKEN = 'q7Zt0PdK3mWv9YbR5nXc1LfHs8GjTaEu'

function open(value = TOKEN): TextStream {
  const known = knownSecrets()
  known.know(value)
  return createRedactor({known}).stream('values')
}

describe('KnownValueStream', () => {
  it('releases everything at once that is not the start of a known value', () => {
    const stream = open()
    for (const piece of ['The', ' answer q', '7', 'Z', ' goes on', '漢', '\n', '\x1b[2K']) {
      expect(stream.write(piece)).to.equal(piece)
      expect(stream.isHolding).to.equal(false)
    }
  })

  it('ignores key formats: it redacts only known values', () => {
    const example = 'curl -H "Authorization: Bearer sk-proj-abcdefghijklmnop" password=hunter2\n'
    expect(open().write(example)).to.equal(example)
  })

  it('holds back the start of a value until it is complete, or does not match', () => {
    const stream = open()
    expect(stream.write(`a ${TOKEN.slice(0, 9)}`)).to.equal('a ')
    expect(stream.isHolding).to.equal(true)
    expect(stream.write(`${TOKEN.slice(9)} b`)).to.equal('[redacted] b')
    expect(stream.write(TOKEN.slice(0, 9))).to.equal('')
    expect(stream.write('?')).to.equal(`${TOKEN.slice(0, 9)}?`)
  })

  it('removes the rest of a value whose released start is too short to recognise', () => {
    const stream = open()
    expect(stream.write(TOKEN.slice(0, 4))).to.equal(TOKEN.slice(0, 4))
    expect(stream.write(`${TOKEN.slice(4)}.`)).to.equal('.')
  })

  it('keeps JSON valid, by whole lines and in chunks', () => {
    const random = new Random(20270401)
    for (let count = 0; count < 500; count += 1) {
      const value = randomValue(random)
      const line = JSON.stringify({type: 'text', text: `a ${value}`, n: 1, list: [value, 'b']})
      const stream = open(value)
      const pieces = random.pieces(line, random.pick([7, 60, 4000]))
      const written = pieces.map((piece) => stream.write(piece)).join('') + stream.flush()
      expect(findLeaks({secrets: [value], texts: {written}}), value).to.deep.equal([])
      expect(() => JSON.parse(written) as unknown, `${value} ${written}`).to.not.throw()
    }
  })

  it('releases no value in one-character chunks', () => {
    const random = new Random(20270402)
    for (let count = 0; count < 500; count += 1) {
      const value = randomValue(random)
      const stream = open(value)
      const written = Array.from(`see ${value} there`, (one) => stream.write(one)).join('')
      const all = written + stream.flush()
      expect(findLeaks({secrets: [value], texts: {all}}), value).to.deep.equal([])
      expect(all).to.match(/^see .*there$/s)
    }
  })

  it('holds back a bounded part', () => {
    const value = new Random(20270403).text(LETTERS, 20_000)
    const stream = open(value)
    const written = [value.slice(0, 7000), value.slice(7000, 19_000)].map((piece) =>
      stream.write(piece),
    )
    expect(written).to.deep.equal(['', '[redacted]'])
    expect(stream.isHolding).to.equal(false)
  })
})
