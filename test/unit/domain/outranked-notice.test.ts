import {expect} from 'chai'
import {outrankedNotice} from '../../../src/domain/outranked-notice.js'
import {makeKey, makeLogin, NOW, resolve, stored} from '../../support/make-credential.js'

const LOGIN = stored(makeLogin())

describe('outrankedNotice', () => {
  it('names the variable that outranks the login, and how to end that', () => {
    expect(outrankedNotice(resolve({env: {MOGPLEX_API_KEY: 'mog_1'}, stored: LOGIN}))).to.equal(
      'MOGPLEX_API_KEY is set and outranks your login.  unset MOGPLEX_API_KEY',
    )
  })

  it('says when only prompts are concerned', () => {
    expect(outrankedNotice(resolve({env: {GROQ_API_KEY: 'gsk_1'}, stored: LOGIN}))).to.equal(
      'GROQ_API_KEY is set and outranks your login for prompts.  unset GROQ_API_KEY',
    )
  })

  it('names a malformed variable too: it stands in the way', () => {
    const notice = outrankedNotice(resolve({env: {MOGPLEX_API_KEY: 'a b'}, stored: LOGIN}))
    expect(notice).to.match(/^MOGPLEX_API_KEY is set and outranks your login\./)
  })

  it('is silent without a variable, without a login, and where the login is over', () => {
    expect(outrankedNotice(resolve({stored: LOGIN}))).to.equal(undefined)
    const env = {OPENAI_API_KEY: 'sk-1'}
    expect(outrankedNotice(resolve({env}))).to.equal(undefined)
    expect(outrankedNotice(resolve({env, stored: stored(makeKey('openai'))}))).to.equal(undefined)
    const over = stored(makeLogin({expiresAt: NOW}))
    expect(outrankedNotice(resolve({env, stored: over}))).to.equal(undefined)
  })
})
