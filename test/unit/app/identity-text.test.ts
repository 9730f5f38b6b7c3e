import type {AccountReport, Identity} from '@mogplex/plugin-kit/session'
import {expect} from 'chai'
import {identityText} from '../../../src/app/identity-text.js'
import {AUTH_PATH} from '../../support/make-credential.js'
import {DECEMBER, FIVE, MARKED, DISPLAY_OPTIONS} from './make-display-options.js'

const FILE = {type: 'file', path: AUTH_PATH} as const
const ADA: AccountReport = {
  kind: 'oauth',
  id: 'usr_1',
  email: 'ada@example.com',
  name: 'Ada',
  scopes: ['read', 'write'],
  source: FILE,
  issuer: 'https://mogplex.com',
  expiresAt: FIVE.toISOString(),
  signedInUntil: DECEMBER.toISOString(),
  verifiedAt: null,
}
const SHELL_KEY: AccountReport = {
  kind: 'api-key',
  id: null,
  email: null,
  name: null,
  scopes: null,
  source: {type: 'env', variable: 'MOGPLEX_API_KEY'},
  issuer: 'https://mogplex.com',
  expiresAt: null,
  signedInUntil: null,
  verifiedAt: null,
}
const LOGIN_PAYS = {provider: 'mogplex', source: FILE}
const OPENAI_PAYS = {provider: 'openai', source: {type: 'env', variable: 'OPENAI_API_KEY'} as const}

function identity(changes: Partial<Identity> = {}): Identity {
  return {account: ADA, model: LOGIN_PAYS, outranked: [], ...changes}
}

function outranked(purpose: 'account' | 'model', by: string): Identity['outranked'] {
  return [{provider: 'mogplex', source: FILE, by, for: purpose}]
}

function lines(of: Identity, unverified = false): string[] {
  return identityText(of, DISPLAY_OPTIONS, {unverified}).split('\n')
}

