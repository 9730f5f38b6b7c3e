import {expect} from 'chai'
import {payerOf, payersOf} from '../../../src/domain/payers.js'
import {makeKey, makeLogin, resolve, stored} from '../../support/make-credential.js'

describe('payersOf', () => {
  it('lists one credential a provider, in the order of precedence', () => {
    const resolution = resolve({
      env: {OPENAI_API_KEY: 'sk-of-the-shell', MOGPLEX_API_KEY: 'mog_of-the-shell'},
      stored: stored(makeLogin(), makeKey('groq'), makeKey('openai')),
    })
    const names = payersOf(resolution).map(({provider, source}) => `${provider} ${source.type}`)
    expect(names).to.deep.equal(['mogplex env', 'openai env', 'groq file'])
  })

  it('leaves out what cannot be used', () => {
    expect(payersOf(resolve())).to.deep.equal([])
    const elsewhere = makeLogin({issuer: 'https://elsewhere.example.com'})
    expect(payersOf(resolve({stored: stored(elsewhere)}))).to.deep.equal([])
  })
})

describe('payerOf', () => {
  it('finds the credential of a provider, whoever outranks it', () => {
    const resolution = resolve({
      env: {MOGPLEX_API_KEY: 'mog_of-the-shell'},
      stored: stored(makeKey('groq')),
    })
    expect(payerOf('groq', resolution)).to.include({provider: 'groq'})
  })

  it('stops at a malformed variable: never the next source', () => {
    const resolution = resolve({env: {GROQ_API_KEY: 'a b'}, stored: stored(makeKey('groq'))})
    expect(() => payerOf('groq', resolution))
      .to.throw(/GROQ_API_KEY is set, and/)
      .with.property('exitCode', 64)
  })

  it('says where to put a key that is not there', () => {
    expect(() => payerOf('xai', resolve()))
      .to.throw('There is no credential of xAI')
      .with.property(
        'remedy',
        'Set XAI_API_KEY, or run `mogplex login --with-api-key --provider xai`.',
      )
    expect(() => payerOf('mogplex', resolve()))
      .to.throw()
      .with.property('remedy', 'Run `mogplex login`, or set MOGPLEX_API_KEY.')
  })
})
