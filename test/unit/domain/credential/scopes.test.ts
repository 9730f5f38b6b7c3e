import {expect} from 'chai'
import {redactBeforePrinting} from '../../../../src/domain/text/printable.js'
import {scopesAmong} from '../../../../src/domain/credential/scopes.js'
import {BREAKERS} from '../../../support/broken-secrets.js'
import {TERMINAL_ATTACKS} from '../../../support/terminal-attacks.js'

describe('scopesAmong', () => {
  it('accepts every scope-token, and keeps their order', () => {
    const names = ['read', 'urn:x/y?z=[1]#!~', "it's", '*', 'write']
    expect(scopesAmong(names)).to.deep.equal(names)
  })

  it('leaves out invalid ones', () => {
    const attacks = TERMINAL_ATTACKS.filter((text) => !/^[\x21-\x7E]+$/.test(text))
    const broken = Object.values(BREAKERS).map((breaker) => `re${breaker}ad`)
    const others = ['', ' ', 'a b', 'a"b', 'a\\b', 'lés', '日本', 'read\n', 'x'.repeat(301)]
    expect(scopesAmong([...attacks, ...broken, ...others])).to.deep.equal([])
  })

  it('leaves out those that contain a secret', () => {
    redactBeforePrinting((text) => text.replaceAll('hunter2hunter2', '[redacted]'))
    try {
      expect(scopesAmong(['read', 'hunter2hunter2', 'a:hunter2hunter2'])).to.deep.equal(['read'])
    } finally {
      redactBeforePrinting((text) => text)
    }
  })
})
