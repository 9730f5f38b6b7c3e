import {expect} from 'chai'
import type {SourceState} from '../../../../src/domain/credential/candidates.js'
import type {TraceEntry} from '../../../../src/domain/credential/precedence.js'
import {remedyFor} from '../../../../src/domain/credential/remedies.js'
import type {Credential} from '../../../../src/domain/credential/credential.js'
import {AUTH_PATH, makeKey, makeLogin, NOW} from '../../../support/make-credential.js'

const FILE = {type: 'file', path: AUTH_PATH} as const
const SHELL = {source: {type: 'env', variable: 'OPENAI_API_KEY'}, provider: 'openai'} as const
const LOGIN = {source: FILE, provider: 'mogplex', credential: makeLogin()} as const
const KEY = {source: FILE, provider: 'openai', credential: makeKey('openai')} as const

function remedy(entry: Omit<TraceEntry, 'for'>): string | undefined {
  return remedyFor({for: 'model', ...entry})
}

describe('remedyFor', () => {
  it('is empty for absent and empty sources', () => {
    expect(remedy({...SHELL, state: 'absent'})).to.equal(undefined)
    expect(remedy({...SHELL, state: 'empty'})).to.equal(undefined)
    expect(remedy({source: FILE, provider: 'groq', state: 'absent'})).to.equal(undefined)
  })

  it('unsets a variable that is used or malformed', () => {
    expect(remedy({...SHELL, state: 'used'})).to.equal('unset OPENAI_API_KEY')
    expect(remedy({...SHELL, state: 'malformed'})).to.equal('unset OPENAI_API_KEY')
  })

  it('unsets an invalid address, and leaves the key', () => {
    const used = {...SHELL, state: 'used'} as const
    const variable = 'OPENAI_BASE_URL'
    expect(remedy({...used, baseUrl: {variable, url: undefined}})).to.equal(`unset ${variable}`)
    expect(remedy({...used, baseUrl: {variable, url: 'https://a.test'}})).to.equal(
      'unset OPENAI_API_KEY',
    )
  })

  it('logs out of a used stored credential', () => {
    expect(remedy({...LOGIN, state: 'used'})).to.equal('mogplex logout')
    expect(remedy({...KEY, state: 'used'})).to.equal('mogplex logout --provider openai')
  })

  it("cannot log out of Codex's own key", () => {
    const codex = {...KEY, credential: makeKey('openai', {obtainedAt: undefined})}
    expect(remedy({...codex, state: 'used'})).to.equal('unset CODEX_HOME')
  })

  for (const state of ['elsewhere', 'expired', 'foreign', 'rejected'] satisfies SourceState[]) {
    it(`logs in again where the login is ${state}`, () => {
      expect(remedy({...LOGIN, state})).to.equal('mogplex login')
    })
  }

  it('stores a key where a login is not accepted for prompts, and logs in where it has ended', () => {
    const refused = makeLogin({prompts: {accepted: false, at: NOW}})
    const over = {...refused, rejected: {at: NOW, why: 'invalid_grant'}}
    const of = (credential: Credential) => remedy({...LOGIN, credential, state: 'rejected'})
    expect(of(refused)).to.equal('mogplex login --with-api-key')
    expect(of(over)).to.equal('mogplex login')
  })

  it('has no command for a foreign key of a provider', () => {
    expect(remedy({source: FILE, provider: 'openai', state: 'foreign'})).to.equal(undefined)
  })

  for (const [by, command] of [
    ['ANTHROPIC_API_KEY', 'unset ANTHROPIC_API_KEY'],
    ['VERCEL_API_TOKEN', 'unset VERCEL_API_TOKEN'],
    ['mogplex in auth.json', 'mogplex logout'],
    ['openai in auth.json', 'mogplex logout --provider openai'],
  ] as const) {
    it(`removes the outranking source: ${by}`, () => {
      expect(remedy({...KEY, state: 'outranked', by})).to.equal(command)
    })
  }
})
