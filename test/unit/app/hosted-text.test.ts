import type {AccountReport} from '@mogplex/plugin-kit/session'
import {expect} from 'chai'
import {
  countsText,
  mcpServersText,
  modelsText,
  noModelAccessText,
  type ListDisplayOptions,
} from '../../../src/app/hosted-text.js'
import {parseMcpServers} from '../../../src/domain/hosted/mcp-servers.js'
import {parseModels} from '../../../src/domain/hosted/model-catalog.js'
import type {Listing} from '../../../src/services/list-hosted-state.js'
import {findLeaks} from '../../support/leaks.js'
import {MCP_SECRETS, SECRET_MCP_SERVERS} from '../../support/secret-mcp-servers.js'
import {FIVE, MARKED, DISPLAY_OPTIONS} from './make-display-options.js'

const ADA: AccountReport = {
  kind: 'oauth',
  id: 'usr_1',
  email: 'ada@example.com',
  name: 'Ada',
  scopes: ['read'],
  source: {type: 'file', path: '/x'},
  issuer: 'https://mogplex.com',
  expiresAt: null,
  signedInUntil: null,
  verifiedAt: null,
}
const MODELS = parseModels([
  {
    id: 'anthropic/claude-opus-4.1',
    name: 'Claude Opus 4.1',
    contextLength: 200_000,
    pricing: {input: 0.000015, output: 0.000075},
  },
  {id: 'openai/gpt', name: 'GPT', contextLength: 400_000, pricing: {input: 0.00000025}},
  {id: 'moonshotai/kimi', name: 'Kimi'},
])
const SERVERS = parseMcpServers(SECRET_MCP_SERVERS)

const SITE = 'https://mogplex.com'

function listing<T>(entries: readonly T[], changes: Partial<Listing<T>> = {}): Listing<T> {
  return {entries, total: entries.length, syncedAt: FIVE, account: ADA, ...changes}
}

function at(columns?: number): ListDisplayOptions {
  return {...DISPLAY_OPTIONS, columns}
}

