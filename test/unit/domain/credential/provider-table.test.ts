import {createRedactor, knownSecrets} from '@mogplex/redaction'
import {expect} from 'chai'
import {keysPage} from '../../../../src/domain/credential/provider-address.js'
import {
  isProviderId,
  KEY_FORMATS,
  providerName,
  providerOf,
  PROVIDERS,
} from '../../../../src/domain/credential/provider-table.js'

// The table of design.md, section 2: down its left column, then down its right one.
const PROMISED = [
  ['mogplex', 'MOGPLEX_API_KEY', '{base}/api/cli/inference', 'mog_'],
  ['anthropic', 'ANTHROPIC_API_KEY', 'https://api.anthropic.com/v1', 'sk-ant-'],
  ['openai', 'OPENAI_API_KEY', 'https://api.openai.com/v1', 'sk-proj-'],
  [
    'google',
    'GOOGLE_GENERATIVE_AI_API_KEY',
    'https://generativelanguage.googleapis.com/v1beta/openai',
    'AIza',
  ],
  ['groq', 'GROQ_API_KEY', 'https://api.groq.com/openai/v1', 'gsk_'],
  ['mistral', 'MISTRAL_API_KEY', 'https://api.mistral.ai/v1', undefined],
  ['deepseek', 'DEEPSEEK_API_KEY', 'https://api.deepseek.com/v1', undefined],
  ['xai', 'XAI_API_KEY', 'https://api.x.ai/v1', 'xai-'],
  ['cohere', 'COHERE_API_KEY', 'https://api.cohere.ai/compatibility/v1', undefined],
  ['vercel', 'VERCEL_API_TOKEN', 'https://ai-gateway.vercel.sh/v1', undefined],
] as const

describe('PROVIDERS', () => {
  it('holds the ten providers with variable, base URL and prefix, highest rank first', () => {
    const rows = PROVIDERS.map(({id, variable, baseUrl, keyPrefix}) => [
      id,
      variable,
      baseUrl,
      keyPrefix,
    ])
    expect(rows).to.deep.equal(PROMISED)
  })

  it('has no prefix that starts another one', () => {
    const prefixes = PROVIDERS.flatMap(({keyPrefix}) => keyPrefix ?? [])
    for (const prefix of prefixes) {
      expect(prefixes.filter((other) => other.startsWith(prefix))).to.deep.equal([prefix])
    }
  })

  it('has for each provider the page for keys, with https', () => {
    for (const provider of PROVIDERS) {
      const page = keysPage(provider, 'https://mogplex.test')
      expect(new URL(page).protocol).to.equal('https:')
    }
  })
})

describe('isProviderId', () => {
  it('knows exactly the ids of the table', () => {
    for (const {id} of PROVIDERS) expect(isProviderId(id)).to.equal(true)
    for (const id of ['', 'Mogplex', 'toString', '__proto__', 'open-ai']) {
      expect(isProviderId(id)).to.equal(false)
    }
  })
})

describe('providerOf', () => {
  it('finds the row of each id', () => {
    for (const provider of PROVIDERS) expect(providerOf(provider.id)).to.equal(provider)
  })
})

describe('providerName', () => {
  it('is the display name; an unknown id is returned unchanged', () => {
    expect(providerName('openai')).to.equal('OpenAI')
    expect(providerName('vercel')).to.equal('Vercel AI Gateway')
    expect(providerName('somebody-else')).to.equal('somebody-else')
  })
})

describe('KEY_FORMATS', () => {
  it('are those of every provider that has a prefix of its own', () => {
    const redactor = createRedactor({known: knownSecrets(), formats: KEY_FORMATS})
    const prefixes = PROVIDERS.flatMap(({keyPrefix}) => keyPrefix ?? [])
    expect(prefixes).to.include('mog_')
    for (const prefix of prefixes) {
      expect(redactor.redact(`(${prefix}abcdef)`)).to.equal('([redacted])')
    }
  })
})
