import {expect} from 'chai'
import {bearerOf} from '../../../../src/domain/credential/credential.js'
import {makeKey, makeLogin} from '../../../support/make-credential.js'

describe('bearerOf', () => {
  it('is the access token of a login, never its refresh token, and the key of a key', () => {
    expect(bearerOf(makeLogin()).reveal()).to.equal('access-token-value')
    expect(bearerOf(makeKey('openai')).reveal()).to.equal('stored-openai-key')
  })
})