describe('modelsText', () => {
  it('is a table of id, name, context and price', () => {
    expect(modelsText(listing(MODELS), SITE, at()).split('\n')).to.deep.equal([
      'model                      name             context  price per 1M',
      'anthropic/claude-opus-4.1  Claude Opus 4.1  200k     $15 in, $75 out',
      'openai/gpt                 GPT              400k     $0.25 in',
      'moonshotai/kimi            Kimi',
      '',
      'synced 17:00, ada@example.com',
    ])
  })

  it('truncates names where a terminal is a little too narrow', () => {
    const lines = modelsText(listing(MODELS), SITE, at(68)).split('\n')
    expect(lines[1]).to.equal('anthropic/claude-opus-4.1  Claude Opus 4…  200k     $15 in, $75 out')
    expect(Math.max(...lines.map(({length}) => length))).to.be.below(68)
  })

  it('has one field per line in 40 columns', () => {
    const lines = modelsText(listing(MODELS), SITE, at(40)).split('\n')
    expect(lines).to.deep.equal([
      'anthropic/claude-opus-4.1',
      '  name          Claude Opus 4.1',
      '  context       200k',
      '  price per 1M  $15 in, $75 out',
      'openai/gpt',
      '  name          GPT',
      '  context       400k',
      '  price per 1M  $0.25 in',
      'moonshotai/kimi',
      '  name  Kimi',
      '',
      'synced 17:00, ada@example.com',
    ])
  })

  it('explains what an account without models lacks', () => {
    const text = modelsText(listing([]), SITE, at(80))
    expect(text.split('\n')).to.deep.equal([
      'This account is signed in but has no access to models.',
      '  Available Models  https://mogplex.com/settings/models',
      '  Plans & Billing   https://mogplex.com/settings/billing',
      '',
      'synced 17:00, ada@example.com',
    ])
  })

  it('names the pages of the Mogplex in use', () => {
    const site = 'http://127.0.0.1:4000'
    expect(modelsText(listing([]), site, at(40)).split('\n').slice(2, 6)).to.deep.equal([
      '  Available Models',
      `  ${site}/settings/models`,
      '  Plans & Billing',
      `  ${site}/settings/billing`,
    ])
  })

  it('distinguishes no match from an empty list', () => {
    const text = modelsText(listing<never>([], {total: 42}), SITE, at(40))
    expect(text).to.equal('No model of 42 matches.\n\nsynced 17:00, ada@example.com')
  })

  it('names the account of the list as far as known', () => {
    const nobody = {...ADA, email: null, name: null, id: null}
    const shell = {type: 'env', variable: 'MOGPLEX_API_KEY'} as const
    for (const [account, who] of [
      [{...ADA, email: null}, 'Ada'],
      [{...ADA, email: null, name: null}, 'usr_1'],
      [nobody, 'the stored credential'],
      [{...nobody, source: shell}, 'MOGPLEX_API_KEY'],
    ] as const) {
      expect(modelsText(listing(MODELS, {account}), SITE, at()).split('\n').at(-1)).to.equal(
        `synced 17:00, ${who}`,
      )
    }
  })

  it('emphasises ids, and not titles', () => {
    const text = modelsText(listing(MODELS), SITE, {...MARKED, columns: 80})
    expect(text).to.match(/^<faint model +name +context +price per 1M>\n<strong anthropic\//)
    expect(text).to.match(/<strong openai\/gpt> +GPT/)
  })
})

describe('mcpServersText', () => {
  it('is a table of names, states, kinds, hosts or programs, and names of secrets', () => {
    const lines = mcpServersText(listing(SERVERS.slice(0, 3)), at()).split('\n')
    expect(lines).to.deep.equal([
      'MCP server  state     kind   where                 headers                             variables',
      'github      enabled   http   mcp.example.com:8443  Authorization, X-Api-Key, X-Object',
      `database    disabled  stdio  db-mcp                ${' '.repeat(36)}DB_PASSWORD, PATH`,
      'line        enabled   stdio  npx',
      '',
      'synced 17:00, ada@example.com',
    ])
  })

  it('has one field per line in 40 columns, the long ones broken between words', () => {
    const lines = mcpServersText(listing(SERVERS.slice(0, 2)), at(40)).split('\n')
    expect(lines).to.deep.equal([
      'github',
      '  state    enabled',
      '  kind     http',
      '  where    mcp.example.com:8443',
      '  headers  Authorization, X-Api-Key,',
      '           X-Object',
      'database',
      '  state      disabled',
      '  kind       stdio',
      '  where      db-mcp',
      '  variables  DB_PASSWORD, PATH',
      '',
      'synced 17:00, ada@example.com',
    ])
  })

  it('leaves out empty columns', () => {
    const [titles] = mcpServersText(listing(SERVERS.slice(2, 3)), at()).split('\n')
    expect(titles).to.equal('MCP server  state    kind   where')
  })

  it('says that the list is empty, and that nothing matches', () => {
    expect(mcpServersText(listing<never>([]), at())).to.match(
      /^This account has no MCP servers\.\n/,
    )
    const none = mcpServersText(listing<never>([], {total: 3}), at())
    expect(none).to.match(/^No MCP server of 3 matches\.\n/)
  })

  it('shows no secret of a definition', () => {
    const texts = {
      wide: mcpServersText(listing(SERVERS), at()),
      narrow: mcpServersText(listing(SERVERS), at(40)),
    }
    expect(texts.narrow).to.include('schemeless')
    expect(findLeaks({secrets: MCP_SECRETS, texts})).to.deep.equal([])
  })
})

describe('noModelAccessText', () => {
  it('keeps its addresses whole on a narrow terminal', () => {
    expect(noModelAccessText(SITE, {columns: 40}).split('\n')).to.deep.equal([
      'This account is signed in but has no',
      'access to models.',
      '  Available Models',
      '  https://mogplex.com/settings/models',
      '  Plans & Billing',
      '  https://mogplex.com/settings/billing',
    ])
  })
})

describe('countsText', () => {
  it('counts the entries', () => {
    expect(countsText({models: 42, mcpServers: 3})).to.equal('42 models, 3 MCP servers')
    expect(countsText({models: 1, mcpServers: 1})).to.equal('1 model, 1 MCP server')
    expect(countsText({models: 10, mcpServers: 0})).to.equal('10 models')
    expect(countsText({models: 0, mcpServers: 2})).to.equal('2 MCP servers')
    expect(countsText({models: 0, mcpServers: 0})).to.equal('')
  })
})
