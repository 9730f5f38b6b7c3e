import {expect} from 'chai'
import {stripVTControlCharacters} from 'node:util'
import {traceText} from '../../../src/app/trace-text.js'
import {keyProblem} from '../../../src/domain/credential/malformed.js'
import {providerOf} from '../../../src/domain/credential/provider-table.js'
import {
  foreign,
  makeKey,
  makeLogin,
  NOW,
  resolve,
  stored,
  OVER,
} from '../../support/make-credential.js'
import {paletteFor} from '../../../src/terminal/palette.js'
import {wrap} from '../../../src/terminal/wrap.js'
import {MARKED, DISPLAY_OPTIONS} from './make-display-options.js'

type Sources = Parameters<typeof resolve>[0]

function text(sources: Sources): string {
  return traceText(resolve(sources).trace, DISPLAY_OPTIONS)
}

describe('traceText', () => {
  it('shows found sources, highest rank first, and names the rest in one line', () => {
    const env = {OPENAI_API_KEY: 'sk-shell-value', GROQ_API_KEY: 'a b', XAI_API_KEY: ''}
    const why = keyProblem(providerOf('groq'), 'a b') ?? ''
    expect(text({env, stored: stored(makeLogin())})).to.equal(
      [
        'The account, highest rank first',
        '  ~/.mogplex/auth.json (mogplex)  used  mogplex logout',
        '  nothing in MOGPLEX_API_KEY',
        '',
        'What pays for prompts, highest rank first',
        '  OPENAI_API_KEY                  used  unset OPENAI_API_KEY',
        `  GROQ_API_KEY                    malformed: ${why}  unset GROQ_API_KEY`,
        '  XAI_API_KEY                     empty',
        '  ~/.mogplex/auth.json (mogplex)  outranked by OPENAI_API_KEY  unset OPENAI_API_KEY',
        '  nothing in MOGPLEX_API_KEY, ANTHROPIC_API_KEY, GOOGLE_GENERATIVE_AI_API_KEY, MISTRAL_API_KEY, DEEPSEEK_API_KEY, COHERE_API_KEY, VERCEL_API_TOKEN',
      ].join('\n'),
    )
  })

  it('keeps its indentation in colour, also where a line is wrapped', () => {
    const palette = paletteFor(true)
    const shown = wrap(traceText(resolve({}).trace, {...DISPLAY_OPTIONS, palette}), 60)
    const [, ...below] = stripVTControlCharacters(shown.split('\n\n')[1] ?? '').split('\n')
    expect(below).to.have.length.greaterThan(2)
    for (const row of below) expect(row).to.match(/^ {2}\S/)
  })

  it('names the file once where nothing at all was found in it', () => {
    const [account, model] = text({}).split('\n\n')
    expect(account).to.match(/\n {2}nothing in MOGPLEX_API_KEY, ~\/\.mogplex\/auth\.json$/)
    expect(model?.match(/auth\.json/g)).to.have.lengthOf(1)
    expect(model).to.match(/VERCEL_API_TOKEN, ~\/\.mogplex\/auth\.json$/)
  })

  for (const [state, entries, verdict] of [
    ['expired', stored(makeLogin(OVER)), 'expired  mogplex login'],
    [
      'elsewhere',
      stored(makeLogin({issuer: 'https://b.example'})),
      'elsewhere: it is from https://b.example, not from https://mogplex.com  mogplex login',
    ],
    ['foreign', [foreign('mogplex')], 'foreign  mogplex login'],
    ['rejected', stored(makeLogin({rejected: {at: NOW, why: 'x'}})), 'rejected  mogplex login'],
  ] as const) {
    it(`says what to do about a login that is ${state}`, () => {
      expect(text({stored: entries})).to.include(`~/.mogplex/auth.json (mogplex)  ${verdict}`)
    })
  }

  it('shows no value of any source', () => {
    const env = {OPENAI_API_KEY: 'sk-shell-value', GROQ_API_KEY: 'not a-key'}
    const all = text({env, stored: stored(makeLogin(), makeKey('xai'))})
    expect(all).not.to.match(/value|a-key|stored-xai-key|redacted/)
  })

  it('emphasises commands, and dims absent sources', () => {
    const marked = traceText(resolve({stored: stored(makeLogin())}).trace, MARKED)
    expect(marked).to.include('used  <command mogplex logout>')
    expect(marked).to.include('  <faint nothing in MOGPLEX_API_KEY>')
  })
})
