import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {
  type PollAnswer,
  pollForTokens,
} from '../../../../src/adapters/authorization-server/device-poll.js'
import {createHttp} from '../../../../src/adapters/http.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'
import {networkError} from '../../../../src/domain/network/network-error.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {serverTrouble} from '../../../../src/domain/network/server-trouble.js'
import {ADA, LOOSE_ANSWER, NOW, SCOPES, tokens} from './exchange.js'
import {makeMetadata, SERVER} from './make-metadata.js'
import {plain} from '../../../support/make-account.js'

const PATH = '/api/auth/mcp/token'

async function poll(changes: {timeoutMs?: number; signal?: AbortSignal} = {}): Promise<PollAnswer> {
  return pollForTokens({
    http: createHttp('mogplex/test'),
    loopbackHttp: false,
    now: NOW,
    scopes: SCOPES,
    metadata: makeMetadata({device: true}),
    clientId: 'mogplex-cli',
    deviceCode: new Secret('device-code-value'),
    timeoutMs: 5000,
    ...changes,
  })
}

async function answerTo(status: number, body: object | string, headers = {}): Promise<PollAnswer> {
  nock(SERVER).post(PATH).reply(status, body, headers)
  return poll()
}

async function failureOf(asked: Promise<unknown>): Promise<Error> {
  const error: unknown = await asked.then(
    () => new Error('It did not fail.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('What was thrown is not an error.')
  expect(inspect(error, {depth: null, showHidden: true})).not.to.match(/(code|token)-value/)
  return error
}

describe('pollForTokens', () => {
  it('sends the device code in a form, without a credential, and returns the tokens', async () => {
    nock(SERVER, {badheaders: ['authorization']})
      .post(PATH, {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: 'device-code-value',
        client_id: 'mogplex-cli',
      })
      .reply(200, tokens())
    const answer = await poll()
    if (answer.kind !== 'tokens') throw new Error(answer.kind)
    const {accessToken, refreshToken, ...rest} = answer.tokens
    expect(accessToken.reveal()).to.equal('access-token-value')
    expect(refreshToken?.reveal()).to.equal('refresh-token-value')
    const expiresAt = new Date(NOW.getTime() + 3_600_000)
    expect(plain(rest)).to.deep.equal(
      plain({expiresAt, scopes: ['openid', 'read', 'write'], account: ADA}),
    )
  })

  it('understands a 201 with a byte order mark, nulls and a list of scopes', async () => {
    const answer = await answerTo(201, LOOSE_ANSWER)
    if (answer.kind !== 'tokens') throw new Error(answer.kind)
    expect(answer.tokens.accessToken.reveal()).to.equal('access-token-value')
    expect(answer.tokens).to.include({refreshToken: undefined, expiresAt: undefined})
    expect(answer.tokens.scopes).to.deep.equal(['read', 'write'])
  })

  for (const [error, kind] of [
    ['authorization_pending', 'pending'],
    ['slow_down', 'slow-down'],
    ['expired_token', 'expired'],
  ] as const) {
    for (const status of [400, 403, 428, 429]) {
      it(`understands ${error} with ${status}`, async () => {
        expect(await answerTo(status, {error, error_description: 'x'})).to.deep.equal({kind})
      })
    }
  }

  it('returns the reason of a denial, printable', async () => {
    const body = {error: 'access_denied', error_description: 'No\x1b[2J.'}
    expect(await answerTo(400, body)).to.deep.equal({
      kind: 'denied',
      text: 'access_denied: No [2J.',
    })
  })

  for (const status of [408, 500, 502, 503]) {
    it(`treats ${status} as temporary`, async () => {
      const answer = await answerTo(status, '<h1>x</h1>')
      const trouble = serverTrouble({status, headers: {}, body: ''}, SERVER)
      expect(answer).to.include({kind: 'trouble', why: trouble?.message})
    })
  }

  it('says when to come back after 429', async () => {
    const answer = await answerTo(429, 'later', {'x-retry-after': '9'})
    expect(answer).to.include({kind: 'trouble', retryAfterSeconds: 9})
  })

  it('treats a lost answer as temporary', async () => {
    const cut = Object.assign(new Error('x'), {code: 'ECONNRESET'})
    nock(SERVER).post(PATH).replyWithError(cut)
    const {message: why} = networkError(cut, new URL(SERVER))
    expect(await poll()).to.deep.equal({kind: 'trouble', why})
  })

  it('waits no longer for an answer than the limit', async () => {
    nock(SERVER).post(PATH).delay(5000).reply(200, tokens())
    expect(await poll({timeoutMs: 30})).to.include({kind: 'trouble'})
  })

  for (const [status, error] of [
    [400, 'invalid_grant'],
    [401, 'invalid_client'],
    [400, 'unsupported_grant_type'],
  ] as const) {
    it(`is refused permanently, exit 64, with ${status} ${error}`, async () => {
      const failure = await failureOf(answerTo(status, {error}))
      expect(failure).to.include({code: 'LOGIN_FAILED', exitCode: 64})
      expect(failure.message).to.include('id.example.com').and.include(`(${error})`)
    })
  }

  for (const [status, body] of [
    [200, '<!doctype html>'],
    [200, '{}'],
    [400, ''],
    [404, '<h1>no</h1>'],
    [302, ''],
    [204, ''],
  ] as const) {
    it(`is not understood, exit 69, with ${status} ${body}`, async () => {
      expect(await failureOf(answerTo(status, body))).to.include({exitCode: 69})
    })
  }

  it('ends with its signal', async () => {
    const reason = new CancelledError('Enough.', 'Start again.')
    const over = new AbortController()
    const scope = nock(SERVER).post(PATH).delay(5000).reply(200, tokens())
    scope.once('request', () => over.abort(reason))
    expect(await failureOf(poll({signal: over.signal}))).to.equal(reason)
  })
})