describe('identityText', () => {
  it('shows the account, its source, and the payer although there is a login', () => {
    const losers = outranked('model', 'OPENAI_API_KEY')
    expect(lines(identity({model: OPENAI_PAYS, outranked: losers}))).to.deep.equal([
      'ada@example.com (Ada), read and write, signed in until 23 Dec if unused',
      '  from     ~/.mogplex/auth.json, mogplex.com',
      '  prompts  OPENAI_API_KEY pays: it outranks your login.  unset OPENAI_API_KEY',
    ])
  })

  it('names the account of a login that does not count, and what to do', () => {
    const unused = {message: 'The login of ada@example.com expired.', remedy: 'Run /login.'}
    expect(
      identityText(identity({account: null, model: OPENAI_PAYS}), DISPLAY_OPTIONS, {unused}),
    ).to.equal(
      [
        'No Mogplex account',
        '  login    The login of ada@example.com expired. Run /login.',
        '  prompts  OPENAI_API_KEY pays',
      ].join('\n'),
    )
  })

  it('shows where prompts are sent when a variable replaced the address', () => {
    const at = (url: string | null) => ({
      ...OPENAI_PAYS,
      baseUrl: {url, variable: 'OPENAI_BASE_URL'},
    })
    const proxied = lines(identity({model: at('https://proxy.test/v1')}))[2]
    expect(proxied).to.include('https://proxy.test/v1').and.include('OPENAI_BASE_URL')
  })

  it('says which variable is the problem, why, and the command that fixes it', () => {
    const problem = (variable: string) => ({
      source: {type: 'env', variable} as const,
      why: 'it is in quotes',
      remedy: `unset ${variable}`,
    })
    const key = problem('MOGPLEX_API_KEY')
    const nobody = {account: null, accountProblem: key, model: null, modelProblem: key}
    const said = 'MOGPLEX_API_KEY is set, and it is in quotes.  unset MOGPLEX_API_KEY'
    expect(lines(identity(nobody))).to.deep.equal([
      'No Mogplex account',
      `  account  ${said}`,
      `  prompts  ${said}`,
    ])
    const address = problem('OPENAI_BASE_URL')
    for (const [model, payer] of [
      [OPENAI_PAYS, 'OPENAI_API_KEY'],
      [{provider: 'openai', source: FILE}, 'your stored OpenAI key'],
    ] as const) {
      expect(lines(identity({model, modelProblem: address}))[2]).to.equal(
        `  prompts  ${payer} would pay, but OPENAI_BASE_URL is set, and it is in quotes.  unset OPENAI_BASE_URL`,
      )
    }
  })

  it('is short where the login itself pays', () => {
    expect(lines(identity())[2]).to.equal('  prompts  your login pays, as far as its plan goes')
  })

  it('says that a login cannot pay, and how something can', () => {
    const modelProblem = {source: FILE, why: 'your login cannot pay', remedy: 'mogplex login --x'}
    const [, , prompts] = lines(identity({model: null, modelProblem}))
    expect(prompts).to.equal('  prompts  your login cannot pay.  mogplex login --x')
  })

  it('shows the time for today, and nothing where the end is unknown', () => {
    const today = {...ADA, signedInUntil: FIVE.toISOString()}
    expect(lines(identity({account: today}))[0]).to.match(/, signed in until 17:00$/)
    const open = {...ADA, signedInUntil: null}
    expect(lines(identity({account: open}))[0]).to.equal('ada@example.com (Ada), read and write')
  })

  it('promises nothing that has expired', () => {
    const unused = {...ADA, signedInUntil: new Date(2026, 9, 2).toISOString()}
    expect(lines(identity({account: unused}))[0]).to.match(
      /, signed in until 2 Oct, unless it was used elsewhere$/,
    )
  })

  it('shows when the server last confirmed it, or that it could not', () => {
    const verified = {...ADA, verifiedAt: FIVE.toISOString()}
    expect(lines(identity({account: verified}))[0]).to.match(/, verified 17:00$/)
    expect(lines(identity(), true)[0]).to.match(/, unverified$/)
    const both = lines(identity({account: verified}), true)[0]
    expect(both)
      .to.match(/, unverified$/)
      .and.not.to.include('17:00')
  })

  it('says that a variable signs in, which outranks the login, and how to change that', () => {
    const by = 'MOGPLEX_API_KEY'
    const losers = [...outranked('account', by), ...outranked('model', by)]
    const model = {provider: 'mogplex', source: SHELL_KEY.source}
    expect(lines(identity({account: SHELL_KEY, model, outranked: losers}))).to.deep.equal([
      'Signed in by MOGPLEX_API_KEY, scopes unknown',
      '  from     MOGPLEX_API_KEY, mogplex.com: it outranks your login.  unset MOGPLEX_API_KEY',
      '  prompts  MOGPLEX_API_KEY pays',
    ])
    const alone = lines(identity({account: SHELL_KEY, model}))
    expect(alone[1]).to.equal('  from     MOGPLEX_API_KEY, mogplex.com')
  })

  it('names what is stored where the account has no name', () => {
    const key = {...SHELL_KEY, source: FILE}
    expect(lines(identity({account: key}))[0]).to.match(/^Signed in by a stored API key, /)
    const login = {...ADA, id: null, email: null, name: null}
    expect(lines(identity({account: login}))[0]).to.match(/^Signed in, account not named, /)
  })

  it('says that there is no account, and what pays', () => {
    expect(lines(identity({account: null, model: OPENAI_PAYS}))).to.deep.equal([
      'No Mogplex account',
      '  prompts  OPENAI_API_KEY pays',
    ])
    const stored = {provider: 'openai', source: FILE}
    expect(lines(identity({account: null, model: stored}))[1]).to.equal(
      '  prompts  your stored OpenAI key pays',
    )
    expect(lines(identity({account: null, model: null}))[1]).to.equal(
      '  prompts  nothing pays for them',
    )
  })

  it('does not say that a login is outranked when another key is', () => {
    const losers = [{...OPENAI_PAYS, by: 'ANTHROPIC_API_KEY', for: 'model' as const}]
    const model = {provider: 'anthropic', source: {type: 'env', variable: 'ANTHROPIC_API_KEY'}}
    const of = {...identity({outranked: losers}), model} as Identity
    expect(lines(of)[2]).to.equal('  prompts  ANTHROPIC_API_KEY pays')
  })

  it('emphasises the account, and commands', () => {
    const losers = outranked('model', 'OPENAI_API_KEY')
    const text = identityText(identity({model: OPENAI_PAYS, outranked: losers}), MARKED)
    expect(text).to.match(/^<strong ada@example.com \(Ada\)>, /)
    expect(text).to.match(/<command unset OPENAI_API_KEY>$/)
    const nobody = identityText(identity({account: null}), MARKED)
    expect(nobody).to.match(/^<strong No Mogplex account>\n/)
  })
})
