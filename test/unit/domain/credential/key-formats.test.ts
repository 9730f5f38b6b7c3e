import {expect} from 'chai'
import {createRedactor, knownSecrets} from '@mogplex/redaction'
import {KEY_FORMATS} from '../../../../src/domain/credential/key-formats.js'
import {PROVIDERS} from '../../../../src/domain/credential/provider-table.js'

describe('KEY_FORMATS', () => {
  it('are those of every provider that has a prefix of its own', () => {
    const redactor = createRedactor({known: knownSecrets(), formats: KEY_FORMATS})
    const prefixes = PROVIDERS.flatMap(({keyPrefix}) => keyPrefix ?? [])
    expect(prefixes).to.include('mog_')
    for (const prefix of prefixes) {
      expect(redactor.redact(`(${prefix}abcdef)`)).to.equal('([redacted])')
    }
  })
})
