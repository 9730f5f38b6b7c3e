import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {revoke} from '../../../../src/adapters/authorization-server/revocation.js'
import {createHttp} from '../../../../src/adapters/http.js'
import type {OAuthCredential} from '../../../../src/domain/credential/credential.js'
import {makeLogin} from '../../../support/make-credential.js'
import {makeMetadata, SERVER} from './make-metadata.js'

const http = createHttp('mogplex/test')

async function revokeLogin(
  changes: Partial<OAuthCredential> = {},
  {revocation = true, signal = new AbortController().signal} = {},
): Promise<boolean> {
  const metadata = makeMetadata({revocation})
  return revoke(makeLogin(changes), {http, metadata, loopbackHttp: false, signal})
}

/** Accepts this many requests, and returns their forms, in order. */
function endpoint(...statuses: number[]): unknown[] {
  const forms: unknown[] = []
  for (const status of statuses) {
    nock(SERVER, {badheaders: ['authorization']})
      .post('/revoke', (form) => forms.push(form) > 0)
      .reply(status, '')
  }
  return forms
}

async function failureOf(revocation: Promise<unknown>): Promise<object> {
  const error: unknown = await revocation.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('It was revoked.')
  expect(inspect(error, {depth: null, showHidden: true})).not.to.include('token-value')
  return error
}

describe('revoke', () => {
  afterEach(() => {
    expect(nock.pendingMocks()).to.deep.equal([])
  })

  it('revokes the refresh token first, then the access token, with type hints', async () => {
    const forms = endpoint(200, 200)
    expect(await revokeLogin()).to.equal(true)
    const client_id = 'mogplex-cli'
    expect(forms).to.deep.equal([
      {client_id, token: 'refresh-token-value', token_type_hint: 'refresh_token'},
      {client_id, token: 'access-token-value', token_type_hint: 'access_token'},
    ])
  })

  it('revokes only the access token where there is no other, as its own client', async () => {
    const forms = endpoint(200)
    expect(await revokeLogin({refreshToken: undefined, clientId: 'other'})).to.equal(true)
    expect(forms).to.deep.equal([
      {client_id: 'other', token: 'access-token-value', token_type_hint: 'access_token'},
    ])
  })

  it('sends nothing where the server has no revocation endpoint', async () => {
    expect(await revokeLogin({}, {revocation: false})).to.equal(false)
  })

  for (const [status, exitCode] of [
    [503, 69],
    [500, 69],
    [408, 69],
    [400, 69],
    [401, 69],
    [404, 69],
    [302, 69],
    [429, 75],
  ] as const) {
    it(`fails with exit ${exitCode} on ${status}, and stops there`, async () => {
      const forms = endpoint(status)
      expect(await failureOf(revokeLogin())).to.include({exitCode})
      expect(forms).to.have.lengthOf(1)
    })
  }

  it('accepts a 204', async () => {
    endpoint(204, 204)
    expect(await revokeLogin()).to.equal(true)
  })

  it('fails when only the second token is refused', async () => {
    endpoint(200, 503)
    expect(await failureOf(revokeLogin())).to.include({exitCode: 69})
  })

  for (const error of ['invalid_request', 'invalid_token']) {
    it(`treats an access token as revoked that was revoked with the refresh token (${error})`, async () => {
      endpoint(200)
      nock(SERVER).post('/revoke').reply(400, {error, error_description: 'Invalid access token'})
      expect(await revokeLogin()).to.equal(true)
    })
  }

  for (const [status, answer] of [
    [400, {error: 'unsupported_token_type'}],
    [400, {error: 'invalid_client'}],
    [400, 'no'],
    [401, {error: 'invalid_token'}],
  ] as const) {
    it(`fails on ${status} ${JSON.stringify(answer)} for the access token`, async () => {
      endpoint(200)
      nock(SERVER).post('/revoke').reply(status, answer)
      expect(await failureOf(revokeLogin())).to.include({exitCode: 69})
    })
  }

  it('does not treat an unknown refresh token as revoked', async () => {
    nock(SERVER).post('/revoke').reply(400, {error: 'invalid_request'})
    expect(await failureOf(revokeLogin())).to.include({exitCode: 69})
  })

  it('fails without network', async () => {
    nock(SERVER)
      .post('/revoke')
      .replyWithError(Object.assign(new Error('x'), {code: 'ECONNREFUSED'}))
    expect(await failureOf(revokeLogin())).to.include({code: 'UNREACHABLE'})
  })

  it('ends with its signal', async () => {
    const reason = new Error('5 s are over')
    const signal = AbortSignal.abort(reason)
    expect(await failureOf(revokeLogin({}, {signal}))).to.equal(reason)
  })
})
