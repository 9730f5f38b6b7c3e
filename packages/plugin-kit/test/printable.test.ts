import {printable} from '@mogplex/plugin-kit'
import {printableLines, withEscapes} from '@mogplex/plugin-kit/text'
import {expect} from 'chai'

describe('printable of the kit', () => {
  it('is one line in which nothing moves a cursor, hides or reverses text', () => {
    expect(printable('\u001B]0;title\u0007\u001B[2Jhello\r\n\u202Eworld\u200B ')).to.equal(
      ']0;title [2Jhello world',
    )
    expect(printable('Åsa – 日本語 🎉')).to.equal('Åsa – 日本語 🎉')
  })

  it('is truncated beyond the given length, and never within a character', () => {
    expect(printable('x'.repeat(301))).to.equal(`${'x'.repeat(300)}…`)
    expect(printable('ab🎉cd', 3)).to.equal('ab…')
    expect(printable('x'.repeat(1000), Infinity)).to.have.length(1000)
  })

  it('does not change its own output', () => {
    for (const text of ['a  b', '\u0000\u200B', 'ab🎉cd'.repeat(90), ' \uD800x']) {
      const once = printable(text)
      expect(printable(once, 301)).to.equal(once)
    }
  })

  it('keeps lines and tabs on request, and escapes in JSON', () => {
    expect(printableLines('  a\r\n\tb\u2028c\u001B[2J')).to.equal('  a\n\tb\nc [2J')
    expect(withEscapes('"\u202E"')).to.equal('"\\u202e"')
  })
})
