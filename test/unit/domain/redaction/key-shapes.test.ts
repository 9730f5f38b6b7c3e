import {expect} from 'chai'
import {KEY_FORMATS} from '../../../../src/domain/redaction/key-formats.js'
import {KnownSecrets} from '../../../../src/domain/redaction/known-secrets.js'
import {Redactor} from '../../../../src/domain/redaction/redactor.js'
import {PROVIDERS} from '../../../../src/domain/provider-table.js'

const redactor = new Redactor(new KnownSecrets())

const CHARACTERS = {
  ...{alphanumeric: 'a1', base64: 'a1', digits: '12', dotted: 'a1', hex: 'a1'},
  ...{serial: 'A1', upper: 'A1', word: 'a1'},
}

describe('keys that their shape gives away', () => {
  for (const {prefix, least, alphabet, before} of KEY_FORMATS) {
    const body = CHARACTERS[alphabet].repeat(least)
    const head = before === undefined ? '' : CHARACTERS[before.alphabet].repeat(before.least)
    it(`are found by ${prefix}, wherever they stand`, () => {
      const key = `${head}${prefix}${body}`
      expect(redactor.redact(`Unexpected argument: ${key}`)).to.equal(
        'Unexpected argument: [redacted]',
      )
      expect(redactor.redact(`"${key}"`)).to.equal('"[redacted]"')
      expect(redactor.redact(`--provider=${key} to be`)).to.equal('--provider=[redacted] to be')
    })
  }

  it('include those of every provider that has a prefix of its own', () => {
    for (const {keyPrefix} of PROVIDERS) {
      if (keyPrefix === undefined) continue
      expect(redactor.redact(`(${keyPrefix}abcdefgh)`)).to.equal('([redacted])')
    }
  })

  it('include what stands behind a scheme, and not the challenge of one', () => {
    expect(redactor.redact('a Bearer abcdefgh12345678 b')).to.equal('a Bearer [redacted] b')
    expect(redactor.redact('a bearer abcdefgh12345678 b')).to.equal('a bearer [redacted] b')
    expect(redactor.redact('a Basic YWRhOnBhc3N3b3Jk b')).to.equal('a Basic [redacted] b')
    for (const text of [
      'Bearer authentication, Basic authentication',
      'Bearer resource_metadata="https://x.test"',
    ]) {
      expect(redactor.redact(text)).to.equal(text)
    }
  })

  it('include private keys, whole or cut, and no certificates', () => {
    const pem = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\nIIr5t0==\n-----END EC PRIVATE KEY-----'
    expect(redactor.redact(`a\n${pem}\nb`)).to.equal('a\n[redacted]\nb')
    expect(redactor.redact(JSON.stringify({pem, b: 1}))).to.equal('{"pem":"[redacted]","b":1}')
    expect(redactor.redact(pem.slice(0, 50))).to.equal('[redacted]')
    const certificate = pem.replaceAll('EC PRIVATE KEY', 'CERTIFICATE')
    expect(redactor.redact(certificate)).to.equal(certificate)
  })

  it('are no ordinary words', () => {
    const text = 'Unexpected arguments: risk-management, sk-1, task-list, mog_, npm_config_registry'
    expect(redactor.redact(text)).to.equal(text)
  })
})
