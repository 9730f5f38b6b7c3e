import {expect} from 'chai'
import type {OAuthCredential} from '../../../src/domain/credential/credential.js'
import type {StoredEntry} from '../../../src/domain/auth-file/stored-entries.js'
import {otherLogin} from '../../../src/services/other-login.js'
import {foreign, ISSUER, makeKey, makeLogin, NOW, stored} from '../../support/make-credential.js'
import {BROKEN, contents} from './make-session.js'
import {makeAccount} from '../../support/make-account.js'

const ADA = makeAccount({id: 'usr_1', email: 'ada@example.com'})
const GRACE = makeAccount({id: 'usr_2', email: 'ada@example.com'})

function before(
  entries: readonly StoredEntry[],
  after: Parameters<typeof otherLogin>[1] = {issuer: ISSUER, account: GRACE},
): OAuthCredential | undefined {
  return otherLogin({read: () => contents(entries)}, after)
}

describe('otherLogin', () => {
  it('is the login of another account, wherever it stands among the entries', () => {
    const login = makeLogin({account: ADA})
    for (const entries of [
      stored(login),
      [foreign('anthropic'), ...stored(makeKey('openai'), login, makeKey('groq'))],
    ]) {
      expect(before(entries)).to.equal(login)
    }
  })

  it('is the login of another issuer, whoever it is', () => {
    for (const account of [GRACE, undefined]) {
      const login = makeLogin({issuer: 'https://other.example.com', account})
      expect(before(stored(login))).to.equal(login)
    }
  })

  it('is the login of another account although the server rejected it', () => {
    const login = makeLogin({account: ADA, rejected: {at: NOW, why: 'invalid_grant'}})
    expect(before(stored(login))).to.equal(login)
  })

  it('is none for the same account, by its id', () => {
    const login = makeLogin({account: makeAccount({id: 'usr_2', email: 'renamed@example.com'})})
    expect(before(stored(login))).to.equal(undefined)
  })

  it('is none where it is not known whose the one or the other is', () => {
    expect(before(stored(makeLogin({account: undefined})))).to.equal(undefined)
    expect(before(stored(makeLogin()), {issuer: ISSUER})).to.equal(undefined)
  })

  it('is none where only keys, foreign members, or nothing is stored', () => {
    const key = makeKey('mogplex', {issuer: 'https://other.example.com', account: ADA})
    for (const entries of [stored(key, makeKey('openai')), [foreign('mogplex')], []]) {
      expect(before(entries)).to.equal(undefined)
    }
    expect(otherLogin({read: () => BROKEN}, {issuer: ISSUER})).to.equal(undefined)
  })
})
