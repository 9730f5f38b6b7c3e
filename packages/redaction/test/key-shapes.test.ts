import {expect} from 'chai'
import {inspect} from 'node:util'
import {createRedactor, knownSecrets} from '../src/index.js'
import {KEY_FORMATS} from '../src/key-formats.js'

const redactor = createRedactor({known: knownSecrets()})

const CHARACTERS = {
  alphanumeric: 'a1',
  base64: 'a1',
  digits: '12',
  dotted: 'a1',
  hex: 'a1',
  segments: 'a1',
  serial: 'A1',
  upper: 'A1',
  word: 'a1',
}

describe('keys with a known format', () => {
  for (const {prefix, least, alphabet, before} of KEY_FORMATS) {
    const body = CHARACTERS[alphabet].repeat(least)
    const head = before === undefined ? '' : CHARACTERS[before.alphabet].repeat(before.least)
    it(`are found by ${prefix}, at any position`, () => {
      const key = `${head}${prefix}${body}`
      expect(redactor.redact(`Unexpected argument: ${key}`)).to.equal(
        'Unexpected argument: [redacted]',
      )
      expect(redactor.redact(`"${key}"`)).to.equal('"[redacted]"')
      expect(redactor.redact(`--provider=${key} to be`)).to.equal('--provider=[redacted] to be')
    })
  }

  it('include custom formats, which no built-in prefix finds', () => {
    const told = createRedactor({
      known: knownSecrets(),
      formats: [{prefix: 'acme_', least: 6, alphabet: 'word'}],
    })
    expect(redactor.redact('(acme_abcdefgh)')).to.equal('(acme_abcdefgh)')
    expect(told.redact('(acme_abcdefgh), acme_table')).to.equal('([redacted]), acme_table')
    expect(told.redact('(ghp_a1b2a1b2a1b2a1b2)')).to.equal('([redacted])')
  })

  it('include the credential after a scheme, but not a challenge', () => {
    expect(redactor.redact('a Bearer abcdefgh12345678 b')).to.equal('a Bearer [redacted] b')
    expect(redactor.redact('a bearer abcdefgh12345678 b')).to.equal('a bearer [redacted] b')
    expect(redactor.redact('a Basic YWRhOnBhc3N3b3Jk b')).to.equal('a Basic [redacted] b')
    expect(redactor.redact('a BEARER abcdefgh12345678 b')).to.equal('a BEARER [redacted] b')
    expect(redactor.redact('a BASIC YWRhOnBhc3N3b3Jk b')).to.equal('a BASIC [redacted] b')
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

  it('include a private key in the format of RFC 4716', () => {
    const frame = (word: string) => `---- ${word} SSH2 ENCRYPTED PRIVATE KEY ----`
    expect(redactor.redact(`a\n${frame('BEGIN')}\nAAAAB3Nz+/=\n${frame('END')}\nb`)).to.equal(
      'a\n[redacted]\nb',
    )
  })

  it('include the bytes of a dumped buffer', () => {
    const dump = `push ${inspect(Buffer.from(`npm_${'a1'.repeat(20)}\n`))}`
    expect(redactor.redact(dump)).to.equal('push <Buffer [redacted]>')
  })

  it('include the password of a user on a command line, and no group ids', () => {
    expect(redactor.redact('curl -u ada:pw https://x.test')).to.equal(
      'curl -u ada:[redacted] https://x.test',
    )
    expect(redactor.redact('curl --proxy-user ada:pw')).to.equal('curl --proxy-user ada:[redacted]')
    for (const text of ['docker run -u 1000:1000 x', 'chown -u www:www x', 'sort -u a b']) {
      expect(redactor.redact(text)).to.equal(text)
    }
  })

  it('do not match ordinary words', () => {
    const text = 'Unexpected arguments: risk-management, sk-1, task-list, hf_, npm_config_registry'
    expect(redactor.redact(text)).to.equal(text)
  })
})
