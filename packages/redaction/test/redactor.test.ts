import {expect} from 'chai'
import {createRedactor, knownSecrets, type Redactor} from '../src/index.js'
import {BREAKERS, brokenSecrets} from '../../../test/support/broken-secrets.js'
import {encodingsOf} from '../../../test/support/secret-encodings.js'

const TOKEN = 'q7Zt0PdK3mWv9YbR5nXc1LfHs8GjTaEu'

function redactorOf(...values: readonly string[]): Redactor {
  const known = knownSecrets()
  for (const value of values) known.know(value)
  return createRedactor({known})
}

describe('createRedactor', () => {
  for (const value of [TOKEN, 'p/ä"ss\\wörd & <co>', 'two words + more', '100%41 sure?']) {
    for (const {encoding, text} of encodingsOf(value)) {
      it(`finds ${JSON.stringify(value)} as ${encoding}: ${text.slice(0, 24)}…`, () => {
        const spelled = Buffer.from(text, 'latin1').toString()
        const output = redactorOf(value).redact(`before ${spelled} after`)
        expect(output).to.equal('before [redacted] after')
      })
    }
  }

  for (const cut of ['\u001b[31m', '\u200b', '\n', '\r\n\t', '\\n', '\\u001b[0m', "' +\n  '"]) {
    it(`finds a value that is split by ${JSON.stringify(cut)}`, () => {
      const text = `${TOKEN.slice(0, 10)}${cut}${TOKEN.slice(10)}`
      expect(redactorOf(TOKEN).redact(`<${text}>`)).to.equal('<[redacted]>')
    })
  }

  it('finds a value in the address of a link that a terminal hides', () => {
    const text = `\u001b]8;;https://x.test/?q=${TOKEN}\u0007here\u001b]8;;\u0007`
    expect(redactorOf(TOKEN).redact(text)).not.to.include(TOKEN)
  })

  it('uses a value from the moment it is added, and keeps former ones', () => {
    const known = knownSecrets()
    const redactor = createRedactor({known})
    expect(redactor.redact(`a ${TOKEN}`)).to.equal(`a ${TOKEN}`)
    known.know(TOKEN)
    expect(redactor.redact(`a ${TOKEN}`)).to.equal('a [redacted]')
    known.know('another-value-of-this-session')
    expect(redactor.redact(`${TOKEN} another-value-of-this-session`)).to.equal(
      '[redacted] [redacted]',
    )
  })

  it('finds the rest of a value that was truncated', () => {
    expect(redactorOf(TOKEN).redact(`${TOKEN.slice(0, 20)}… is no token`)).to.equal(
      '[redacted]… is no token',
    )
    expect(redactorOf(TOKEN).redact(`…${TOKEN.slice(14)}`)).to.equal('…[redacted]')
    expect(redactorOf(TOKEN).redact(TOKEN.slice(0, 12))).to.equal(TOKEN.slice(0, 12))
  })

  it('finds short values with many escapes', () => {
    for (const value of ['a\\b\\c\\de', '\\\\\\\\abcd%', '%41%42%43%44%45']) {
      expect(redactorOf(value).redact(`x ${value} y`)).to.equal('x [redacted] y')
    }
  })

  it('keeps JSON valid, including numbers', () => {
    const text = JSON.stringify({password: 12345678, token: null, secret: true, next: [1, {a: 2}]})
    expect(redactorOf().redact(text)).to.equal(
      '{"password":"[redacted]","token":null,"secret":true,"next":[1,{"a":2}]}',
    )
    const nested = JSON.stringify({body: JSON.stringify({pin: 1, password: 1234})})
    expect(redactorOf().redact(nested)).to.equal(
      JSON.stringify({body: JSON.stringify({pin: 1, password: '[redacted]'})}),
    )
  })

  it('returns the identical text when there is nothing to hide', () => {
    for (const text of ['', 'abc', 'ordinary \\u00fc & 100% <b>', '漢字 😀 \ud800']) {
      expect(redactorOf(TOKEN).redact(text)).to.equal(text)
    }
  })

  it('reports how it found something', () => {
    const redactor = redactorOf(TOKEN)
    const kinds = (text: string) => redactor.find(text).map(({kind}) => kind)
    expect(kinds(`${TOKEN} and password=x1 and ghp_${'a1'.repeat(18)}`)).to.deep.equal([
      'value',
      'name',
      'shape',
    ])
  })

  it('finds values and formats for people too, where a name precedes them', () => {
    const redactor = redactorOf(TOKEN)
    const key = `ghp_${'a1'.repeat(18)}`
    expect(redactor.redactValues(`{ authorization: 'Bearer ${TOKEN}', password: 'x1' }`)).to.equal(
      "{ authorization: 'Bearer [redacted]', password: 'x1' }",
    )
    expect(redactor.redactValues(`--token ${key} --password ${TOKEN} --secret x1`)).to.equal(
      '--token [redacted] --password [redacted] --secret x1',
    )
    expect(redactor.redactValues(`{"token":"${key}"}`)).to.equal('{"token":"[redacted]"}')
  })

  it('handles texts of very different lengths', () => {
    const redactor = redactorOf(TOKEN)
    redactor.redact('x'.repeat(2_000_000))
    expect(redactor.redact(`a ${TOKEN}`)).to.equal('a [redacted]')
  })

  it('finds each of a thousand values with the same prefix', () => {
    const values = Array.from({length: 1000}, (_, index) => `sk-same-beginning-${index + 1000}-end`)
    const redactor = redactorOf(...values)
    for (const value of values) expect(redactor.redact(`<${value}>`)).to.equal('<[redacted]>')
  })

  for (const [kind, breaker] of Object.entries(BREAKERS)) {
    // For a terminal, a character after these two is part of a sequence.
    if (kind === 'escape' || kind === 'control sequence introducer') continue
    it(`finds a value in JSON that is broken by: ${kind}`, () => {
      const text = TOKEN.replaceAll(/.{5}/g, `$&${breaker}`)
      const output = redactorOf(TOKEN).redact(JSON.stringify({text}))
      expect(JSON.parse(output)).to.deep.equal({text: '[redacted]'})
    })
  }

  describe('redactBroken', () => {
    it('searches across blanks, and in broken escapes', () => {
      const redactor = redactorOf(TOKEN)
      const blanks = TOKEN.replaceAll(/.{7}/g, '$& ')
      expect(redactor.redactBroken(`<${blanks}>`)).to.equal('<[redacted]>')
      const percent = brokenSecrets(TOKEN, 1).find(({name}) => name === 'percent')?.text ?? ''
      expect(redactor.redactBroken(percent.replaceAll('%', '% '))).to.equal('[redacted]')
    })

    it('does not join words that only together look like a key', () => {
      const text = 'The risk- adjusted returns of 50 % are an example of what is not a key at all.'
      expect(redactorOf(TOKEN).redactBroken(text)).to.equal(text)
    })
  })
})
