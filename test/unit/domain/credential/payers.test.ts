import {expect} from 'chai'
import {
  CredentialNotAcceptedError,
  MalformedVariableError,
  NoProviderKeyError,
} from '../../../../src/domain/errors/authentication.js'
import {payerOf, payersOf} from '../../../../src/domain/credential/payers.js'
import {providerOf} from '../../../../src/domain/credential/provider-table.js'
import {ISSUER, makeKey, makeLogin, NOW, resolve, stored} from '../../../support/make-credential.js'

describe('payersOf', () => {
  it('lists one credential per provider, in the order of precedence', () => {
    const resolution = resolve({
      env: {OPENAI_API_KEY: 'sk-of-the-shell', MOGPLEX_API_KEY: 'mog_of-the-shell'},
      stored: stored(makeLogin(), makeKey('groq'), makeKey('openai')),
    })
    const names = payersOf(resolution).map(({provider, source}) => `${provider} ${source.type}`)
    expect(names).to.deep.equal(['mogplex env', 'openai env', 'groq file'])
  })

  it('leaves out unusable credentials', () => {
    expect(payersOf(resolve())).to.deep.equal([])
    const elsewhere = makeLogin({issuer: 'https://elsewhere.example.com'})
    expect(payersOf(resolve({stored: stored(elsewhere)}))).to.deep.equal([])
  })
})

describe('payerOf', () => {
  it('finds the credential of a provider, whatever outranks it', () => {
    const resolution = resolve({
      env: {MOGPLEX_API_KEY: 'mog_of-the-shell'},
      stored: stored(makeKey('groq')),
    })
    expect(payerOf('groq', resolution)).to.include({provider: 'groq'})
  })

  it('stops at a malformed variable: never the next source', () => {
    const resolution = resolve({env: {GROQ_API_KEY: 'a b'}, stored: stored(makeKey('groq'))})
    expect(() => payerOf('groq', resolution))
      .to.throw(MalformedVariableError, 'GROQ_API_KEY')
      .with.property('exitCode', 64)
  })

  it('says where to store a missing key', () => {
    for (const id of ['xai', 'mogplex'] as const) {
      const {message, remedy} = new NoProviderKeyError(providerOf(id))
      expect(() => payerOf(id, resolve()))
        .to.throw(NoProviderKeyError, message)
        .with.property('remedy', remedy)
    }
  })

  it('explains that a login is not accepted for prompts', () => {
    const login = makeLogin({prompts: {accepted: false, at: NOW}})
    const resolution = resolve({stored: stored(login, makeKey('groq'))})
    expect(payersOf(resolution).map(({provider}) => provider)).to.deep.equal(['groq'])
    expect(() => payerOf('mogplex', resolution)).to.throw(
      CredentialNotAcceptedError,
      new URL(ISSUER).host,
    )
  })
})
