import {expect} from 'chai'
import {loginNotices} from '../../../../src/domain/credential/login-notices.js'
import {keyProblem} from '../../../../src/domain/credential/malformed.js'
import {providerOf} from '../../../../src/domain/credential/provider-table.js'
import {
  foreign,
  makeKey,
  makeLogin,
  OVER,
  resolve,
  stored,
} from '../../../support/make-credential.js'

const MOGPLEX = providerOf('mogplex')
const OPENAI = providerOf('openai')
const ADA = {account: {id: 'usr_1'}}
const SHELL = {MOGPLEX_API_KEY: 'mog_1'}
const WINS = 'MOGPLEX_API_KEY is set and outranks every login.  unset MOGPLEX_API_KEY'

describe('loginNotices', () => {
  it('are empty where nobody is signed in and no variable is set', () => {
    for (const entries of [[], [foreign('mogplex')], stored(makeLogin(OVER), makeKey('openai'))]) {
      const env = {MOGPLEX_API_KEY: ' ', OPENAI_API_KEY: 'sk-1'}
      expect(loginNotices(resolve({env, stored: entries}), MOGPLEX)).to.deep.equal([])
    }
  })

  it('say who is signed in, and that a new login replaces it', () => {
    const said = 'You are signed in as ada@example.com; another login replaces it.'
    const resolution = resolve({env: {OPENAI_API_KEY: 'sk-1'}, stored: stored(makeLogin())})
    expect(loginNotices(resolution, MOGPLEX)).to.deep.equal([said])
    expect(loginNotices(resolution, MOGPLEX, 'oauth')).to.deep.equal([said])
  })

  it('do not say that a key replaces a login, or a login a key', () => {
    const login = resolve({stored: stored(makeLogin())})
    expect(loginNotices(login, MOGPLEX, 'api-key')).to.deep.equal([
      'You are signed in as ada@example.com.',
    ])
    const key = resolve({stored: stored(makeKey('mogplex', ADA))})
    expect(loginNotices(key, MOGPLEX, 'oauth')).to.deep.equal(['You are signed in as usr_1.'])
    expect(loginNotices(key, MOGPLEX, 'api-key')).to.deep.equal([
      'You are signed in as usr_1; another key replaces it.',
    ])
  })

  it('say that the variable wins whatever is stored, and what to unset', () => {
    expect(loginNotices(resolve({env: SHELL}), MOGPLEX)).to.deep.equal([WINS])
    expect(loginNotices(resolve({env: SHELL, stored: stored(makeLogin())}), MOGPLEX)).to.deep.equal(
      [WINS, 'The stored login is of ada@example.com; another login replaces it.'],
    )
    const both = {...SHELL, OPENAI_API_KEY: 'sk-1'}
    expect(loginNotices(resolve({env: both, stored: stored(makeLogin())}), OPENAI)).to.deep.equal([
      'OPENAI_API_KEY is set and outranks every stored OpenAI key.  unset OPENAI_API_KEY',
    ])
  })

  it('say so for a malformed variable, and why', () => {
    const why = keyProblem(MOGPLEX, '***') ?? ''
    expect(loginNotices(resolve({env: {MOGPLEX_API_KEY: '***'}}), MOGPLEX)).to.deep.equal([
      `MOGPLEX_API_KEY is set, and ${why}. It outranks every login all the same.  unset MOGPLEX_API_KEY`,
    ])
  })
})
