import {expect} from 'chai'
import {printable} from '../../../src/domain/printable.js'

const RANGES: Record<string, [first: number, last: number]> = {
  'C0 controls': [0x00, 0x1f],
  'DEL and C1 controls': [0x7f, 0x9f],
  'zero-width characters and marks': [0x200b, 0x200f],
  'line separators and bidi embeddings': [0x2028, 0x202e],
  'bidi isolates and invisible operators': [0x2060, 0x2069],
}

describe('printable', () => {
  for (const [what, [first, last]] of Object.entries(RANGES)) {
    it(`leaves none of the ${what}`, () => {
      for (let code = first; code <= last; code += 1) {
        const text = printable(`a${String.fromCharCode(code)}b`)
        expect(text, code.toString(16)).to.equal('a b')
      }
    })
  }

  for (const code of [0xad, 0x61c, 0xfeff]) {
    it(`leaves no U+${code.toString(16).padStart(4, '0').toUpperCase()}`, () => {
      expect(printable(`a${String.fromCharCode(code)}b`)).to.equal('a b')
    })
  }

  it('takes the power out of an escape sequence', () => {
    expect(printable('\u001B]0;title\u0007\u001B[2Jhello\r\nworld')).to.equal(
      ']0;title [2Jhello world',
    )
  })

  it('keeps letters of every script, and single blanks', () => {
    expect(printable('Åsa – 日本語 עברית 🎉 ok')).to.equal('Åsa – 日本語 עברית 🎉 ok')
  })

  it('is on one line, trimmed, with blanks drawn together', () => {
    expect(printable('\n a \t\u200B  b \n')).to.equal('a b')
    expect(printable('\u0000\u200B')).to.equal('')
  })

  it('cuts what is longer than 300 characters, or than is said, and shows that it did', () => {
    expect(printable('x'.repeat(300))).to.equal('x'.repeat(300))
    expect(printable('x'.repeat(301))).to.equal(`${'x'.repeat(300)}…`)
    expect(printable('abcdef', 3)).to.equal('abc…')
    expect(printable('a\u0000\u0000\u0000b', 3)).to.equal('a b')
  })
})
