import {expect} from 'chai'
import {receiptText} from '../../../src/app/receipt-text.js'
import type {Receipt, Removed, StillThere} from '../../../src/domain/credential/receipt.js'
import {AUTH_PATH} from '../../support/make-credential.js'
import {DECEMBER, FIVE, MARKED, DISPLAY_OPTIONS} from './make-display-options.js'
import {makeAccount} from '../../support/make-account.js'

const ISSUER = 'https://mogplex.com'
const NO_LISTS = {models: 0, mcpServers: 0}
const ENDS = {accessTokenEnds: FIVE, refreshTokenEnds: DECEMBER}
const LOGIN: Removed = {
  provider: 'mogplex',
  kind: 'oauth',
  path: AUTH_PATH,
  account: makeAccount({id: 'usr_1', email: 'ada@example.com'}),
}
const KEY: Removed = {provider: 'openai', kind: 'api-key', path: AUTH_PATH, account: undefined}
const OPENAI: StillThere = {
  provider: 'openai',
  for: 'model',
  remedy: 'unset OPENAI_API_KEY',
  source: {type: 'env', variable: 'OPENAI_API_KEY'},
}

function lines(receipt: Partial<Receipt>): string[] {
  const whole = {
    removed: [],
    hosted: NO_LISTS,
    history: 0,
    revocation: undefined,
    stillThere: [],
    copies: [],
    failures: [],
    ...receipt,
  }
  return receiptText(whole, DISPLAY_OPTIONS).split('\n')
}

