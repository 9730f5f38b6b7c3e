import {expect} from 'chai'
import {outrankedNotice} from '../../../../src/domain/credential/outranked-notice.js'
import {makeKey, makeLogin, resolve, stored, OVER} from '../../../support/make-credential.js'

const LOGIN = stored(makeLogin())

describe('outrankedNotice', () => {
  it('names the variable that outranks the login, and how to change that', () => {
    expect(outrankedNotice(resolve({env: {MOGPLEX_API_KEY: 'mog_1'}, stored: LOGIN}))).to.equal(
      'MOGPLEX_API_KEY is set and outranks your login.  unset MOGPLEX_API_KEY',
    )
  })

  it('says when it affects only prompts', () => {
    expect(outrankedNotice(resolve({env: {GROQ_API_KEY: 'gsk_1'}, stored: LOGIN}))).to.equal(
      'GROQ_API_KEY is set and outranks your login for prompts.  unset GROQ_API_KEY',
    )
  })

  it('names a malformed variable too, since it still outranks', () => {
    const notice = outrankedNotice(resolve({env: {MOGPLEX_API_KEY: 'a b'}, stored: LOGIN}))
    expect(notice).to.match(/^MOGPLEX_API_KEY is set and outranks your login\./)
  })

  it('names a stored key of another provider, on request', () => {
    const keys = stored(makeKey('openai'), makeKey('groq'))
    const notice = (env: Record<string, string>, entries = keys) =>
      outrankedNotice(resolve({env, stored: entries}), 'openai')
    expect(notice({OPENAI_API_KEY: 'sk-1'})).to.equal(
      'OPENAI_API_KEY is set and outranks your stored OpenAI key for prompts.  unset OPENAI_API_KEY',
    )
    expect(notice({GROQ_API_KEY: 'gsk_1'})).to.equal(
      'GROQ_API_KEY is set and outranks your stored OpenAI key for prompts.  unset GROQ_API_KEY',
    )
    expect(notice({})).to.equal(undefined)
  })

  it('names a stored credential that outranks a stored key', () => {
    const login = stored(makeLogin(), makeKey('openai'))
    expect(outrankedNotice(resolve({stored: login}), 'openai')).to.equal(
      'Your login outranks your stored OpenAI key for prompts.  mogplex logout',
    )
    const keys = stored(makeKey('openai'), makeKey('groq'))
    expect(outrankedNotice(resolve({stored: keys}), 'groq')).to.equal(
      'Your stored OpenAI key outranks your stored Groq key for prompts.  mogplex logout --provider openai',
    )
    expect(outrankedNotice(resolve({stored: keys}), 'openai')).to.equal(undefined)
  })

  it('is empty without a variable, without a login, and with an ended login', () => {
    expect(outrankedNotice(resolve({stored: LOGIN}))).to.equal(undefined)
    const env = {OPENAI_API_KEY: 'sk-1'}
    expect(outrankedNotice(resolve({env}))).to.equal(undefined)
    expect(outrankedNotice(resolve({env, stored: stored(makeKey('openai'))}))).to.equal(undefined)
    const over = stored(makeLogin(OVER))
    expect(outrankedNotice(resolve({env, stored: over}))).to.equal(undefined)
  })
})
