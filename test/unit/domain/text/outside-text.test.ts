import {expect} from 'chai'
import {format, inspect} from 'node:util'
import {OutsideText, outsideText} from '../../../../src/domain/text/outside-text.js'
import {redactBeforePrinting} from '../../../../src/domain/text/printable.js'

const SECRET = 'hunter2hunter2'

describe('OutsideText', () => {
  const raw = `\u001B]0;x\u0007Ada\u202E ${SECRET.slice(0, 5)}\u200B${SECRET.slice(5)}`
  const text = new OutsideText(raw)

  beforeEach(() => {
    redactBeforePrinting((said) => said.replaceAll(/hunte\s*\u200B?r2hunter2/g, '[redacted]'))
  })

  after(() => {
    redactBeforePrinting((said) => said)
  })

  const ways: Record<string, () => string> = {
    printable: () => text.printable(),
    String: () => String(text),
    'a concatenation': () => ['', text].join(''),
    'JSON.stringify': () => JSON.parse(JSON.stringify({text}).replace(/^.*?:|\}$/g, '')) as string,
    inspect: () => inspect(text, {depth: null, showHidden: true}),
    'console.log': () => format('%s', text),
  }
  for (const [way, textOf] of Object.entries(ways)) {
    it(`is redacted and printable by ${way}`, () => {
      expect(textOf()).to.equal(']0;x Ada [redacted]')
    })
  }

  it('has no fields to be copied or iterated', () => {
    expect(Reflect.ownKeys(text)).to.deep.equal([])
  })

  it('is compared unchanged, ignoring the case of ASCII letters', () => {
    expect(new OutsideText('Ada@Example').isIgnoringCase('aDA@eXAMPLE')).to.equal(true)
    expect(new OutsideText('\u212A').isIgnoringCase('k')).to.equal(false)
    expect(new OutsideText('a\u200B').isIgnoringCase('a')).to.equal(false)
  })
})

describe('outsideText', () => {
  it('is undefined for anything but a text, or an empty one', () => {
    for (const value of [undefined, null, 7, {}, [], '', ' ', '\u200B\u0000']) {
      expect(outsideText(value), inspect(value)).to.equal(undefined)
    }
    expect(outsideText('a')?.printable()).to.equal('a')
  })
})
