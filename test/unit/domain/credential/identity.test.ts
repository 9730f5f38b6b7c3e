import {expect} from 'chai'
import {inspect} from 'node:util'
import {accountReport, identityOf, rightsOf} from '../../../../src/domain/credential/identity.js'
import {keyProblem} from '../../../../src/domain/credential/malformed.js'
import {type ProviderId, providerOf} from '../../../../src/domain/credential/provider-table.js'
import {cannotPayText, STORING_A_KEY} from '../../../../src/domain/credential/login-for-prompts.js'
import {
  AUTH_PATH,
  ISSUER,
  makeKey,
  makeLogin,
  makeShellKey,
  NOW,
  resolve,
  stored,
} from '../../../support/make-credential.js'

const FILE = {type: 'file', path: AUTH_PATH}
const STAGING = 'https://staging.example.com'

describe('identityOf', () => {
  it("names the address that a variable sets in place of the payer's default", () => {
    const env = {OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'https://proxy.test/v1'}
    expect(identityOf(resolve({env}), ISSUER).model?.baseUrl).to.deep.equal({
      url: 'https://proxy.test/v1',
      variable: 'OPENAI_BASE_URL',
    })
    const other = {...env, OPENAI_BASE_URL: '', XAI_BASE_URL: 'https://proxy.test/v1'}
    expect(identityOf(resolve({env: other}), ISSUER).model).not.to.have.property('baseUrl')
  })

  it('says why a login does not pay, where nothing else does', () => {
    const login = makeLogin({prompts: {accepted: false, at: NOW}})
    const {model, modelProblem} = identityOf(resolve({stored: stored(login)}), ISSUER)
    expect({model, modelProblem}).to.deep.equal({
      model: null,
      modelProblem: {source: FILE, why: cannotPayText(ISSUER), remedy: STORING_A_KEY},
    })
    const other = identityOf(resolve({stored: stored(login, makeKey('openai'))}), ISSUER)
    expect(other.model).to.include({provider: 'openai'})
    expect(other).not.to.have.property('modelProblem')
  })

  it('matches the documentation of `whoami --json`: account, model, and outranked sources', () => {
    const env = {OPENAI_API_KEY: 'sk-shell-value'}
    expect(identityOf(resolve({env, stored: stored(makeLogin())}), ISSUER)).to.deep.equal({
      account: {
        kind: 'oauth',
        id: 'usr_1',
        email: 'ada@example.com',
        name: 'Ada',
        scopes: ['read', 'write'],
        source: FILE,
        issuer: 'https://mogplex.com',
        expiresAt: '2026-11-23T17:00:00.000Z',
        verifiedAt: null,
        signedInUntil: '2026-12-23T16:00:00.000Z',
      },
      model: {provider: 'openai', source: {type: 'env', variable: 'OPENAI_API_KEY'}},
      outranked: [{provider: 'mogplex', source: FILE, by: 'OPENAI_API_KEY', for: 'model'}],
    })
  })

  it('has null for absent values', () => {
    const nobody = {account: null, model: null, outranked: []}
    expect(identityOf(resolve(), ISSUER)).to.deep.equal(nobody)
  })

  it('says which variable prevents an account and prompts, why, and how to fix it', () => {
    const of = (variable: string, provider: ProviderId) => ({
      source: {type: 'env', variable},
      why: keyProblem(providerOf(provider), '"x"'),
      remedy: `unset ${variable}`,
    })
    const problem = of('MOGPLEX_API_KEY', 'mogplex')
    expect(
      identityOf(resolve({env: {MOGPLEX_API_KEY: '"x"'}, stored: stored(makeLogin())}), ISSUER),
    ).to.deep.include({account: null, accountProblem: problem, model: null, modelProblem: problem})
    const env = {OPENAI_API_KEY: '"x"', OPENAI_BASE_URL: 'bogus', GROQ_API_KEY: 'gsk_1'}
    const signedIn = identityOf(resolve({env, stored: stored(makeLogin())}), ISSUER)
    expect(signedIn).not.to.have.property('accountProblem')
    expect(signedIn).to.deep.include({model: null, modelProblem: of('OPENAI_API_KEY', 'openai')})
  })

  it('reports that the address of the payer is invalid', () => {
    const env = {OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'bogus', GROQ_BASE_URL: 'bogus'}
    const {model, modelProblem} = identityOf(resolve({env}), ISSUER)
    expect(model?.baseUrl).to.deep.equal({url: null, variable: 'OPENAI_BASE_URL'})
    expect(modelProblem).to.deep.equal({
      source: {type: 'env', variable: 'OPENAI_BASE_URL'},
      why: 'it is not an https address',
      remedy: 'unset OPENAI_BASE_URL',
    })
  })

  it('lists every outranked source, for the account and for prompts', () => {
    const entries = stored(makeLogin(), makeKey('groq'))
    const env = {MOGPLEX_API_KEY: 'mog_1', XAI_API_KEY: 'xai-1'}
    const {outranked} = identityOf(resolve({env, stored: entries}), ISSUER)
    expect(outranked.map(({provider, by, for: what}) => [what, provider, by])).to.deep.equal([
      ['account', 'mogplex', 'MOGPLEX_API_KEY'],
      ['model', 'xai', 'MOGPLEX_API_KEY'],
      ['model', 'mogplex', 'MOGPLEX_API_KEY'],
      ['model', 'groq', 'MOGPLEX_API_KEY'],
    ])
  })

  it('contains no secret, however it is printed', () => {
    const env = {MOGPLEX_API_KEY: 'mog_shell-value', XAI_API_KEY: 'xai-shell-value'}
    for (const resolution of [
      resolve({env, stored: stored(makeLogin(), makeKey('groq'))}),
      resolve({stored: stored(makeLogin(), makeKey('groq'))}),
    ]) {
      const identity = identityOf(resolution, ISSUER)
      for (const text of [JSON.stringify(identity), inspect(identity, {depth: null})]) {
        expect(text).not.to.match(/token-value|shell-value|stored-groq-key|redacted/)
      }
    }
  })
})

