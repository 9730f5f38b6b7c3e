import {expect} from 'chai'
import {loginCannotPay} from '../../../../src/domain/credential/login-for-prompts.js'
import {readRefusal} from '../../../../src/domain/chat/chat-refusal.js'
import {brokenOff, chatTrouble} from '../../../../src/domain/chat/chat-trouble.js'
import type {Credential} from '../../../../src/domain/credential/credential.js'
import {credentialName, replacementOf} from '../../../../src/domain/credential/rejected-key.js'
import {makeKey, makeLogin, makeShellKey} from '../../../support/make-credential.js'

const HOSTED = 'https://mogplex.com/api/cli/inference'
const MODELS = 'https://mogplex.com/settings/models'
const BILLING = 'https://mogplex.com/settings/billing'
const KEYS = '/settings/api-keys'

interface Given {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly credential?: Credential
  readonly baseUrl?: string
}

function trouble({status, body = '', headers = {}, credential = makeShellKey(), ...more}: Given) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const refusal = readRefusal({status, headers}, text)
  return chatTrouble(refusal, {credential, baseUrl: more.baseUrl ?? HOSTED})
}

function ofProvider(given: Given) {
  const credential = makeKey('openai', {source: {type: 'env', variable: 'OPENAI_API_KEY'}})
  return trouble({credential, baseUrl: 'https://api.openai.com/v1', ...given})
}

describe('chatTrouble, of the hosted service', () => {
  it('names the rejected variable, and the command that unsets it', () => {
    const error = trouble({status: 401, body: {error: 'Unauthorized'}})
    expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64, isUnauthorized: true})
    expect(error.message).to.equal('mogplex.com rejects MOGPLEX_API_KEY.')
    expect(error.remedy).to.equal(replacementOf(makeShellKey(), `https://mogplex.com${KEYS}`))
  })

  it('names the rejected stored entry, and the command that replaces it', () => {
    for (const credential of [makeKey('mogplex'), makeLogin()]) {
      const {message, remedy} = trouble({status: 401, credential})
      expect(message).to.include(credentialName(credential))
      expect(remedy).to.equal(replacementOf(credential, `https://mogplex.com${KEYS}`))
    }
  })

  for (const sentence of [
    'No enabled model is configured for this account.',
    'Hosted AI requires a positive billing balance. Add credit.',
    'No OpenAI API key configured for this account',
    'No Anthropic API key configured',
    'No OpenRouter API key configured',
    'groq is not supported without AI Gateway',
    'This model is not enabled for your team role.',
    "This model is not on the team's model allowlist.",
  ]) {
    it(`recognises an account without access by: ${sentence}`, () => {
      for (const error of [
        trouble({status: 400, body: {error: {message: sentence}}}),
        trouble({status: 400, body: {error: sentence}, credential: makeLogin()}),
        brokenOff(sentence, {credential: makeLogin(), baseUrl: HOSTED}),
      ]) {
        expect(error).to.include({code: 'NO_MODEL_ACCESS', exitCode: 65})
        expect(error.message).to.include(sentence.replace(/\.$/, '')).and.include('stay signed in')
        expect(error.remedy).to.include(MODELS).and.include(BILLING)
      }
    })
  }

  it('treats a 403 and a 402 as an account without access, too', () => {
    for (const status of [402, 403]) {
      const error = trouble({status, body: {error: {message: 'Nope'}}})
      expect(error).to.include({code: 'NO_MODEL_ACCESS', exitCode: 65})
      expect(error.remedy).to.include(MODELS).and.include(BILLING)
    }
  })

  it('shows the text of an unknown 400: exit 1', () => {
    const error = trouble({status: 400, body: {error: {message: 'messages is required'}}})
    expect(error).to.include({code: 'PROMPT_REFUSED', exitCode: 1})
    expect(error.message).to.equal('mogplex.com refuses the prompt: messages is required.')
  })

  it('says that a login is not accepted, and which credential would be', () => {
    const headers = {location: '/login?next=%2Fapi%2Fcli%2Finference%2Fchat%2Fcompletions'}
    for (const given of [
      {status: 307, headers},
      {status: 307, headers: {location: 'https://elsewhere.example.com/login?next=x'}},
      {status: 307},
      {status: 200, body: '<!doctype html><title>Sign in'},
    ]) {
      const error = trouble({...given, credential: makeLogin()})
      expect(error).to.include({code: 'CREDENTIAL_NOT_ACCEPTED', exitCode: 64})
      const {message, remedy} = loginCannotPay('https://mogplex.com')
      expect(error).to.include({message, remedy})
    }
    const key = trouble({status: 307, headers})
    expect(key).to.include({code: 'CREDENTIAL_NOT_ACCEPTED', exitCode: 64})
    expect(key.message).to.include('does not accept MOGPLEX_API_KEY')
  })

  it('names the pages of the Mogplex that was called', () => {
    const site = 'http://127.0.0.1:4000'
    const baseUrl = `${site}/api/cli/inference`
    const said = {error: 'No enabled model is configured for this account.'}
    for (const refusal of [{status: 400, body: said}, {status: 403}]) {
      expect(trouble({...refusal, baseUrl}).remedy)
        .to.include(`${site}/settings/models`)
        .and.include(`${site}/settings/billing`)
        .and.not.include('mogplex.com')
    }
    expect(trouble({status: 401, baseUrl}).remedy).to.include(`${site}${KEYS}`)
  })

  it('points to the address that answers itself', () => {
    const headers = {location: 'https://mogplex.com/api/cli/inference/chat/completions'}
    const baseUrl = 'https://www.mogplex.com/api/cli/inference'
    const error = trouble({status: 308, headers, baseUrl})
    expect(error).to.include({exitCode: 64})
    expect(error.remedy).to.equal(
      'Set MOGPLEX_URL to https://mogplex.com if you trust that address.',
    )
  })

  it('says when to try again', () => {
    const limited = trouble({status: 429, headers: {'retry-after': '17'}})
    expect(limited).to.include({code: 'RATE_LIMITED', exitCode: 75, retryAfterSeconds: 17})
    const other = trouble({status: 429, headers: {'x-retry-after': '9'}})
    expect(other).to.include({retryAfterSeconds: 9})
    const message = "Couldn't verify the team's model allowlist. Please try again."
    const down = trouble({status: 503, headers: {'retry-after': '5'}, body: {error: {message}}})
    expect(down).to.include({exitCode: 69, remedy: 'Try again in 5 s.', status: 503})
    expect(down).to.include({retryAfterSeconds: 5})
    expect(down.message).to.include("Couldn't verify the team's model allowlist")
  })

  it('shows the text of the provider behind it', () => {
    const error = trouble({status: 500, body: {error: {message: 'Overloaded.'}}})
    expect(error).to.include({code: 'REMOTE', exitCode: 69})
    expect(error.message).to.equal('mogplex.com is in trouble: it answers 500: Overloaded.')
  })
})

