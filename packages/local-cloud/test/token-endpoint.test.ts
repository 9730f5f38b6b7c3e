import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {
  authorizationUrl,
  EVERY_SCOPE,
  exchange,
  postToken,
  readObject,
  REDIRECT_URI,
  refresh,
  VERIFIER,
  type Changes,
} from './support/authorization-request.js'

describe('the token endpoint', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud()))
  after(() => cloud.close())

  const newCode = async (changes: Changes = {}): Promise<string> => {
    const url = authorizationUrl(cloud.url, changes)
    const back = await cloud.browser('ada@example.test').authorize(url)
    return back.searchParams.get('code') ?? ''
  }
  const newTokens = async (scope = EVERY_SCOPE) =>
    readObject(await exchange(cloud.url, await newCode({scope})))
  const works = async (accessToken: unknown): Promise<boolean> => {
    const headers = {authorization: `Bearer ${String(accessToken)}`}
    return (await fetch(`${cloud.url}/api/v1/mogplex/repos`, {headers})).ok
  }
  const expectError = async (
    response: Response,
    status: number,
    error: string,
    description: string,
  ) => {
    const body = await readObject(response)
    expect(body.error).to.equal(error)
    expect(body.error_description).to.equal(description)
    expect(response.status).to.equal(status)
  }

  it('exchanges a code for tokens that open the API for an hour', async () => {
    const tokens = await newTokens()
    expect(tokens.token_type).to.equal('Bearer')
    expect(tokens.expires_in).to.equal(3600)
    expect(tokens.scope).to.equal(EVERY_SCOPE)
    expect(tokens.access_token).to.match(/^[A-Za-z]{32}$/)
    expect(tokens.refresh_token).to.match(/^[A-Za-z]{32}$/)
    expect(await works(tokens.access_token)).to.equal(true)
  })

  it('accepts JSON too', async () => {
    const form = {
      grant_type: 'authorization_code',
      client_id: 'mogplex-cli',
      code: await newCode(),
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
    }
    const response = await fetch(`${cloud.url}/api/auth/mcp/token`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify(form),
    })
    expect(response.status).to.equal(200)
    expect(await readObject(response)).to.have.property('access_token')
  })

  it('signs the ID token with HS256, includes no issuer, and names the account', async () => {
    const [header = '', payload = ''] = String((await newTokens()).id_token).split('.')
    const parse = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(parse(header)).to.deep.equal({alg: 'HS256'})
    const claims = parse(payload)
    expect(claims).to.include({
      aud: 'mogplex-cli',
      acr: 'urn:mace:incommon:iap:silver',
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: 'ada@example.test',
      email_verified: true,
    })
    expect(claims).to.include.keys('sub', 'iat', 'exp', 'updated_at')
    expect(claims).to.not.have.property('iss')
  })

  it('issues a refresh token only for offline_access, an ID token only for openid', async () => {
    expect(await newTokens('read')).to.not.have.any.keys('refresh_token', 'id_token')
    expect(await newTokens('openid read')).to.not.have.property('refresh_token')
    expect(await newTokens('offline_access read')).to.not.have.property('id_token')
  })

  it('grants read and write when no scope was requested', async () => {
    const tokens = await readObject(await exchange(cloud.url, await newCode({scope: undefined})))
    expect(tokens.scope).to.equal('read write')
  })

  it('refreshes, and leaves the old tokens valid', async () => {
    const first = await newTokens()
    const old = String(first.refresh_token)
    const answers = await Promise.all([refresh(cloud.url, old), refresh(cloud.url, old)])
    for (const answer of answers) {
      expect(answer.status).to.equal(200)
      const next = await readObject(answer)
      expect(next.token_type).to.equal('bearer')
      expect(next.scope).to.equal(EVERY_SCOPE)
      expect(next.expires_in).to.equal(3600)
      expect(next.refresh_token)
        .to.match(/^[A-Za-z]{32}$/)
        .and.not.equal(old)
      expect(next).to.not.have.property('id_token')
      expect(await works(next.access_token)).to.equal(true)
    }
    expect(await works(first.access_token)).to.equal(true)
    expect((await refresh(cloud.url, old)).status).to.equal(200)
  })

  it('ignores the scope of a refresh', async () => {
    const {refresh_token} = await newTokens()
    const answer = await refresh(cloud.url, String(refresh_token), {scope: 'read'})
    expect((await readObject(answer)).scope).to.equal(EVERY_SCOPE)
  })

  it('keeps CLI tokens alive when the browser signs out', async () => {
    const browser = cloud.browser('ada@example.test')
    const back = await browser.authorize(authorizationUrl(cloud.url))
    const tokens = await readObject(await exchange(cloud.url, back.searchParams.get('code') ?? ''))
    await browser.fetch('/logout', {method: 'POST'})
    expect(await works(tokens.access_token)).to.equal(true)
    expect((await refresh(cloud.url, String(tokens.refresh_token))).status).to.equal(200)
  })

  it('refuses an unknown or used code', async () => {
    await expectError(await exchange(cloud.url, 'x'), 401, 'invalid_grant', 'invalid code')
    const code = await newCode()
    expect((await exchange(cloud.url, code)).status).to.equal(200)
    await expectError(await exchange(cloud.url, code), 401, 'invalid_grant', 'invalid code')
  })

  it('refuses a wrong code verifier, and the attempt spends the code', async () => {
    const code = await newCode()
    const wrong = await exchange(cloud.url, code, {code_verifier: 'wrong'})
    await expectError(wrong, 401, 'invalid_request', 'code verification failed')
    await expectError(await exchange(cloud.url, code), 401, 'invalid_grant', 'invalid code')
  })

  const refusedCodes: [string, Changes, number, string, string][] = [
    [
      'another redirect URI',
      {redirect_uri: 'http://127.0.0.1:24818/auth/callback'},
      401,
      'invalid_client',
      'invalid redirect_uri',
    ],
    ['an unknown client', {client_id: 'nobody'}, 401, 'invalid_client', 'invalid client_id'],
    ['no client', {client_id: undefined}, 401, 'invalid_client', 'client_id is required'],
  ]
  for (const [what, changes, status, error, description] of refusedCodes) {
    it(`refuses a code from ${what}`, async () => {
      const response = await exchange(cloud.url, await newCode(), changes)
      await expectError(response, status, error, description)
    })
  }

  it('refuses a code without a code verifier', async () => {
    const response = await exchange(cloud.url, await newCode(), {code_verifier: undefined})
    await expectError(response, 400, 'invalid_request', 'code verifier is missing')
  })

  it('refuses refresh tokens that are unknown, missing, or from another client', async () => {
    const unknown = await refresh(cloud.url, 'unknown')
    await expectError(unknown, 401, 'invalid_grant', 'invalid refresh token')
    const missing = await refresh(cloud.url, '', {refresh_token: undefined})
    await expectError(missing, 400, 'invalid_request', 'refresh_token is required')
    const {refresh_token} = await newTokens()
    for (const client_id of [undefined, 'nobody']) {
      const other = await refresh(cloud.url, String(refresh_token), {client_id})
      await expectError(other, 401, 'invalid_client', 'invalid client_id')
    }
  })

  it('requires a code for any unknown grant type', async () => {
    for (const grant_type of [
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:device_code',
    ]) {
      const body = new URLSearchParams({grant_type, client_id: 'mogplex-cli'})
      const response = await postToken(cloud.url, body)
      await expectError(response, 400, 'invalid_request', 'code is required')
    }
  })

  it('answers an empty body with 400 and no `error`', async () => {
    const response = await postToken(cloud.url, new URLSearchParams())
    expect(response.status).to.equal(400)
    const body = await readObject(response)
    expect(body.code).to.equal('VALIDATION_ERROR')
    expect(body).to.not.have.property('error')
  })

  it("returns the session of a token, with plain-text tokens, at the library's route", async () => {
    const tokens = await newTokens()
    const session = async (token: unknown): Promise<unknown> => {
      const headers = {authorization: `Bearer ${String(token)}`}
      const response = await fetch(`${cloud.url}/api/auth/mcp/get-session`, {headers})
      expect(response.status).to.equal(200)
      return response.json()
    }
    const known = await session(tokens.access_token)
    expect(known).to.include({clientId: 'mogplex-cli', scopes: EVERY_SCOPE})
    expect(known).to.include({accessToken: tokens.access_token})
    expect(await session('unknown')).to.equal(null)
  })
})

describe('lifetimes', () => {
  it('expires an access token and a refresh token after their lifetimes', async () => {
    const cloud = await startLocalCloud({
      accessTokenLifetimeSeconds: -1,
      refreshTokenLifetimeSeconds: -1,
    })
    try {
      const {access_token, refresh_token = ''} = await cloud.signIn('ada@example.test')
      const headers = {authorization: `Bearer ${access_token}`}
      const answer = await fetch(`${cloud.url}/api/v1/mogplex/repos`, {headers})
      expect(answer.status).to.equal(401)
      const refused = await refresh(cloud.url, refresh_token)
      expect(refused.status).to.equal(401)
      expect(await readObject(refused)).to.include({
        error: 'invalid_grant',
        error_description: 'refresh token expired',
      })
    } finally {
      await cloud.close()
    }
  })
})
