import {expect} from 'chai'
import {LoginExpiredError} from '../../../../src/domain/errors/authentication.js'
import {loginCannotPay} from '../../../../src/domain/credential/login-for-prompts.js'
import {unusedLogin, authErrorFor} from '../../../../src/domain/credential/gate.js'
import type {Sources} from '../../../../src/domain/credential/candidates.js'
import {
  foreign,
  ISSUER,
  makeKey,
  makeKeyBeside,
  makeLogin,
  NOW,
  OVER,
} from '../../../support/make-credential.js'
import {resolve, serverAt, stored} from '../../../support/make-credential.js'

const STAGING = 'https://staging.example.com'
const LOGIN = stored(makeLogin())
const EXPIRED = stored(makeLogin(OVER))
const REJECTED = stored(makeLogin({rejected: {at: NOW, why: 'invalid_grant'}}))
const ELSEWHERE = stored(makeLogin({issuer: STAGING}))
const OPENAI = {OPENAI_API_KEY: 'sk-1'}
const NO_OPENAI = {OPENAI_API_KEY: 'hunter 2'}
const NO_MOGPLEX = {MOGPLEX_API_KEY: 'hunter 2'}

const OPEN = undefined
const NOBODY = 'NOT_LOGGED_IN'
const UNPAID = 'NO_MODEL_CREDENTIAL'
const MALFORMED = 'MALFORMED_VARIABLE'
const EXPIRY = 'LOGIN_EXPIRED'
const ENDED = 'CREDENTIAL_REJECTED'

describe('the gate for writing commands', () => {
  const codeOf = (from: Partial<Sources>): Code => authErrorFor('write', resolve(from))?.code

  it('is closed only where the scope is known to be missing', () => {
    expect(codeOf({})).to.equal(NOBODY)
    expect(codeOf({stored: stored(makeLogin({scopes: ['read', 'write']}))})).to.equal(OPEN)
    expect(codeOf({stored: stored(makeLogin({scopes: ['read', 'openid']}))})).to.equal(
      'SCOPE_MISSING',
    )
    expect(codeOf({stored: stored(makeKey('mogplex'))})).to.equal(OPEN)
    expect(codeOf({env: OPENAI})).to.equal(NOBODY)
  })
})

type Code = string | undefined

const CASES: Record<string, [from: Partial<Sources>, account: Code, model: Code, any: Code]> = {
  'nothing is there': [{}, NOBODY, UNPAID, NOBODY],
  'variables are blank': [{env: {MOGPLEX_API_KEY: ' ', XAI_API_KEY: ''}}, NOBODY, UNPAID, NOBODY],
  'MOGPLEX_API_KEY is set': [{env: {MOGPLEX_API_KEY: 'mog_1'}}, OPEN, OPEN, OPEN],
  'a login is stored': [{stored: LOGIN}, OPEN, OPEN, OPEN],
  'a Mogplex key is stored': [{stored: stored(makeKey('mogplex'))}, OPEN, OPEN, OPEN],
  'OPENAI_API_KEY is set': [{env: OPENAI}, NOBODY, OPEN, OPEN],
  'a provider key is stored': [{stored: stored(makeKey('xai'))}, NOBODY, OPEN, OPEN],
  'the login expired': [{stored: EXPIRED}, EXPIRY, EXPIRY, EXPIRY],
  'the login expired and a provider pays': [{stored: EXPIRED, env: OPENAI}, EXPIRY, OPEN, OPEN],
  'the login was rejected': [{stored: REJECTED}, ENDED, ENDED, ENDED],
  'the login is elsewhere': [{stored: ELSEWHERE}, NOBODY, NOBODY, NOBODY],
  'the login is foreign': [{stored: [foreign('mogplex')]}, NOBODY, NOBODY, NOBODY],
  'a provider key is foreign': [{stored: [foreign('openai')]}, NOBODY, UNPAID, NOBODY],
  'MOGPLEX_API_KEY is malformed': [{env: NO_MOGPLEX}, MALFORMED, MALFORMED, MALFORMED],
  'MOGPLEX_API_KEY is malformed, before a login': [
    {env: NO_MOGPLEX, stored: LOGIN},
    MALFORMED,
    MALFORMED,
    MALFORMED,
  ] as [Partial<Sources>, Code, Code, Code],
  'OPENAI_API_KEY is malformed': [{env: NO_OPENAI}, NOBODY, MALFORMED, MALFORMED],
  'OPENAI_API_KEY is malformed, before a login': [
    {env: NO_OPENAI, stored: LOGIN},
    OPEN,
    MALFORMED,
    OPEN,
  ] as [Partial<Sources>, Code, Code, Code],
  'OPENAI_API_KEY is malformed, beside an expired login': [
    {env: NO_OPENAI, stored: EXPIRED},
    EXPIRY,
    MALFORMED,
    MALFORMED,
  ] as [Partial<Sources>, Code, Code, Code],
}

