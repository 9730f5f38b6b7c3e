import {expect} from 'chai'
import {
  type ApiKeyCredential,
  bearerOf,
  type Credential,
} from '../../../../src/domain/credential/credential.js'
import type {SourceState} from '../../../../src/domain/credential/candidates.js'
import type {Answer, Resolution} from '../../../../src/domain/credential/precedence.js'
import {keyProblem} from '../../../../src/domain/credential/malformed.js'
import {
  providerOf,
  PROVIDERS,
  type ProviderId,
} from '../../../../src/domain/credential/provider-table.js'
import {
  AUTH_PATH,
  foreign,
  makeKey,
  makeKeyBeside,
  makeLogin,
  OVER,
} from '../../../support/make-credential.js'
import {NOW, resolve, serverAt, stored} from '../../../support/make-credential.js'

const VARIABLES = PROVIDERS.map(({variable}) => variable)
const KEYS = PROVIDERS.map(({id}) => makeKey(id))

/** The answer in a word: the variable, the provider's entry, the malformed variable, or nothing. */
function said(answer: Answer): string {
  if (answer.kind === 'malformed') return `malformed ${answer.variable}`
  if (answer.kind === 'none') return 'none'
  const {source, provider} = answer.credential
  return source.type === 'env' ? source.variable : `stored ${provider}`
}

function stateOf(
  resolution: Resolution,
  provider: ProviderId,
  type: 'env' | 'file',
): SourceState[] {
  return resolution.trace
    .filter((entry) => entry.provider === provider && entry.source.type === type)
    .map(({state}) => state)
}

