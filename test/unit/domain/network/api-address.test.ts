import {expect} from 'chai'
import {apiBaseUrl} from '../../../../src/domain/network/api-address.js'
import {readSettings} from '../../../../src/domain/settings/settings.js'
import {makeKey, makeLogin, makeShellKey} from '../../../support/make-credential.js'

const ISSUER = {MOGPLEX_ISSUER: 'https://id.example.com:8443/realms/a'}
const URL_OF_STAGING = {MOGPLEX_URL: 'https://staging.example.com'}

describe('apiBaseUrl', () => {
  it('is the hosted service by default, and the one of MOGPLEX_URL, for any credential', () => {
    for (const credential of [makeLogin(), makeKey('mogplex'), makeShellKey()]) {
      expect(apiBaseUrl(credential, readSettings({}))).to.equal('https://mogplex.com')
      for (const env of [URL_OF_STAGING, {...URL_OF_STAGING, ...ISSUER}]) {
        expect(apiBaseUrl(credential, readSettings(env))).to.equal('https://staging.example.com')
      }
    }
  })

  it("sends a login only to its issuer's origin where only MOGPLEX_ISSUER is set", () => {
    const login = makeLogin({issuer: ISSUER.MOGPLEX_ISSUER})
    expect(apiBaseUrl(login, readSettings(ISSUER))).to.equal('https://id.example.com:8443')
  })

  it('sends no key of Mogplex to the issuer', () => {
    for (const key of [makeKey('mogplex', {issuer: ISSUER.MOGPLEX_ISSUER}), makeShellKey()]) {
      expect(apiBaseUrl(key, readSettings(ISSUER))).to.equal('https://mogplex.com')
    }
  })
})