describe('authErrorFor', () => {
  for (const [state, [sources, account, model, any]] of Object.entries(CASES)) {
    for (const [need, code] of Object.entries({account, model, any}) as ['any', Code][]) {
      it(`${code === undefined ? 'lets a command' : `says ${code} to a command`} that needs ${need} where ${state}`, () => {
        const error = authErrorFor(need, resolve(sources))
        expect(error?.code).to.equal(code)
        expect(error?.exitCode).to.equal(code === undefined ? undefined : 64)
      })
    }

    it(`lets a command that needs none where ${state}`, () => {
      expect(authErrorFor('none', resolve(sources))).to.equal(undefined)
    })
  }

  const said = (sources: Partial<Sources>, need: 'account' | 'any' | 'model' = 'account'): string =>
    authErrorFor(need, resolve(sources))?.message ?? ''

  it('names a malformed variable and not its value', () => {
    for (const [env, variable] of [
      [NO_MOGPLEX, 'MOGPLEX_API_KEY'],
      [NO_OPENAI, 'OPENAI_API_KEY'],
    ] as const) {
      for (const need of ['any', 'model'] as const) {
        const error = authErrorFor(need, resolve({env}))
        expect(error).to.include({code: 'MALFORMED_VARIABLE'})
        expect(error?.message).to.include(variable).and.not.include('hunter')
      }
    }
  })

  it('explains that a login is not accepted for prompts: 64, only for a model', () => {
    const sources = {stored: stored(makeLogin({prompts: {accepted: false, at: NOW}}))}
    for (const need of ['account', 'any'] as const) {
      expect(authErrorFor(need, resolve(sources))).to.equal(undefined)
    }
    const {message, remedy} = loginCannotPay(ISSUER)
    expect(authErrorFor('model', resolve(sources))).to.include({message, remedy, exitCode: 64})
  })

  it('says whose login expired, and when', () => {
    const expired = new LoginExpiredError('ada@example.com', new Date('2026-11-23T16:00:00.000Z'))
    expect(said({stored: EXPIRED})).to.equal(expired.message)
  })

  it('says whose login the server ended, when and why', () => {
    expect(said({stored: REJECTED})).to.equal(
      'mogplex.com ended the login of ada@example.com at 2026-11-23 16:00 UTC: invalid_grant.',
    )
  })

  it('names the account of the stored login, and the servers where it is and is not used', () => {
    const lacks = [
      {stored: ELSEWHERE},
      {stored: stored(makeLogin()), server: serverAt(STAGING)},
      {stored: stored(makeLogin()), server: {...serverAt(STAGING), issuer: ISSUER}},
    ]
    for (const lack of lacks) {
      expect(said(lack)).to.include('ada@example.com').and.include(ISSUER).and.include(STAGING)
    }
  })

  it('uses the id where there is no e-mail address, and words where there is neither', () => {
    const byId = stored(makeLogin({...OVER, account: {id: 'usr_1'}}))
    expect(said({stored: byId})).to.include('usr_1')
    const unnamed = stored(makeLogin({...OVER, account: undefined}))
    expect(said({stored: unnamed})).to.include('an unnamed account')
  })

  it('suggests the key beside an ended login, and lets it pay', () => {
    for (const login of [EXPIRED, REJECTED]) {
      const sources = {stored: [...login, ...stored(makeKeyBeside())]}
      expect(authErrorFor('account', resolve(sources))?.remedy).to.include('MOGPLEX_API_KEY')
      expect(authErrorFor('account', resolve(sources))?.exitCode).to.equal(64)
      expect(authErrorFor('model', resolve(sources))).to.equal(undefined)
      expect(authErrorFor('account', resolve({stored: login}))?.remedy).not.to.include(
        'MOGPLEX_API_KEY',
      )
    }
  })

  it('reports that the mogplex entry does not match our format', () => {
    expect(said({stored: [foreign('mogplex')]})).to.include('auth.json has a form')
  })
})

describe('unusedLogin', () => {
  it('names the account of an ended login, even where something else pays', () => {
    const env = {OPENAI_API_KEY: 'sk-of-the-shell'}
    expect(unusedLogin(resolve({env, stored: REJECTED}))?.message).to.include('ada@example.com')
  })

  it('is empty where somebody is signed in, or where no login is stored', () => {
    const env = {MOGPLEX_API_KEY: 'mog_of-the-shell'}
    expect(unusedLogin(resolve({env, stored: REJECTED}))).to.equal(undefined)
    expect(unusedLogin(resolve({}))).to.equal(undefined)
  })
})
