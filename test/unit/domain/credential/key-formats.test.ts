import {expect} from 'chai'
import {KEY_FORMATS} from '../../../../src/domain/credential/key-formats.js'
import {PROVIDERS} from '../../../../src/domain/credential/provider-table.js'
import {KnownSecrets, Redactor} from '@mogplex/redaction'

describe('KEY_FORMATS', () => {
  it('are those of every provider that has a prefix of its own', () => {
    const redactor = new Redactor(new KnownSecrets(), KEY_FORMATS)
    const prefixes = PROVIDERS.flatMap(({keyPrefix}) => keyPrefix ?? [])
    expect(prefixes).to.include('mog_')
    for (const prefix of prefixes) {
      expect(redactor.redact(`(${prefix}abcdef)`)).to.equal('([redacted])')
    }
  })
})
