import {MogplexError} from '@mogplex/plugin-kit/errors'
import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {notUnderstood} from '../../../../src/adapters/authorization-server/token-answer.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'
import {exchange, idToken, tokens} from './exchange.js'
import {SERVER} from './make-metadata.js'

const PATH = '/api/auth/mcp/token'
const HTML = '<!doctype html><title>Sign in</title>'

interface Refusal {
  readonly code: unknown
  readonly exitCode: unknown
  readonly message: string
  readonly retryAfterSeconds: unknown
}

/** The error of the exchange, which must contain neither code nor code verifier nor token. */
async function refusal(): Promise<Refusal> {
  const error: unknown = await exchange().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof MogplexError)) {
    throw new Error('The exchange did not fail as it should.')
  }
  const all = inspect(error, {depth: null, showHidden: true}) + JSON.stringify(error)
  expect(all).not.to.match(/(code|verifier|token)-value/)
  expect(error.cause).to.equal(undefined)
  const {code, exitCode, message} = error
  const retryAfterSeconds = 'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined
  return {code, exitCode, message, retryAfterSeconds}
}

async function refusalOf(status: number, body: object | string, headers = {}): Promise<Refusal> {
  nock(SERVER).post(PATH).reply(status, body, headers)
  return refusal()
}

describe('exchangeCode, when the server issues no tokens', () => {
  for (const [status, error, error_description, headers] of [
    [401, 'invalid_grant', 'invalid code', {}],
    [401, 'invalid_grant', 'invalid code', {'www-authenticate': 'Bearer error="invalid_token"'}],
    [401, 'invalid_request', 'code verification failed', {}],
    [401, 'invalid_client', 'invalid redirect_uri', {'www-authenticate': 'Basic realm="x"'}],
    [400, 'invalid_grant', undefined, {}],
    [400, 'something_new', 'Sorry.', {}],
    [200, 'invalid_grant', 'in spite of 200', {}],
  ] as const) {
    const challenge = 'www-authenticate' in headers ? ' with a challenge' : ''
    it(`is refused, exit 64, with ${status} ${error}${challenge}`, async () => {
      const {exitCode, code, message} = await refusalOf(status, {error, error_description}, headers)
      const said = error_description === undefined ? error : `${error}: ${error_description}`
      expect({exitCode, code}).to.deep.equal({exitCode: 64, code: 'LOGIN_FAILED'})
      expect(message).to.include('id.example.com').and.include(`(${said})`)
    })
  }

  it("repeats the server's text without control characters, and truncated", async () => {
    const error_description = `\u001B[2J\u202E${'x'.repeat(5000)}\r\n`
    const {message} = await refusalOf(400, {error: 'invalid_grant', error_description})
    expect(message).not.to.match(/[\u0000-\u001F\u202E]/)
    expect(message.length).to.be.lessThan(400)
  })

  for (const [what, status, body] of [
    ['a page', 200, HTML],
    ['a page with 400', 400, HTML],
    ['an empty body', 200, ''],
    ['an empty 400', 400, ''],
    ['an empty 401', 401, ''],
    ['truncated JSON', 200, JSON.stringify(tokens()).slice(0, -5)],
    ['a list', 200, '[]'],
    ['null', 200, 'null'],
    ['201 and nothing else', 201, ''],
    ['no access token', 200, tokens({access_token: undefined})],
    ['an empty access token', 200, tokens({access_token: ''})],
    ['an access token that is not a text', 200, tokens({access_token: 42})],
    ['no token type', 200, tokens({token_type: undefined})],
    ['another token type', 200, tokens({token_type: 'mac'})],
    ['expires_in as words', 200, tokens({expires_in: 'soon'})],
    ['a negative expires_in', 200, tokens({expires_in: -1})],
    ['a refresh token that is not a text', 200, tokens({refresh_token: 42})],
    ['an error that is not a text', 400, {error: {code: 1}}],
    ['an error of the framework', 400, {message: 'x', code: 'VALIDATION_ERROR'}],
    ['a redirect', 302, ''],
    ['204', 204, ''],
  ] as const) {
    it(`is not understood, exit 69, with ${what}`, async () => {
      const {exitCode, message} = await refusalOf(status, body, {location: `${SERVER}/login`})
      expect(exitCode).to.equal(69)
      expect(message).to.equal(notUnderstood(SERVER).message)
    })
  }

  it('rejects a token that is longer than any that could be sent', async () => {
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      const {exitCode, message} = await refusalOf(200, tokens({[name]: 'x'.repeat(64 * 1024 + 1)}))
      expect(exitCode).to.equal(69)
      expect(message).to.equal('id.example.com answered with more than 64 KB in a token.')
    }
  })

  it('rejects an ID token that was issued for another client', async () => {
    const {exitCode, message} = await refusalOf(200, tokens({id_token: idToken({aud: 'other'})}))
    expect(exitCode).to.equal(69)
    expect(message).to.include('ID token').and.not.equal(notUnderstood(SERVER).message)
  })

  it('is for later, exit 75, with a text 429', async () => {
    const headers = {'content-type': 'text/plain', 'x-retry-after': '9'}
    const body = '{"message":"Too many requests. Please try again later."}'
    const refused = await refusalOf(429, body, headers)
    expect(refused).to.include({code: 'RATE_LIMITED', exitCode: 75, retryAfterSeconds: 9})
  })

  for (const status of [408, 500, 503]) {
    it(`is a server failure, exit 69, with ${status}`, async () => {
      const {exitCode, message} = await refusalOf(status, {error: 'server_error'})
      expect(exitCode).to.equal(69)
      expect(message).to.include('id.example.com').and.include(String(status))
    })
  }

  it('is unreachable, exit 69, without network, and does not send the code again', async () => {
    nock(SERVER)
      .post(PATH)
      .replyWithError(Object.assign(new Error('x'), {code: 'ECONNRESET'}))
    expect(await refusal()).to.include({exitCode: 69, code: 'UNREACHABLE'})
  })

  it('ends with the reason of the signal', async () => {
    const reason = new CancelledError('The sign-in was interrupted.', 'Run it again.')
    const error: unknown = await exchange(AbortSignal.abort(reason)).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.equal(reason)
  })
})