describe('chatTrouble, of a provider', () => {
  for (const [name, given] of [
    ['a 401', {status: 401, body: {error: {message: 'Incorrect API key provided'}}}],
    ['a 401 without a word', {status: 401}],
    ["Google's 400", {status: 400, body: [{error: {message: 'API key not valid. Pass one.'}}]}],
    ["xAI's 400", {status: 400, body: {code: 'x', error: 'Incorrect API key provided: xa***'}}],
  ] as const) {
    it(`treats ${name} as a rejected key`, () => {
      const error = ofProvider(given)
      expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
      expect(error.message).to.include('api.openai.com rejects OPENAI_API_KEY')
      expect(error.remedy).to.include('`unset OPENAI_API_KEY`')
    })
  }

  it('names the commands for a stored key, and for one of Codex', () => {
    const ours = ofProvider({status: 401, credential: makeKey('groq')})
    expect(ours.message).to.include(credentialName(makeKey('groq')))
    expect(ours.remedy).to.include('--provider groq`')
    const codex = makeKey('openai', {obtainedAt: undefined})
    expect(ofProvider({status: 401, credential: codex}).remedy).to.include('`unset CODEX_HOME`')
  })

  it('says that a key has no access, without the addresses of Mogplex', () => {
    for (const status of [402, 403]) {
      const error = ofProvider({status, body: {error: {message: 'Not for you'}}})
      expect(error).to.include({code: 'NO_MODEL_ACCESS', exitCode: 65})
      expect(`${error.message} ${error.remedy}`)
        .to.include('Not for you')
        .and.not.include('mogplex.')
    }
  })

  it("treats the hosted service's texts as ordinary texts of a 400 there", () => {
    const error = ofProvider({status: 400, body: {error: {message: 'No enabled model is here'}}})
    expect(error).to.include({code: 'PROMPT_REFUSED', exitCode: 1})
  })

  it('suggests no waiting when the balance is used up', () => {
    const body = {error: {message: 'You exceeded your quota', code: 'insufficient_quota'}}
    expect(ofProvider({status: 429, body})).to.include({exitCode: 65})
    const headers = {'retry-after': '3'}
    expect(ofProvider({status: 429, body, headers})).to.include({exitCode: 75})
    expect(ofProvider({status: 429})).to.include({exitCode: 75, retryAfterSeconds: undefined})
  })

  it('distinguishes a missing model from an address that is not an API', () => {
    const model = ofProvider({status: 404, body: {error: {message: 'The model `x` is not here'}}})
    expect(model).to.include({code: 'PROMPT_REFUSED', exitCode: 1})
    expect(model.remedy).to.include('/model')
    const address = ofProvider({status: 404, body: '<html>'})
    expect(address).to.include({exitCode: 69})
    expect(address.remedy).to.include('OPENAI_BASE_URL')
  })

  it('follows no redirect, and does not treat a page as an answer', () => {
    const headers = {location: 'https://thief.example.com/x'}
    expect(ofProvider({status: 302, headers})).to.include({exitCode: 69})
    expect(ofProvider({status: 302, headers}).message).to.include('thief.example.com')
    expect(ofProvider({status: 200, body: '<html>'})).to.include({exitCode: 69})
  })

  for (const status of [408, 500, 502, 503, 504, 529]) {
    it(`treats ${status} as a server failure`, () => {
      expect(ofProvider({status, body: '<h1>Bad gateway</h1>'})).to.include({exitCode: 69})
    })
  }

  it('shows texts on one line, without controls, and truncated', () => {
    const message = `\u001b[2J${'long '.repeat(1000)}\u202e`
    const error = ofProvider({status: 422, body: {message}})
    expect(error.message).to.match(/^[ -~…]{400,600}$/)
  })
})
