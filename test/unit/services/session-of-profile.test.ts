import {expect} from 'chai'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {ownId} from '../../../src/domain/hosted/hosted-account.js'
import type {ProfileAccount} from '../../../src/domain/profile/profile-account.js'
import type {Environment} from '../../../src/domain/settings/environment.js'
import type {SessionProfile} from '../../../src/services/find-credentials.js'
import {makeAccount} from '../../support/make-account.js'
import {
  ISSUER,
  makeKey,
  makeKeyBeside,
  makeLogin,
  makeShellKey,
  stored,
} from '../../support/make-credential.js'
import {contents, makeSession} from './make-session.js'

const ADA = makeAccount({id: 'usr_1', email: 'ada@example.com'})
const BOB = makeAccount({id: 'usr_2', email: 'bob@example.com'})
const OF_ADA: ProfileAccount = {issuer: ISSUER, baseUrl: ISSUER, account: ADA}
const KEY = {MOGPLEX_API_KEY: 'mog_from-the-shell'}
const KEY_ID = ownId(makeShellKey())

interface Given extends Partial<SessionProfile> {
  readonly env?: Environment
  readonly before?: readonly Credential[]
}

function sessionOf({env = {}, before = [], ...changes}: Given) {
  const profile: SessionProfile = {
    name: 'work',
    problem: undefined,
    account: () => OF_ADA,
    keys: () => ({}),
    ...changes,
  }
  return makeSession({env, read: () => contents(stored(...before)), profile})
}

function learnt(id: string, issuer = ISSUER): Given {
  return {env: KEY, keys: () => ({[KEY_ID]: {issuer, id, email: `${id}@example.com`}})}
}

describe('a session of a named profile', () => {
  it('uses the login of its account', () => {
    const session = sessionOf({before: [makeLogin()]})
    expect(session.accountCredential().account?.id).to.equal('usr_1')
    expect(session.takeNotices()).to.deep.equal([])
  })

  it('names the profile in which nobody is signed in', () => {
    expect(() => sessionOf({}).require('account'))
      .to.throw('Nobody is signed in to the profile work.')
      .that.includes({exitCode: 64})
  })

  it("does not use another account's login in its file", () => {
    const session = sessionOf({before: [makeLogin({account: BOB})]})
    for (const need of ['account', 'model', 'write', 'any'] as const) {
      expect(() => session.require(need))
        .to.throw()
        .that.includes({exitCode: 64})
    }
    expect(() => session.require('account')).to.throw(
      'it belongs to bob@example.com, and the profile work to ada@example.com',
    )
  })

  it("does not use the same person's login at another server", () => {
    const login = makeLogin({issuer: 'https://mogplex.example', baseUrl: 'https://mogplex.example'})
    const env = {MOGPLEX_URL: 'https://mogplex.example'}
    expect(() => sessionOf({env, before: [login]}).require('account')).to.throw(
      'it belongs to ada@example.com at mogplex.example, and the profile work to ada@example.com at mogplex.com',
    )
  })

  it("does not use another account's stored key", () => {
    const key = makeKey('mogplex', {account: BOB})
    expect(() => sessionOf({before: [key]}).require('account'))
      .to.throw()
      .that.includes({exitCode: 64})
    const session = sessionOf({before: [makeLogin(), makeKeyBeside({account: BOB})]})
    const {model} = session.resolution
    expect(model.kind === 'credential' && model.credential.type).to.equal('oauth')
  })

  it('uses the server of the profile', () => {
    const issuer = 'https://mogplex.work'
    const before = [makeLogin({issuer, baseUrl: issuer})]
    const session = sessionOf({before, account: () => ({issuer, baseUrl: issuer, account: ADA})})
    expect(session.settings).to.include({issuer, baseUrl: issuer})
    expect(session.accountCredential().account?.id).to.equal('usr_1')
  })

  it('lets an unknown key act, and reports it once', () => {
    const session = sessionOf({env: KEY, before: [makeLogin()]})
    session.require('account')
    session.refresh()
    expect(session.takeNotices()).to.deep.equal([
      'MOGPLEX_API_KEY acts in the profile work, and whose it is, is not known: `mogplex whoami --verify` finds out.',
    ])
    expect(session.takeNotices()).to.deep.equal([])
  })

  it('reports that a key acts in a profile to which nobody ever signed in', () => {
    const session = sessionOf({env: KEY, account: () => undefined})
    session.require('account')
    expect(session.takeNotices()).to.deep.equal([
      'MOGPLEX_API_KEY is used: nobody is signed in to the profile work.',
    ])
  })

  it('reports nothing for a key that is known to belong to the account', () => {
    const session = sessionOf(learnt('usr_1'))
    expect(session.accountCredential().account?.email?.printable()).to.equal('usr_1@example.com')
    expect(session.takeNotices()).to.deep.equal([])
  })

  for (const need of ['account', 'write', 'model', 'any'] as const) {
    it(`refuses a key of another account, for ${need}, and uses nothing in its place`, () => {
      const before = [makeLogin(), makeKey('openai')]
      const session = sessionOf({...learnt('usr_2'), before})
      expect(() => session.require(need))
        .to.throw(
          'MOGPLEX_API_KEY is set, and it belongs to usr_2@example.com, and the profile work to ada@example.com.',
        )
        .that.includes({code: 'OTHER_ACCOUNT', exitCode: 64})
    })
  }

  it('does not use the answer of another server about a key', () => {
    const session = sessionOf(learnt('usr_2', 'https://mogplex.example'))
    session.require('account')
    expect(session.takeNotices()).to.have.length(1)
  })

  it('sends no key to the server of the profile that was meant for another one', () => {
    const issuer = 'https://mogplex.work'
    const account = () => ({issuer, baseUrl: issuer, account: ADA})
    expect(() => sessionOf({env: KEY, account}).require('account'))
      .to.throw(
        'it is meant for mogplex.com, and the profile work belongs to ada@example.com at mogplex.work',
      )
      .that.includes({code: 'OTHER_ACCOUNT'})
    const env = {...KEY, MOGPLEX_URL: issuer}
    sessionOf({env, account}).require('account')
  })

  it('does not switch when the profile changes its account meanwhile', () => {
    let owner = OF_ADA
    let before = [makeLogin()]
    const profile = {name: 'work', problem: undefined, account: () => owner, keys: () => ({})}
    const session = makeSession({read: () => contents(stored(...before)), profile})
    session.require('account')
    owner = {...OF_ADA, account: BOB}
    before = [makeLogin({account: BOB, grantId: 'grant-2'})]
    session.refresh()
    expect(() => session.require('account')).to.throw('it belongs to bob@example.com')
    session.accept()
    expect(session.accountCredential().account?.id).to.equal('usr_2')
  })

  it('takes the account from the stored login, where none is recorded', () => {
    const session = sessionOf({...learnt('usr_2'), before: [makeLogin()], account: () => undefined})
    expect(() => session.require('account'))
      .to.throw()
      .that.includes({code: 'OTHER_ACCOUNT'})
  })

  it('lets nothing act where it cannot be used', () => {
    const problem = Object.assign(new Error('No.'), {code: 'NO', exitCode: 1, remedy: ''})
    const session = sessionOf({env: KEY, problem: problem as unknown as undefined})
    expect(() => session.require('account')).to.throw('No.')
    expect(session.tryResolution()).to.equal(undefined)
  })
})
