import {expect} from 'chai'
import {
  isOtherAccount,
  isSameAccessToken,
  isSameGrant,
  isSameRefreshToken,
} from '../../../../src/domain/refresh/same-tokens.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {makeLogin} from '../../../support/make-credential.js'

const LOGIN = makeLogin()

describe('two logins', () => {
  it('are of one grant after a refresh, at one issuer', () => {
    const refreshed = makeLogin({accessToken: new Secret('new'), refreshToken: new Secret('new')})
    expect(isSameGrant(LOGIN, refreshed)).to.equal(true)
    expect(isSameGrant(LOGIN, makeLogin({grantId: 'another'}))).to.equal(false)
    expect(isSameGrant(LOGIN, makeLogin({issuer: 'https://id.example.com'}))).to.equal(false)
  })

  it('are compared by the tokens themselves', () => {
    expect(isSameAccessToken(LOGIN, makeLogin())).to.equal(true)
    expect(isSameAccessToken(LOGIN, makeLogin({accessToken: new Secret('new')}))).to.equal(false)
    expect(isSameRefreshToken(LOGIN, makeLogin())).to.equal(true)
    expect(isSameRefreshToken(LOGIN, makeLogin({refreshToken: undefined}))).to.equal(false)
  })

  it('belong to different accounts only where that is known', () => {
    expect(isOtherAccount(LOGIN, makeLogin())).to.equal(false)
    expect(isOtherAccount(LOGIN, makeLogin({account: undefined}))).to.equal(false)
    expect(isOtherAccount(LOGIN, makeLogin({account: {id: 'usr_2'}}))).to.equal(true)
    expect(isOtherAccount(LOGIN, makeLogin({issuer: 'https://id.example.com'}))).to.equal(true)
  })
})
