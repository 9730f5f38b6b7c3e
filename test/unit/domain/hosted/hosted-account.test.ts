import {expect} from 'chai'
import {hostedAccountOf, isSameLogin} from '../../../../src/domain/hosted/hosted-account.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {findLeaks} from '../../../support/leaks.js'
import {
  ISSUER,
  makeKey,
  makeLogin,
  makeShellKey,
  serverAt,
} from '../../../support/make-credential.js'

const STAGING = serverAt('https://staging.example.com')

describe('hostedAccountOf', () => {
  it('is the account at the issuer of the login', () => {
    expect(hostedAccountOf(makeLogin(), STAGING)).to.deep.equal({issuer: ISSUER, id: 'usr_1'})
    const key = makeKey('mogplex', {account: {id: 'usr_2'}})
    expect(hostedAccountOf(key, STAGING)).to.deep.equal({issuer: ISSUER, id: 'usr_2'})
  })

  it('differs at another API, whichever issuer the credential has', () => {
    const baseUrl = 'https://api.example.com'
    const there = {...STAGING, baseUrl}
    const {issuer} = STAGING
    expect(hostedAccountOf(makeShellKey(), there)).to.include({issuer, baseUrl})
    expect(hostedAccountOf(makeLogin({issuer, baseUrl}), STAGING)).to.include({issuer, baseUrl})
  })

  it('is unique to a login, where the server did not name its account', () => {
    const {id} = hostedAccountOf(makeLogin({account: undefined}), STAGING)
    expect(id).to.equal('login-grant-1')
  })

  it('distinguishes keys by a fingerprint, from which the key cannot be recovered', () => {
    const shell = makeShellKey()
    const {issuer, id} = hostedAccountOf(shell, STAGING)
    expect(issuer).to.equal(STAGING.issuer)
    expect(id).to.match(/^key-[0-9a-f]{16}$/)
    expect(hostedAccountOf({...shell, key: new Secret('mog_other')}, STAGING).id).not.to.equal(id)
    expect(hostedAccountOf(makeShellKey(), STAGING).id).to.equal(id)
    expect(findLeaks({secrets: [shell.key.reveal()], texts: {id}})).to.deep.equal([])
  })
})

describe('isSameLogin', () => {
  it('is true after a refresh, and false after a new login', () => {
    const login = makeLogin()
    expect(isSameLogin(login, makeLogin({accessToken: new Secret('another')}))).to.equal(true)
    expect(isSameLogin(login, makeLogin({grantId: 'grant-2'}))).to.equal(false)
    expect(isSameLogin(login, undefined)).to.equal(false)
    expect(isSameLogin(login, makeShellKey())).to.equal(false)
  })

  it('compares keys by value and source', () => {
    const stored = makeKey('mogplex')
    expect(isSameLogin(stored, makeKey('mogplex'))).to.equal(true)
    expect(isSameLogin(stored, makeKey('mogplex', {key: new Secret('other')}))).to.equal(false)
    expect(isSameLogin(stored, makeKey('mogplex', {obtainedAt: new Date(0)}))).to.equal(false)
    expect(isSameLogin(stored, makeShellKey())).to.equal(false)
    expect(isSameLogin(makeShellKey(), makeShellKey())).to.equal(true)
    expect(isSameLogin(stored, makeLogin())).to.equal(false)
  })
})
