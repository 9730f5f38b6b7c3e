import {expect} from 'chai'
import {format, inspect} from 'node:util'
import {Secret} from '../../../../src/domain/credential/secret.js'

const VALUE = 'hunter2hunter2hunter2'

describe('Secret', () => {
  const secret = new Secret(VALUE)
  const texts: Record<string, () => string> = {
    String: () => String(secret),
    'a concatenation': () => ['', secret].join(''),
    'JSON.stringify': () => JSON.stringify({secret}),
    'JSON.stringify with its fields named': () => JSON.stringify(secret, ['value', '#value']),
    inspect: () => inspect(secret, {depth: null, showHidden: true}),
    'inspect of an object around it': () => inspect({nested: {secret}}, {depth: null}),
    'console.log': () => format('%s %o %j', secret, secret, secret),
    'an error message': () => new Error(String(secret)).message,
  }
  for (const [where, textOf] of Object.entries(texts)) {
    it(`is [redacted] in ${where}`, () => {
      expect(textOf()).not.to.include(VALUE)
    })
  }

  it('reveals its value only by that method', () => {
    expect(secret.reveal()).to.equal(VALUE)
  })

  it('has no fields to be copied or iterated', () => {
    expect(Object.keys(secret)).to.deep.equal([])
    expect(Object.assign({}, secret)).to.deep.equal({})
    expect(JSON.stringify(structuredClone(Object.assign({}, secret)))).to.equal('{}')
  })

  it('prints [redacted] rather than nothing', () => {
    expect(String(secret)).to.equal('[redacted]')
    expect(JSON.stringify(secret)).to.equal('"[redacted]"')
    expect(inspect(secret)).to.equal('[redacted]')
  })
})
