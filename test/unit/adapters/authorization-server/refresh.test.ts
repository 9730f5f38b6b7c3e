import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {refreshTokens} from '../../../../src/adapters/authorization-server/refresh.js'
import {createHttp} from '../../../../src/adapters/http.js'
import type {OAuthCredential} from '../../../../src/domain/credential/credential.js'
import {makeLogin, NOW} from '../../../support/make-credential.js'
import {LOOSE_ANSWER} from './exchange.js'
import {makeMetadata, SERVER} from './make-metadata.js'

const http = createHttp('mogplex/test')
const PATH = '/api/auth/mcp/token'
const FRESH = {
  access_token: 'fresh-access-value',
  token_type: 'Bearer',
  expires_in: 1800,
  refresh_token: 'fresh-refresh-value',
  scope: 'openid read',
}

async function refresh(login = makeLogin(), signal?: AbortSignal): Promise<OAuthCredential> {
  const metadata = makeMetadata()
  return refreshTokens(login, {http, metadata, loopbackHttp: false, now: NOW, signal})
}

function answer(status: number, body: nock.Body | string, headers: Record<string, string> = {}) {
  nock(SERVER).post(PATH).reply(status, body, headers)
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('It was refreshed.')
  expect(inspect(error, {depth: null, showHidden: true})).not.to.match(/(token|refresh)-value/)
  return error
}

