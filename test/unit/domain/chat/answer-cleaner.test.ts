import {expect} from 'chai'
import {AnswerCleaner} from '../../../../src/domain/chat/answer-cleaner.js'

function clean(...pieces: readonly string[]): string {
  const text = new AnswerCleaner()
  return pieces.map((piece) => text.clean(piece)).join('') + text.rest()
}

const NASTY =
  'a\u001b[31mb\u009b2J\u202ec\u2066\r\n\td\u0000\u0007 👨‍👩‍👧 é\u200e\u2028e\u{e0041}世\ufeff'

describe('AnswerCleaner', () => {
  it('keeps line feeds, tabs and every letter', () => {
    const text = 'one\n\ttwo  три 四 🎉 👨‍👩‍👧 نمی‌خواهم\n'
    expect(clean(text)).to.equal(text)
  })

  it('removes every other control: C0, DEL, C1, and bidi controls', () => {
    for (let code = 0; code < 0xa0; code += 1) {
      const kept = code === 9 || code === 10 || (code >= 0x20 && code < 0x7f)
      const letter = String.fromCharCode(code)
      expect(clean(`a${letter}b`), String(code)).to.equal(kept ? `a${letter}b` : 'ab')
    }
    for (const letter of '\u061c\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u{e0041}') {
      expect(clean(`a${letter}b`)).to.equal('ab')
    }
  })

  it('has the same result with any chunk boundaries, even inside a letter', () => {
    const whole = clean(NASTY)
    expect(whole).to.equal('a[31mb2Jc\n\td 👨‍👩‍👧 é\ne世')
    for (let cut = 0; cut <= NASTY.length; cut += 1) {
      expect(clean(NASTY.slice(0, cut), NASTY.slice(cut)), String(cut)).to.equal(whole)
    }
    expect(clean(...NASTY.split(''))).to.equal(whole)
  })

  it('marks half a letter that is incomplete at the end', () => {
    expect(clean('a\ud83c')).to.equal('a\ufffd')
  })
})
