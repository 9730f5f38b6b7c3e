import {expect} from 'chai'
import nock from 'nock'
import {ADA, exchange, idToken, LOOSE_ANSWER, NOW, SCOPES, tokens, VERIFIER} from './exchange.js'
import {SERVER} from './make-metadata.js'
import {plain} from '../../../support/make-account.js'

const PATH = '/api/auth/mcp/token'

describe('exchangeCode', () => {
  it('sends a form without a client secret and without a credential', async () => {
    const forms: unknown[] = []
    nock(SERVER, {
      badheaders: ['authorization'],
      reqheaders: {'content-type': /^application\/x-www-form-urlencoded/},
    })
      .post(PATH, (form) => forms.push(form) > 0)
      .reply(200, tokens())
    await exchange()
    expect(forms).to.deep.equal([
      {
        grant_type: 'authorization_code',
        client_id: 'mogplex-cli',
        code: 'code-value',
        redirect_uri: 'http://127.0.0.1:24816/auth/callback',
        code_verifier: VERIFIER,
      },
    ])
  })

  it('returns tokens, their expiry, the scopes, and the account', async () => {
    nock(SERVER).post(PATH).reply(200, tokens())
    const given = await exchange()
    expect(given.accessToken.reveal()).to.equal('access-token-value')
    expect(given.refreshToken?.reveal()).to.equal('refresh-token-value')
    expect(given.expiresAt).to.deep.equal(new Date(NOW.getTime() + 3_600_000))
    expect(given.scopes).to.deep.equal(['openid', 'read', 'write'])
    expect(plain(given.account)).to.deep.equal(ADA)
    expect(JSON.stringify(given)).not.to.include('token-value')
  })

  for (const token_type of ['Bearer', 'bearer', 'BEARER', ' Bearer ']) {
    it(`accepts the token type ${token_type}`, async () => {
      nock(SERVER).post(PATH).reply(200, tokens({token_type}))
      expect((await exchange()).accessToken.reveal()).to.equal('access-token-value')
    })
  }

  it('works without a refresh token', async () => {
    nock(SERVER)
      .post(PATH)
      .reply(200, tokens({refresh_token: undefined}))
    expect((await exchange()).refreshToken).to.equal(undefined)
  })

  it('uses the requested scopes where the server names none', async () => {
    nock(SERVER)
      .post(PATH)
      .reply(200, tokens({scope: undefined}))
    expect((await exchange()).scopes).to.deep.equal(SCOPES)
  })

  it('accepts fewer scopes than requested, and none that cannot be printed', async () => {
    nock(SERVER)
      .post(PATH)
      .reply(200, tokens({scope: 'read  openid '}))
    expect((await exchange()).scopes).to.deep.equal(['read', 'openid'])
    nock(SERVER)
      .post(PATH)
      .reply(200, tokens({scope: 'read\u001B]52;c;aGk=\u0007 \u009B2J write\u202E openid'}))
    expect((await exchange()).scopes).to.deep.equal(['openid'])
  })

  for (const [expires_in, seconds] of [
    [undefined, undefined],
    [null, undefined],
    ['', undefined],
    ['3600', 3600],
    [' 3600 ', 3600],
    [0, 0],
    [1e300, undefined],
  ] as const) {
    it(`reads expires_in ${String(expires_in)}`, async () => {
      nock(SERVER)
        .post(PATH)
        .reply(200, JSON.stringify({...tokens(), expires_in}))
      const end = seconds === undefined ? undefined : new Date(NOW.getTime() + seconds * 1000)
      expect((await exchange()).expiresAt).to.deep.equal(end)
    })
  }

  it('understands a 201 with a byte order mark, nulls and a list of scopes', async () => {
    nock(SERVER).post(PATH).reply(201, LOOSE_ANSWER)
    const given = await exchange()
    expect(given.accessToken.reveal()).to.equal('access-token-value')
    expect(given).to.include({refreshToken: undefined, expiresAt: undefined, account: undefined})
    expect(given.scopes).to.deep.equal(['read', 'write'])
  })

  it('accepts JSON with another content type, and unknown fields', async () => {
    const headers = {'content-type': 'text/plain'}
    nock(SERVER)
      .post(PATH)
      .reply(200, JSON.stringify(tokens({later: {nested: 1}})), headers)
    expect(plain((await exchange()).account)).to.deep.equal(ADA)
  })

  for (const id_token of [undefined, null, 'opaque', 42]) {
    it(`has no account where id_token is ${String(id_token)}`, async () => {
      nock(SERVER).post(PATH).reply(200, tokens({id_token}))
      expect((await exchange()).account).to.equal(undefined)
    })
  }

  it("checks the expiry of the ID token with the server's time", async () => {
    const over = idToken({exp: NOW.getTime() / 1000 - 60})
    const date = new Date(NOW.getTime() - 120_000).toUTCString()
    nock(SERVER)
      .post(PATH)
      .reply(200, tokens({id_token: over}), {date})
    expect(plain((await exchange()).account)).to.deep.equal(ADA)
  })

  it('uses our time where the server sends none', async () => {
    for (const headers of [{}, {date: 'today'}]) {
      const over = idToken({exp: NOW.getTime() / 1000})
      nock(SERVER)
        .post(PATH)
        .reply(200, tokens({id_token: over}), headers)
      const error: unknown = await exchange().catch((thrown: unknown) => thrown)
      expect(error).to.include({exitCode: 69}).and.property('message').include('ID token')
    }
  })
})
