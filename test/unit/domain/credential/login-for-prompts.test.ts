import {expect} from 'chai'
import {
  isPayerChanged,
  loginCannotPay,
  refusedForPrompts,
  whyLoginCannotPay,
} from '../../../../src/domain/credential/login-for-prompts.js'
import {ISSUER, makeKey, makeLogin, NOW, resolve, stored} from '../../../support/make-credential.js'

const REFUSED = makeLogin({prompts: {accepted: false, at: NOW}})

describe('refusedForPrompts', () => {
  it('is a login that signs in and does not pay, and not an ended login', () => {
    expect(refusedForPrompts(resolve({stored: stored(REFUSED)}).trace)).to.equal(REFUSED)
    const over = {...REFUSED, rejected: {at: NOW, why: 'invalid_grant'}}
    for (const login of [makeLogin(), over]) {
      expect(refusedForPrompts(resolve({stored: stored(login)}).trace)).to.equal(undefined)
    }
  })
})

describe('whyLoginCannotPay', () => {
  it('names the server, the page for keys, and the command that stores one: exit 64', () => {
    const error = whyLoginCannotPay(resolve({stored: stored(REFUSED)}).trace)
    expect(error).to.include({code: 'CREDENTIAL_NOT_ACCEPTED', exitCode: 64})
    expect(error?.message).to.equal(loginCannotPay(ISSUER).message).and.include('mogplex.com')
    expect(error?.remedy)
      .to.include(`${ISSUER}/settings/api-keys`)
      .and.include('`mogplex login --with-api-key`')
    expect(whyLoginCannotPay(resolve().trace)).to.equal(undefined)
  })
})

describe('isPayerChanged', () => {
  it('is true where the login paid, or pays from now on', () => {
    expect(isPayerChanged(resolve({stored: stored(makeLogin())}), false)).to.equal(true)
    expect(isPayerChanged(resolve({stored: stored(makeLogin())}), true)).to.equal(false)
    expect(isPayerChanged(resolve({stored: stored(REFUSED)}), true)).to.equal(true)
    expect(isPayerChanged(resolve({stored: stored(REFUSED)}), false)).to.equal(false)
  })

  it('is false where something outranks it, even if that is malformed', () => {
    for (const key of ['sk-of-the-shell', 'a b']) {
      const sources = {env: {OPENAI_API_KEY: key}, stored: stored(REFUSED, makeKey('groq'))}
      expect(isPayerChanged(resolve(sources), true), key).to.equal(false)
    }
  })
})
