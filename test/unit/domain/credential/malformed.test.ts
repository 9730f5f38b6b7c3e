import {expect} from 'chai'
import {whyNoKey} from '../../../../src/domain/credential/malformed.js'
import {providerOf, PROVIDERS} from '../../../../src/domain/credential/provider-table.js'

describe('whyNoKey', () => {
  for (const provider of PROVIDERS) {
    it(`takes any printable word for a key of ${provider.name}, its own prefix or none`, () => {
      expect(whyNoKey(provider, 'a')).to.equal(undefined)
      expect(whyNoKey(provider, `${provider.keyPrefix ?? ''}!~0123456789`)).to.equal(undefined)
    })

    it(`tells a key of another provider from one of ${provider.name}, whole or cut`, () => {
      for (const {id, name, keyPrefix} of PROVIDERS) {
        if (id === provider.id || keyPrefix === undefined) continue
        for (const value of [`${keyPrefix}0123456789`, keyPrefix]) {
          expect(whyNoKey(provider, value)).to.equal(
            `it holds a key of ${name}, not of ${provider.name}`,
          )
        }
      }
    })
  }

  for (const character of [
    ' ',
    '\t',
    '\n',
    '\u0000',
    '\u001B',
    '\u007F',
    '\u00E4',
    '\u200B',
    '“',
  ]) {
    it(`refuses ${JSON.stringify(character)} inside a key, without repeating the key`, () => {
      const why = whyNoKey(providerOf('openai'), `hunter${character}2`)
      expect(why).to.match(/^it cannot be a key: /)
      expect(why).not.to.include('hunter')
    })
  }

  it('looks at the beginning of a value only, and at its case', () => {
    expect(whyNoKey(providerOf('openai'), 'x-sk-ant-1')).to.equal(undefined)
    expect(whyNoKey(providerOf('openai'), 'SK-ANT-1')).to.equal(undefined)
  })
})
