import {expect} from 'chai'
import {withoutEscapeSequences} from '../../../../src/domain/text/escape-sequences.js'

describe('withoutEscapeSequences', () => {
  for (const [what, sequence] of [
    ['a colour', '\u001B[2m'],
    ['a colour of 24 bits', '\u001B[38;2;1;2;3m'],
    ['a colour with colons', '\u001B[38:2::1:2:3m'],
    ['a move of the cursor', '\u001B[2J\u001B[1;1H'],
    ['a private mode', '\u001B[?1049h'],
    ['a sequence with a blank in it', '\u001B[4 q'],
    ['the sequence of eight bits', '\u009B31m'],
    ['a title', '\u001B]0;rm -rf\u0007'],
    ['a title that ends with ST', '\u001B]2;rm -rf\u001B\\'],
    ['both ends of a link', '\u001B]8;;https://evil.example\u001B\\\u001B]8;;\u0007'],
    ['what writes the clipboard', '\u001B]52;c;cm0gLXJm\u0007'],
    ['a title of eight bits', '\u009D0;rm\u009C'],
    ['a device control string', '\u001BP$q"p\u001B\\'],
    ['a message for an application', '\u001B_Gi=1;AAAA\u001B\\'],
    ['a reset', '\u001Bc'],
    ['a saved cursor', '\u001B7'],
    ['another character set', '\u001B(0'],
    ['an alignment test', '\u001B#8'],
  ]) {
    it(`removes ${what}, completely`, () => {
      expect(withoutEscapeSequences(`a${sequence}b`)).to.equal('ab')
    })
  }

  it('removes an unterminated one, and no line after it', () => {
    expect(withoutEscapeSequences('a\u001B]0;title\nb')).to.equal('a\nb')
    expect(withoutEscapeSequences('a\u001B[31')).to.equal('a')
  })

  it('leaves all other text unchanged', () => {
    const text = 'a [2m b\n ]0; \\ é 漢 👩‍👩‍👧 ~ \u001B'
    expect(withoutEscapeSequences(text)).to.equal(text)
  })
})