describe('resolveCredentials', () => {
  it('finds nothing without sources', () => {
    const {account, model, trace} = resolve()
    expect([account, model]).to.deep.equal([{kind: 'none'}, {kind: 'none'}])
    expect(new Set(trace.map(({state}) => state))).to.deep.equal(new Set(['absent']))
  })

  it('lets OPENAI_API_KEY pay for prompts, and keeps the stored login as the account', () => {
    const login = makeLogin()
    const {account, model} = resolve({env: {OPENAI_API_KEY: 'sk-shell'}, stored: stored(login)})
    expect(account).to.deep.equal({kind: 'credential', credential: login})
    expect(said(model)).to.equal('OPENAI_API_KEY')
  })

  for (const [rank, variable] of VARIABLES.entries()) {
    it(`lets ${variable} pay before every variable below it, and before all stored credentials`, () => {
      const env = Object.fromEntries(VARIABLES.slice(rank).map((name) => [name, `key-${name}`]))
      const {account, model} = resolve({env, stored: stored(...KEYS)})
      expect(said(model)).to.equal(variable)
      expect(said(account)).to.equal(rank === 0 ? 'MOGPLEX_API_KEY' : 'stored mogplex')
    })
  }

  for (const [rank, {id}] of PROVIDERS.entries()) {
    it(`lets a stored ${id} credential pay before stored keys of every provider below it`, () => {
      const entries = stored(...KEYS.slice(rank)).reverse() // the order in the file does not matter
      const {account, model} = resolve({stored: entries})
      expect(said(model)).to.equal(`stored ${id}`)
      expect(said(account)).to.equal(id === 'mogplex' ? 'stored mogplex' : 'none')
    })
  }

  it('lets a stored login pay before stored provider keys', () => {
    const entries = stored(makeKey('anthropic'), makeKey('openai'), makeLogin())
    expect(said(resolve({stored: entries}).model)).to.equal('stored mogplex')
  })

  for (const {id, variable} of PROVIDERS) {
    it(`prefers ${variable}, trimmed, to the stored key of ${id}`, () => {
      const resolution = resolve({env: {[variable]: ' shell-key\n'}, stored: stored(makeKey(id))})
      expect(said(resolution.model)).to.equal(variable)
      const {model} = resolution
      if (model.kind !== 'credential') throw new Error('Nothing pays.')
      expect(bearerOf(model.credential).reveal()).to.equal('shell-key')
      expect(new Set(stateOf(resolution, id, 'file'))).to.deep.equal(new Set(['outranked']))
    })
  }

  it('never uses the key of a provider as the account', () => {
    const env = Object.fromEntries(VARIABLES.slice(1).map((name) => [name, 'key']))
    const {account} = resolve({env, stored: stored(...KEYS.slice(1))})
    expect(account).to.deep.equal({kind: 'none'})
  })

  for (const {id, variable} of PROVIDERS) {
    it(`fails with a malformed ${variable}, and never falls to the next source`, () => {
      const env = {[variable]: 'not a key'}
      const {account, model} = resolve({env, stored: stored(...KEYS)})
      expect(said(model)).to.equal(`malformed ${variable}`)
      expect(said(account)).to.equal(id === 'mogplex' ? `malformed ${variable}` : 'stored mogplex')
      expect(JSON.stringify([account, model])).not.to.include('not a key')
    })
  }

  it('says why a variable is malformed', () => {
    const {model, trace} = resolve({env: {OPENAI_API_KEY: 'gsk_1'}})
    const why = keyProblem(providerOf('openai'), 'gsk_1')
    expect(model).to.deep.equal({kind: 'malformed', variable: 'OPENAI_API_KEY', why})
    expect(trace.find(({state}) => state === 'malformed')).to.deep.include({
      why,
      provider: 'openai',
    })
  })

  it('lets a variable above a malformed one win', () => {
    const env = {ANTHROPIC_API_KEY: 'sk-ant-1', OPENAI_API_KEY: 'not a key'}
    expect(said(resolve({env}).model)).to.equal('ANTHROPIC_API_KEY')
  })

  it('distinguishes an empty variable from an absent one, and continues with the next', () => {
    const resolution = resolve({env: {MOGPLEX_API_KEY: '  ', GROQ_API_KEY: 'gsk_1'}})
    expect(stateOf(resolution, 'mogplex', 'env')).to.deep.equal(['empty', 'empty'])
    expect(stateOf(resolution, 'anthropic', 'env')).to.deep.equal(['absent'])
    expect(said(resolution.model)).to.equal('GROQ_API_KEY')
  })

  const UNUSED: Record<string, Credential> = {
    elsewhere: makeLogin({issuer: 'https://staging.example.com'}),
    expired: makeLogin(OVER),
    rejected: makeLogin({rejected: {at: NOW, why: 'invalid_grant'}}),
  }
  for (const [state, login] of Object.entries(UNUSED)) {
    it(`does not use a login that is ${state}; a stored provider key pays then`, () => {
      const resolution = resolve({stored: stored(login, makeKey('openai'))})
      expect(stateOf(resolution, 'mogplex', 'file')).to.deep.equal([state, state])
      expect(said(resolution.account)).to.equal('none')
      expect(said(resolution.model)).to.equal('stored openai')
    })
  }

  it('uses a login and a key only at the API that they were obtained for', () => {
    const [one, other] = ['https://one.example.com', 'https://other.example.com']
    const at = (baseUrl: string | undefined) => ({issuer: one, baseUrl})
    const server = {...serverAt(other), issuer: one}
    for (const make of [makeLogin, makeMogplexKey]) {
      for (const baseUrl of [one, undefined]) {
        const away = resolve({stored: stored(make(at(baseUrl))), server})
        expect(stateOf(away, 'mogplex', 'file')).to.deep.equal(['elsewhere', 'elsewhere'])
        const home = resolve({stored: stored(make(at(baseUrl))), server: serverAt(one)})
        expect(said(home.account)).to.equal('stored mogplex')
      }
      expect(said(resolve({stored: stored(make(at(other))), server}).account)).to.equal(
        'stored mogplex',
      )
    }
  })

  it('reports a login of another issuer as elsewhere, before any other check', () => {
    const login = makeLogin({...OVER, rejected: {at: NOW, why: 'x'}})
    const resolution = resolve({
      stored: stored(login),
      server: serverAt('https://other.example.com'),
    })
    expect(stateOf(resolution, 'mogplex', 'file')).to.deep.equal(['elsewhere', 'elsewhere'])
  })

  it('uses a login up to the millisecond in which it expires, and one without an expiry', () => {
    for (const expiresAt of [new Date(NOW.getTime() + 1), undefined]) {
      const {account} = resolve({stored: stored(makeLogin({expiresAt}))})
      expect(said(account)).to.equal('stored mogplex')
    }
  })

  it('treats a stored Mogplex key without an issuer as one of mogplex.com', () => {
    const entries = stored(makeKey('mogplex'))
    expect(said(resolve({stored: entries}).account)).to.equal('stored mogplex')
    const away = resolve({stored: entries, server: serverAt('https://staging.example.com')})
    expect(said(away.account)).to.equal('none')
    const there = stored(makeKey('mogplex', {issuer: 'https://staging.example.com'}))
    expect(said(resolve({stored: there}).account)).to.equal('none')
  })

  it('ignores foreign members', () => {
    const resolution = resolve({stored: [foreign('mogplex'), foreign('openai')]})
    expect(stateOf(resolution, 'mogplex', 'file')).to.deep.equal(['foreign', 'foreign'])
    expect(stateOf(resolution, 'openai', 'file')).to.deep.equal(['foreign'])
    expect(said(resolution.model)).to.equal('none')
  })

  it('prefers the usable one of two entries of a provider, in any order', () => {
    const both = [foreign('openai'), ...stored(makeKey('openai'))]
    for (const entries of [both, both.toReversed()]) {
      expect(said(resolve({stored: entries}).model)).to.equal('stored openai')
    }
  })

  it('lists the checked sources in order, and what outranks each', () => {
    const env = {ANTHROPIC_API_KEY: 'sk-ant-1', OPENAI_API_KEY: 'sk-1'}
    const {trace} = resolve({env, stored: stored(makeLogin(), makeKey('groq'))})
    expect(trace.map((entry) => [entry.for, entry.source, entry.provider])).to.deep.equal([
      ['account', {type: 'env', variable: 'MOGPLEX_API_KEY'}, 'mogplex'],
      ['account', {type: 'file', path: AUTH_PATH}, 'mogplex'],
      ...PROVIDERS.map(({id, variable}) => ['model', {type: 'env', variable}, id]),
      ...PROVIDERS.map(({id}) => ['model', {type: 'file', path: AUTH_PATH}, id]),
    ])
    const found = trace.filter(({state}) => state !== 'absent')
    expect(found.map((entry) => [entry.for, entry.provider, entry.state, entry.by])).to.deep.equal([
      ['account', 'mogplex', 'used', undefined],
      ['model', 'anthropic', 'used', undefined],
      ['model', 'openai', 'outranked', 'ANTHROPIC_API_KEY'],
      ['model', 'mogplex', 'outranked', 'ANTHROPIC_API_KEY'],
      ['model', 'groq', 'outranked', 'ANTHROPIC_API_KEY'],
    ])
  })

  describe('with a login and a Mogplex key side by side', () => {
    const [login, key] = [makeLogin({account: {id: 'usr_1'}}), makeKeyBeside()]
    const states = ({trace}: Resolution, purpose: 'account' | 'model') =>
      trace
        .filter((entry) => entry.for === purpose && entry.credential !== undefined)
        .map(({source, state, by}) => [
          source.type === 'file' ? (source.member ?? 'mogplex') : source.variable,
          ...[state, by].filter((text) => text !== undefined),
        ])

    it('lets the login be the account, and the key pay', () => {
      const resolution = resolve({stored: stored(login, key)})
      expect(resolution.account).to.include({credential: login})
      expect(resolution.model).to.include({credential: key})
      expect(states(resolution, 'account')).to.deep.equal([
        ['mogplex', 'used'],
        ['mogplex-key', 'outranked', 'mogplex in auth.json'],
      ])
      expect(states(resolution, 'model')).to.deep.equal([
        ['mogplex-key', 'used'],
        ['mogplex', 'outranked', 'mogplex-key in auth.json'],
      ])
    })

    it('uses the key for both where there is no login', () => {
      const {account, model} = resolve({stored: stored(key)})
      expect([account, model]).to.deep.equal(Array(2).fill({kind: 'credential', credential: key}))
    })

    for (const [what, over] of [
      ['rejected', makeLogin({rejected: {at: NOW, why: 'invalid_grant'}})],
      ['expired', makeLogin(OVER)],
    ] as const) {
      it(`never uses the key as the account when the login is ${what}; it still pays`, () => {
        const resolution = resolve({stored: stored(over, key)})
        expect(resolution.account).to.deep.equal({kind: 'none'})
        expect(resolution.model).to.include({credential: key})
        expect(states(resolution, 'account')).to.deep.equal([
          ['mogplex', what],
          ['mogplex-key', 'outranked', 'mogplex in auth.json'],
        ])
      })
    }

    it('uses the key as the account where the login is for another server', () => {
      const elsewhere = makeLogin({issuer: 'https://other.example'})
      expect(resolve({stored: stored(elsewhere, key)}).account).to.include({credential: key})
    })

    it('ignores a key that is known to belong to another account', () => {
      const others = makeKeyBeside({account: {id: 'usr_2'}})
      const resolution = resolve({stored: stored(login, others)})
      expect(resolution.model).to.include({credential: login})
      expect(states(resolution, 'model')).to.deep.equal([
        ['mogplex-key', 'elsewhere'],
        ['mogplex', 'used'],
      ])
    })

    it('outranks both with the variable', () => {
      const env = {MOGPLEX_API_KEY: 'mog_from-the-shell'}
      const {account, model} = resolve({env, stored: stored(login, key)})
      expect([said(account), said(model)]).to.deep.equal(['MOGPLEX_API_KEY', 'MOGPLEX_API_KEY'])
    })
  })

  describe('with a login that its server does not accept for prompts', () => {
    const at = NOW
    const refused = makeLogin({prompts: {accepted: false, at}})

    it('lets the next source pay, and keeps it as the account', () => {
      for (const [others, payer] of [
        [[makeKey('openai')], 'stored openai'],
        [[makeKeyBeside(), makeKey('openai')], 'stored mogplex'],
        [[], 'none'],
      ] as const) {
        const resolution = resolve({stored: stored(refused, ...others)})
        expect(said(resolution.account)).to.equal('stored mogplex')
        expect(said(resolution.model)).to.equal(payer)
      }
    })

    it('shows it as rejected for prompts, and says why', () => {
      const {trace} = resolve({stored: stored(refused)})
      const entries = trace.filter(({credential}) => credential === refused)
      expect(entries.map(({state, why}) => [state, why])).to.deep.equal([
        ['used', undefined],
        ['rejected', 'mogplex.com takes API keys for prompts'],
      ])
    })

    it('counts a login as accepted when the answer is yes or unknown', () => {
      for (const login of [makeLogin(), makeLogin({prompts: {accepted: true, at}})]) {
        const entries = stored(login, makeKey('openai'))
        expect(said(resolve({stored: entries}).model)).to.equal('stored mogplex')
      }
    })
  })

  it('names a winner in the file by its provider, and a malformed one by its variable', () => {
    const byFile = resolve({stored: stored(makeLogin(), makeKey('groq'))})
    expect(byFile.trace.at(-6)).to.include({provider: 'groq', by: 'mogplex in auth.json'})
    const byShell = resolve({env: {XAI_API_KEY: 'a b'}, stored: stored(makeLogin())})
    expect(byShell.trace.find(({state}) => state === 'outranked')?.by).to.equal('XAI_API_KEY')
  })
})

function makeMogplexKey(changes: Partial<ApiKeyCredential>): ApiKeyCredential {
  return makeKey('mogplex', changes)
}