describe('accountReport', () => {
  it("has the issuer of a stored credential, and needs one for a variable's", () => {
    expect(accountReport(makeLogin({issuer: STAGING}), ISSUER).issuer).to.equal(STAGING)
    expect(accountReport(makeKey('mogplex'), STAGING).issuer).to.equal(ISSUER)
    expect(accountReport(makeKey('mogplex', {issuer: STAGING}), ISSUER).issuer).to.equal(STAGING)
    expect(accountReport(makeShellKey(), STAGING).issuer).to.equal(STAGING)
  })

  it('has null for everything that a key does not reveal', () => {
    expect(accountReport(makeShellKey(), ISSUER)).to.deep.equal({
      kind: 'api-key',
      id: null,
      email: null,
      name: null,
      scopes: null,
      source: {type: 'env', variable: 'MOGPLEX_API_KEY'},
      issuer: ISSUER,
      expiresAt: null,
      signedInUntil: null,
      verifiedAt: null,
    })
  })

  it('has null for everything that a login may lack', () => {
    const login = makeLogin({account: undefined, scopes: undefined, expiresAt: undefined})
    expect(accountReport(login, ISSUER)).to.include({id: null, scopes: null, expiresAt: null})
  })

  it('has the time when the server last confirmed the login', () => {
    const {verifiedAt} = accountReport(makeLogin({verifiedAt: new Date(0)}), ISSUER)
    expect(verifiedAt).to.equal('1970-01-01T00:00:00.000Z')
  })
})

describe('rightsOf', () => {
  it('leaves out the scopes of OpenID Connect, and keeps unknown ones', () => {
    expect(rightsOf(makeLogin())).to.deep.equal(['read', 'write'])
    expect(rightsOf(makeLogin({scopes: ['openid', 'admin']}))).to.deep.equal(['admin'])
  })

  it('distinguishes no scope from unknown scopes', () => {
    expect(rightsOf(makeLogin({scopes: ['openid']}))).to.deep.equal([])
    expect(rightsOf(makeLogin({scopes: undefined}))).to.equal(undefined)
    expect(rightsOf(makeShellKey())).to.equal(undefined)
  })
})