describe('receiptText', () => {
  it("shows what was removed, the server's result, and what still pays", () => {
    const revocation = {state: 'not-offered', issuer: ISSUER, ...ENDS} as const
    expect(lines({removed: [LOGIN], revocation, stillThere: [OPENAI]})).to.deep.equal([
      'Signed out of Mogplex: ada@example.com',
      '  removed        the login in ~/.mogplex/auth.json',
      '  at the server  not revoked: mogplex.com offers no way to. The access token ends by 17:00, the refresh token by 23 Dec.',
      '  still there    OPENAI_API_KEY is set and will pay for your next prompts.  unset OPENAI_API_KEY',
    ])
  })

  it('names files beside auth.json that may contain credentials, and removed ones', () => {
    const copies = [
      {path: `${AUTH_PATH}.broken-1`, removed: true},
      {path: `${AUTH_PATH}.foreign-2`, removed: false},
      {path: "/it's here/auth.json.foreign-2", removed: false},
    ]
    expect(lines({removed: [LOGIN], copies}).slice(2)).to.deep.equal([
      '  removed      ~/.mogplex/auth.json.broken-1',
      '  still there  ~/.mogplex/auth.json.foreign-2 may hold credentials.  rm ~/.mogplex/auth.json.foreign-2',
      "  still there  /it's here/auth.json.foreign-2 may hold credentials.  rm '/it'\\''s here/auth.json.foreign-2'",
    ])
  })

  it('shows what was removed from the history', () => {
    expect(lines({removed: [LOGIN], history: 1})[2]).to.equal(
      '  removed  1 entry of history.jsonl, with something secret in it',
    )
    expect(lines({removed: [LOGIN], history: 3})[2]).to.match(/3 entries .* in them$/)
  })

  it('says that nobody was signed in, and what still signs in', () => {
    expect(lines({})).to.deep.equal(['Nothing was stored: nobody was signed in.'])
    expect(lines({stillThere: [OPENAI]})).to.have.lengthOf(2)
  })

  it('names the lists that were removed with the login, and no missing ones', () => {
    for (const [hosted, text] of [
      [{models: 42, mcpServers: 3}, ', 42 models, 3 MCP servers'],
      [{models: 1, mcpServers: 1}, ', 1 model, 1 MCP server'],
      [{models: 0, mcpServers: 2}, ', 2 MCP servers'],
      [{models: 2, mcpServers: 0}, ', 2 models'],
      [NO_LISTS, ''],
    ] as const) {
      expect(lines({removed: [LOGIN], hosted})[1]).to.equal(
        `  removed  the login in ~/.mogplex/auth.json${text}`,
      )
    }
  })

  it('names the lists with the login, not with the key of another provider', () => {
    const hosted = {models: 42, mcpServers: 3}
    expect(lines({removed: [KEY, LOGIN], hosted}).slice(1)).to.deep.equal([
      '  removed  the OpenAI key in ~/.mogplex/auth.json',
      '  removed  the login in ~/.mogplex/auth.json, 42 models, 3 MCP servers',
    ])
  })

  it('says that lists were removed although there was no login', () => {
    const hosted = {models: 42, mcpServers: 0}
    expect(lines({hosted})).to.deep.equal(['No login was stored.', '  removed  42 models'])
  })

  it('says that the login is revoked', () => {
    const receipt = {removed: [LOGIN], revocation: {state: 'revoked', issuer: ISSUER} as const}
    expect(lines(receipt)[2]).to.equal('  at the server  revoked at mogplex.com')
  })

  it('says why the login is not revoked, and until when it works', () => {
    const why = 'mogplex.com is in trouble: it answers 503.'
    const failed = {state: 'failed', issuer: ISSUER, why} as const
    const unknown = {accessTokenEnds: undefined, refreshTokenEnds: undefined}
    const textOf = (ends: Partial<typeof ENDS>): string | undefined =>
      lines({removed: [LOGIN], revocation: {...failed, ...unknown, ...ends}})[2]
    const start = '  at the server  not revoked: mogplex.com is in trouble: it answers 503.'
    expect(textOf({})).to.equal(start)
    expect(textOf({accessTokenEnds: FIVE})).to.equal(`${start} The access token ends by 17:00.`)
    expect(textOf({refreshTokenEnds: DECEMBER})).to.equal(
      `${start} The refresh token ends by 23 Dec.`,
    )
  })

  it('names the account as far as known', () => {
    const named = {
      ...LOGIN,
      account: makeAccount({id: 'usr_1', email: 'ada@example.com', name: 'Ada'}),
    }
    expect(lines({removed: [named]})[0]).to.equal('Signed out of Mogplex: ada@example.com (Ada)')
    expect(lines({removed: [{...LOGIN, account: undefined}]})[0]).to.equal('Signed out of Mogplex')
  })

  it('names the providers whose keys were removed', () => {
    const groq = {...KEY, provider: 'groq'} as const
    expect(lines({removed: [KEY, groq]})).to.deep.equal([
      'Removed: OpenAI, Groq',
      '  removed  the OpenAI key in ~/.mogplex/auth.json',
      '  removed  the Groq key in ~/.mogplex/auth.json',
    ])
    const mogplexKey = {...LOGIN, kind: 'api-key', account: undefined} as const
    expect(lines({removed: [mogplexKey]})).to.deep.equal([
      'Signed out of Mogplex',
      '  removed  the Mogplex key in ~/.mogplex/auth.json',
    ])
  })

  it('says in one line what still signs in and pays', () => {
    const remedy = 'unset MOGPLEX_API_KEY'
    const source = {type: 'env', variable: 'MOGPLEX_API_KEY'} as const
    const both = (['account', 'model'] as const).map((purpose) => ({
      provider: 'mogplex' as const,
      source,
      for: purpose,
      remedy,
    }))
    expect(lines({removed: [LOGIN], stillThere: both}).slice(2)).to.deep.equal([
      '  still there  MOGPLEX_API_KEY is set, still signs you in, and will pay for your next prompts.  unset MOGPLEX_API_KEY',
    ])
  })

  it('distinguishes a stored key that pays from a variable', () => {
    const source = {type: 'file', path: AUTH_PATH} as const
    const stored = {...OPENAI, source, remedy: undefined}
    expect(lines({stillThere: [stored]})[1]).to.equal(
      '  still there  the OpenAI key in ~/.mogplex/auth.json will pay for your next prompts.',
    )
  })

  it('emphasises the headline and commands', () => {
    const receipt = {
      removed: [LOGIN],
      hosted: NO_LISTS,
      history: 0,
      revocation: undefined,
      stillThere: [OPENAI],
      copies: [],
      failures: [],
    }
    const text = receiptText(receipt, MARKED)
    expect(text).to.match(/^<strong Signed out of Mogplex: ada@example.com>\n/)
    expect(text).to.match(/<command unset OPENAI_API_KEY>$/)
  })
})