describe('refreshTokens', () => {
  afterEach(() => {
    expect(nock.pendingMocks()).to.deep.equal([])
  })

  it('sends the refresh token once, as its own client, with no credential beside it', async () => {
    const forms: unknown[] = []
    nock(SERVER, {badheaders: ['authorization']})
      .post(PATH, (form) => forms.push(form) > 0)
      .reply(200, FRESH)
    await refresh()
    expect(forms).to.deep.equal([
      {grant_type: 'refresh_token', client_id: 'mogplex-cli', refresh_token: 'refresh-token-value'},
    ])
  })

  it('returns the same login with its new values', async () => {
    answer(200, FRESH)
    const login = makeLogin({rejected: {at: NOW, why: 'once'}, verifiedAt: NOW})
    const {accessToken, refreshToken, ...fresh} = await refresh(login)
    expect(accessToken.reveal()).to.equal('fresh-access-value')
    expect(refreshToken?.reveal()).to.equal('fresh-refresh-value')
    expect(fresh).to.deep.include({
      expiresAt: new Date('2026-11-23T16:30:00.000Z'),
      obtainedAt: NOW,
      scopes: ['openid', 'read'],
      grantId: login.grantId,
      account: login.account,
      rejected: undefined,
    })
  })

  it('loses no tokens to other members of the answer', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const many = JSON.stringify(Array.from({length: 300_000}, () => 'x'))
    const {scope: _, ...rest} = FRESH
    const known = JSON.stringify(rest).slice(1, -1)
    const blanks = ' '.repeat(9 * 1024 * 1024)
    answer(200, `{"a":${deep},"b":${many},${blanks}"scope":${deep},"id_token":${deep},${known}}`)
    const fresh = await refresh()
    expect(fresh.accessToken.reveal()).to.equal('fresh-access-value')
    expect(fresh.refreshToken?.reveal()).to.equal('fresh-refresh-value')
    expect(fresh.scopes).to.deep.equal(makeLogin().scopes)
  })

  it('keeps the scopes where the answer contains too many', async () => {
    answer(200, {...FRESH, scope: 'read '.repeat(100_000)})
    expect((await refresh()).scopes).to.deep.equal(makeLogin().scopes)
  })

  it('rejects a token that is too long to send: exit 69, and the login stays', async () => {
    for (const name of ['access_token', 'refresh_token']) {
      answer(200, {...FRESH, [name]: 'x'.repeat(64 * 1024 + 1)})
      const error = await failureOf(refresh())
      expect(error).to.include({code: 'ANSWER_TOO_LARGE', exitCode: 69})
      expect(error.message).to.match(/^\S+ answered with more than 64 KB in a token\.$/)
    }
  })

  it('keeps the refresh token and the scopes when the answer names none', async () => {
    const {refresh_token: _, scope: __, expires_in: ___, ...rest} = FRESH
    answer(200, rest)
    const fresh = await refresh()
    expect(fresh.refreshToken?.reveal()).to.equal('refresh-token-value')
    expect(fresh.scopes).to.deep.equal(makeLogin().scopes)
    expect(fresh.expiresAt).to.equal(undefined)
  })

  for (const empty of [null, '']) {
    it(`treats a member that is ${JSON.stringify(empty)} as absent`, async () => {
      answer(200, {...FRESH, refresh_token: empty, scope: empty, expires_in: empty})
      const fresh = await refresh()
      expect(fresh.accessToken.reveal()).to.equal('fresh-access-value')
      expect(fresh.refreshToken?.reveal()).to.equal('refresh-token-value')
      expect(fresh.scopes).to.deep.equal(makeLogin().scopes)
    })
  }

  it('understands a 201 with a byte order mark, nulls and a list of scopes', async () => {
    answer(201, LOOSE_ANSWER)
    const fresh = await refresh()
    expect(fresh.accessToken.reveal()).to.equal('access-token-value')
    expect(fresh.refreshToken?.reveal()).to.equal('refresh-token-value')
    expect(fresh.expiresAt).to.equal(undefined)
    expect(fresh.scopes).to.deep.equal(['read', 'write'])
  })

  it('ignores an ID token', async () => {
    answer(200, {...FRESH, id_token: 'of another account, and with no signature'})
    expect((await refresh()).accessToken.reveal()).to.equal('fresh-access-value')
  })

  const refusals: Readonly<Record<string, [number, nock.Body | string, RegExp]>> = {
    'invalid_grant with 400': [400, {error: 'invalid_grant'}, /: invalid_grant\.$/],
    'invalid_grant with 401': [
      401,
      {error: 'invalid_grant', error_description: 'gone\u001B[2J'},
      /: invalid_grant: gone \[2J\.$/,
    ],
    'a 400 and nothing else': [400, '', /it answers 400, and nothing else/],
    'a 401 and nothing else': [401, ' \n', /it answers 401, and nothing else/],
  }
  for (const [name, [status, body, says]] of Object.entries(refusals)) {
    it(`is refused with ${name}`, async () => {
      answer(status, body, {'www-authenticate': 'Bearer error="invalid_token"'})
      const error = await failureOf(refresh())
      expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64, status})
      expect(error.message).to.match(says)
    })
  }

  const HTML = '<!doctype html><title>Sign in to the hotel network</title>'
  const trouble: Readonly<Record<string, [number, nock.Body | string, 69 | 75]>> = {
    408: [408, '', 69],
    429: [429, 'Too many requests', 75],
    500: [500, '', 69],
    '500 with invalid_grant': [500, {error: 'invalid_grant'}, 69],
    '502 in HTML': [502, HTML, 69],
    '400 in HTML': [400, HTML, 69],
    '401 in HTML': [401, HTML, 69],
    '403 and nothing else': [403, '', 69],
    '404 and nothing else': [404, '', 69],
    '200 in HTML': [200, HTML, 69],
    '200 and nothing else': [200, '', 69],
    '200 cut short': [200, '{"access_token": "fresh-acc', 69],
    '200 without a token': [200, {token_type: 'Bearer'}, 69],
    '200 of another type': [200, {...FRESH, token_type: 'DPoP'}, 69],
    '200 with an empty access token': [200, {...FRESH, access_token: ''}, 69],
    '302': [302, '', 69],
    '401 with another error': [401, {error: 'invalid_client'}, 69],
    '400 without an error': [400, {message: 'VALIDATION_ERROR'}, 69],
  }
  for (const [name, [status, body, exitCode]] of Object.entries(trouble)) {
    it(`ends nothing with ${name}`, async () => {
      answer(status, body)
      expect(await failureOf(refresh())).to.include({exitCode})
    })
  }

  for (const [header, value] of [
    ['retry-after', '7'],
    ['x-retry-after', '7'],
  ] as const) {
    it(`says when to try again, with ${header}`, async () => {
      answer(429, 'Too many requests', {[header]: value})
      expect(await failureOf(refresh())).to.include({code: 'RATE_LIMITED', retryAfterSeconds: 7})
    })
  }

  for (const [code, mayHaveArrived] of [
    ['ENOTFOUND', false],
    ['EAI_AGAIN', false],
    ['ECONNREFUSED', false],
    ['ENETUNREACH', false],
    ['ECONNRESET', true],
    ['ETIMEDOUT', true],
    ['EPIPE', true],
  ] as const) {
    it(`ends nothing on ${code}, and knows that it ${mayHaveArrived ? 'may have' : 'has not'} arrived`, async () => {
      nock(SERVER)
        .post(PATH)
        .replyWithError(Object.assign(new Error('x'), {code}))
      expect(await failureOf(refresh())).to.include({
        code: 'UNREACHABLE',
        exitCode: 69,
        mayHaveArrived,
      })
    })
  }

  it('ends with its signal', async () => {
    const reason = new Error('Enough.')
    expect(await failureOf(refresh(makeLogin(), AbortSignal.abort(reason)))).to.equal(reason)
  })
})
