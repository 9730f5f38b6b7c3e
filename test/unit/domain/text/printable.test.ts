import {expect} from 'chai'
import {createRedactor, knownSecrets} from '@mogplex/redaction'
import {
  printable,
  printableLines,
  redactBeforePrinting,
  withEscapes,
} from '../../../../src/domain/text/printable.js'
import {BREAKERS, brokenSecrets, holdsSecret} from '../../../support/broken-secrets.js'
import {LETTERS} from '../../../support/random-secrets.js'
import {Random} from '../../../support/random.js'

const SEED = 20_261_128

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

  it('disarms an escape sequence', () => {
    expect(printable('\u001B]0;title\u0007\u001B[2Jhello\r\nworld')).to.equal(
      ']0;title [2Jhello world',
    )
  })

  it('keeps letters of every script, and single blanks', () => {
    expect(printable('Åsa – 日本語 עברית 🎉 ok')).to.equal('Åsa – 日本語 עברית 🎉 ok')
  })

  it('is on one line, trimmed, with runs of blanks as one', () => {
    expect(printable('\n a \t\u200B  b \n')).to.equal('a b')
    expect(printable('\u0000\u200B')).to.equal('')
  })

  it('truncates beyond 300 characters, or the given limit, and marks it', () => {
    expect(printable('x'.repeat(300))).to.equal('x'.repeat(300))
    expect(printable('x'.repeat(301))).to.equal(`${'x'.repeat(300)}…`)
    expect(printable('abcdef', 3)).to.equal('abc…')
    expect(printable('a\u0000\u0000\u0000b', 3)).to.equal('a b')
  })

  it('leaves nothing that Unicode defines as invisible, and no unpaired surrogate', () => {
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code)
      if (!/\p{Default_Ignorable_Code_Point}|\p{Surrogate}|\u2800/u.test(character)) continue
      if (printable(`a${character}b`) !== 'a b') expect.fail(`U+${code.toString(16)} is left`)
    }
  })

  it('splits no character', () => {
    expect(printable('ab🎉cd', 3)).to.equal('ab…')
    expect(printable(`a${'\u0301'.repeat(5000)}`, 20)).to.equal(`a${'\u0301'.repeat(19)}…`)
  })

  it('keeps lines, tabs and blanks on request', () => {
    expect(printableLines('  a\r\n\tb\u2028c\u001B[2J\u0085')).to.equal('  a\n\tb\nc [2J\n')
  })

  it('escapes in JSON everything that it would remove from a text', () => {
    for (const breaker of Object.values(BREAKERS)) {
      const line = withEscapes(JSON.stringify({text: `a${breaker}b`}))
      expect(line).to.match(/^[\x20-\x7E]+$/)
      expect(JSON.parse(line)).to.deep.equal({text: `a${breaker}b`})
    }
  })
})

describe('redactBeforePrinting', () => {
  const secret = new Random(SEED).text(LETTERS, 32)

  beforeEach(() => {
    const known = knownSecrets()
    known.know(secret)
    const redactor = createRedactor({known})
    redactBeforePrinting((text) => redactor.redactBroken(text))
  })

  after(() => {
    redactBeforePrinting((text) => text)
  })

  it('finds a secret in each encoding, whatever breaks it', () => {
    for (const {name, text} of brokenSecrets(secret, SEED)) {
      const said = `The server says ${text}: that is wrong.`
      const lines = printableLines(said).split('\n')
      for (const shown of [
        printable(said, 2000),
        lines.map((line) => printable(line)).join('\n'),
      ]) {
        expect(holdsSecret(shown, secret), `${name}, seed ${SEED}`).to.equal(false)
      }
    }
  })

  it('runs before a text is truncated', () => {
    const shown = printable(`${'x'.repeat(290)} ${secret}`)
    expect(shown).to.equal(`${'x'.repeat(290)} [redacted…`)
  })

  it('leaves a text without secrets unchanged', () => {
    const text = 'Åsa took 50 % of "risk-adjusted" returns & more\nof 日本語'
    expect(printable(text)).to.equal(text.replace('\n', ' '))
  })
})
