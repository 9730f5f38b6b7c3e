import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {readSettings} from '../../../src/domain/settings/settings.js'
import {storeLogin} from '../../../src/services/store-login.js'
import {AUTH_PATH, makeLogin, NOW} from '../../support/make-credential.js'
import {TOKENS} from './login-fixture.js'
import {storePorts} from './store-ports.js'
import {makeAccount} from '../../support/make-account.js'

const ENV = {MOGPLEX_URL: 'https://staging.example.com', MOGPLEX_CLIENT_ID: 'other-client'}

/** A file with these contents, and a record of what was stored in it. */
function fixture(...before: readonly Credential[]) {
  const writes: [Credential, Date][] = []
  const given = storePorts({before, env: ENV})
  const ports = {
    ...given.ports,
    settings: readSettings(ENV),
    authFile: {
      ...given.ports.authFile,
      store: async (credential: Credential, now: Date) => {
        writes.push([credential, now])
        const stored = await given.ports.authFile.store(credential, now)
        return {...stored, keptAside: ['/kept/aside']}
      },
    },
    newGrantId: () => 'new-grant',
  }
  return {ports, writes}
}

describe('storeLogin', () => {
  it('creates a login from the tokens, for this issuer and client, with a new grant', async () => {
    const {ports, writes} = fixture()
    const {credential, keptAside, replaced} = await storeLogin(ports, TOKENS, {})
    expect(credential).to.deep.equal({
      type: 'oauth',
      provider: 'mogplex',
      source: {type: 'file', path: AUTH_PATH},
      issuer: 'https://staging.example.com',
      baseUrl: 'https://staging.example.com',
      clientId: 'other-client',
      ...TOKENS,
      grantId: 'new-grant',
      obtainedAt: NOW,
    })
    expect(writes).to.deep.equal([[credential, NOW]])
    expect(keptAside).to.deep.equal(['/kept/aside'])
    expect(replaced).to.deep.equal([])
  })

  it('names the login of another account or issuer that it replaced', async () => {
    const grace = makeLogin({issuer: 'https://staging.example.com', account: {id: 'usr_2'}})
    const hosted = makeLogin()
    for (const before of [grace, hosted]) {
      const {ports} = fixture(before)
      expect((await storeLogin(ports, TOKENS, {})).replaced[0]?.credential).to.equal(before)
    }
    const {ports} = fixture(makeLogin({issuer: 'https://staging.example.com'}))
    expect((await storeLogin(ports, TOKENS, {})).replaced).to.deep.equal([])
  })

  it('stores the login of the expected account, ignoring case', async () => {
    const {ports, writes} = fixture()
    await storeLogin(ports, TOKENS, {expectAccount: 'ADA@example.com'})
    expect(writes).to.have.lengthOf(1)
  })

  for (const [what, account] of [
    ['someone else', makeAccount({id: 'usr_2', email: 'grace@example.com'})],
    ['nobody that the server names', undefined],
  ] as const) {
    it(`stores nothing when ${what} signed in: exit 64`, async () => {
      const {ports, writes} = fixture()
      const error: unknown = await storeLogin(
        ports,
        {...TOKENS, account},
        {expectAccount: 'ada@example.com'},
      ).catch((thrown: unknown) => thrown)
      expect(error).to.include({code: 'UNEXPECTED_ACCOUNT', exitCode: 64})
      expect(writes).to.deep.equal([])
    })
  }

  it("fails with the file's error", async () => {
    const {ports} = fixture()
    const failure = new LocalFileError('/x is full.', 'Make room.')
    const authFile = {...ports.authFile, store: async () => Promise.reject(failure)}
    const error: unknown = await storeLogin({...ports, authFile}, TOKENS, {}).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.equal(failure)
  })
})
