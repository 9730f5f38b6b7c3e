import {expect} from 'chai'
import {keyProblem} from '../../../../src/domain/credential/malformed.js'
import {providerOf, PROVIDERS} from '../../../../src/domain/credential/provider-table.js'

describe('keyProblem', () => {
  for (const provider of PROVIDERS) {
    it(`accepts any printable word as a key of ${provider.name}, with or without its prefix`, () => {
      expect(keyProblem(provider, 'a')).to.equal(undefined)
      expect(keyProblem(provider, `${provider.keyPrefix ?? ''}!~0123456789`)).to.equal(undefined)
    })

    it(`distinguishes a key of another provider from one of ${provider.name}, whole or cut`, () => {
      for (const {id, name, keyPrefix} of PROVIDERS) {
        if (id === provider.id || keyPrefix === undefined) continue
        for (const value of [`${keyPrefix}0123456789`, keyPrefix]) {
          expect(keyProblem(provider, value)).to.equal(
            `it holds a key of ${name}, not of ${provider.name}`,
          )
        }
      }
    })
  }

  for (const character of [
    ' ',
    '\t',
    '\n',
    '\u0000',
    '\u001B',
    '\u007F',
    '\u00E4',
    '\u200B',
    '“',
  ]) {
    it(`refuses ${JSON.stringify(character)} inside a key, without repeating the key`, () => {
      const why = keyProblem(providerOf('openai'), `hunter${character}2`)
      expect(why).to.match(/^it cannot be a key: /)
      expect(why).not.to.include('hunter')
    })
  }

  const KEY = 'mog_hunter2HUNTER2'
  const LOOKS_LIKE_NONE: Record<string, string[]> = {
    'it is in quotes': [
      `"${KEY}"`,
      `'${KEY}'`,
      `\`${KEY}\``,
      `"${KEY}`,
      `${KEY}'`,
      '"',
      `" ${KEY}"`,
    ],
    'it is an assignment, with the name of the variable': [
      `MOGPLEX_API_KEY=${KEY}`,
      `MOGPLEX_API_KEY="${KEY}"`,
      `MOGPLEX_API_KEY = ${KEY}`,
      `export MOGPLEX_API_KEY=${KEY}`,
      `set MOGPLEX_API_KEY=${KEY}`,
      `$env:MOGPLEX_API_KEY = "${KEY}"`,
      `WORK_KEY=${KEY}`,
      `openai_api_key=${KEY}`,
      'OPENAI_API_KEY=',
    ],
    'it is the name of a variable, not its value': [
      ...PROVIDERS.map(({variable}) => variable),
      'mogplex_api_key',
      '"MOGPLEX_API_KEY"',
    ],
    'it is a reference to a variable that was not replaced by its value': [
      '$MOGPLEX_API_KEY',
      '${MOGPLEX_API_KEY}',
      '"${MOGPLEX_API_KEY}"',
      '${MOGPLEX_API_KEY:-}',
      '$work_key',
      '$env:MOGPLEX_API_KEY',
      '%MOGPLEX_API_KEY%',
      '$(cat key)',
      '${{ secrets.MOGPLEX_API_KEY }}',
      '{{ mogplex_api_key }}',
    ],
    'it is a placeholder': [
      '*',
      '***',
      '********',
      'mog_***',
      'sk-ant-****1234',
      'sk-...',
      'mog_\u2026',
      '\u2022\u2022',
      'undefined',
      'UNDEFINED',
      'null',
      'NaN',
      '"null"',
      '[redacted]',
      'REDACTED',
      'TODO',
      '<your-key>',
      '<your API key>',
      '[API key]',
      'YOUR_API_KEY',
      'your-api-key',
      'your key',
      'your_openai_key_here',
      'mog_your_key_here',
      'sk-ant-your-key',
      'changeme',
      'replace-me',
      'insert-token',
      'xxx',
      'XXXXXXXX',
      'mog_xxxxxxxx',
      'sk-proj-xxxx',
      'YourApiKey',
    ],
    'it is too long': ['x'.repeat(8193), ' '.repeat(100_000)],
  }
  for (const [why, values] of Object.entries(LOOKS_LIKE_NONE)) {
    it(`says about a value that cannot be any key: ${why}`, () => {
      for (const value of values) {
        for (const provider of PROVIDERS) {
          expect(keyProblem(provider, value), value.slice(0, 40)).to.equal(
            `it cannot be a key: ${why}`,
          )
        }
      }
    })
  }

  it('accepts anything that may be a key, and placeholders that servers without keys are given', () => {
    for (const value of [
      'none',
      'dummy',
      'EMPTY',
      'ollama',
      'not-needed',
      'sk-no-key-required',
      'lm-studio',
      'c2VjcmV0Cg==',
      'QUJDREVG=',
      'a=b',
      'x$NAME',
      '$2b$10$abc',
      'a*b**c',
      'a..b',
      'xx',
      '100%',
      'eyJhbGciOi.eyJzdWIi.c2ln',
      'monkey',
      'your',
      'yours-truly',
      'undefined1',
      'x'.repeat(8192 - 1) + 'y',
    ]) {
      expect(keyProblem(providerOf('openai'), value), value.slice(0, 40)).to.equal(undefined)
    }
  })

  it('checks only the start of a value, with its case', () => {
    expect(keyProblem(providerOf('openai'), 'x-sk-ant-1')).to.equal(undefined)
    expect(keyProblem(providerOf('openai'), 'SK-ANT-1')).to.equal(undefined)
  })
})
