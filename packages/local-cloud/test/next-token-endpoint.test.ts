import {expect} from 'chai'
import {createPublicKey, verify, type JsonWebKey} from 'node:crypto'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {EVERY_SCOPE, readObject, type Changes} from './support/authorization-request.js'
import {
  ADA,
  exchangeNext,
  expectOAuthError,
  GRACE,
  nextUrl,
  postNext,
  refreshNext,
  works,
} from './support/next-cloud.js'

describe('the token endpoint of the profile next', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud({profile: 'next'})))
  after(() => cloud.close())

  const newCode = async (changes: Changes = {}) =>
    (await cloud.browser(ADA).authorize(nextUrl(cloud.url, changes))).searchParams.get('code')
  const refresh = (token: unknown) => refreshNext(cloud.url, String(token))

  it('issues opaque tokens that open the API for an hour, and says when they expire', async () => {
    const tokens = await readObject(await exchangeNext(cloud.url, await newCode()))
    expect(tokens).to.include({token_type: 'Bearer', expires_in: 3600, scope: EVERY_SCOPE})
    expect(tokens.expires_at).to.be.closeTo(Date.now() / 1000 + 3600, 60)
    expect(tokens.access_token).to.match(/^[A-Za-z]{32}$/)
    expect(tokens.refresh_token).to.match(/^[A-Za-z]{32}$/)
    expect(await works(cloud, tokens.access_token)).to.equal(true)
    expect(cloud.secrets()).to.include.members([tokens.access_token, tokens.refresh_token])
  })

  it('signs the ID token with a published key, and includes only the subject', async () => {
    const code = await newCode({nonce: 'n-1'})
    const {id_token, access_token} = await readObject(await exchangeNext(cloud.url, code))
    const [header = '', payload = '', signature = ''] = String(id_token).split('.')
    const {keys} = await readObject(await fetch(`${cloud.url}/api/auth/jwks`))
    const [key] = keys as JsonWebKey[]
    expect(key).to.include({alg: 'EdDSA', crv: 'Ed25519'})
    const publicKey = createPublicKey({format: 'jwk', key: key ?? {}})
    const signed = Buffer.from(`${header}.${payload}`)
    expect(verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))).to.equal(true)
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    expect(claims).to.include({iss: `${cloud.url}/api/auth`, aud: 'mogplex-cli', nonce: 'n-1'})
    expect(claims).not.to.have.any.keys('email', 'name')
    const headers = {authorization: `Bearer ${String(access_token)}`}
    const told = await fetch(`${cloud.url}/api/auth/oauth2/userinfo`, {headers})
    expect(await readObject(told)).to.include({email: ADA, name: 'Ada Lovelace'})
  })

  it('issues a JWT where the resource was requested, and the API accepts it', async () => {
    const resource = `${cloud.url}/api/v1/mogplex/mcp`
    const code = await newCode({resource})
    const {access_token} = await readObject(await exchangeNext(cloud.url, code, {resource}))
    expect(access_token).to.match(/^eyJ/)
    expect(await works(cloud, access_token)).to.equal(true)
  })

  it('rotates, and returns the same answer to a repeated request', async () => {
    const first = await cloud.signIn(ADA)
    const second = await readObject(await refresh(first.refresh_token))
    expect(second.refresh_token).not.to.equal(first.refresh_token)
    expect(second).to.have.property('id_token')
    const again = await readObject(await refresh(first.refresh_token))
    const {access_token, refresh_token} = second
    expect(again).to.include({access_token, refresh_token})
    expect(await works(cloud, first.access_token)).to.equal(true)
  })

  it('gives simultaneous refreshes at most one new refresh token, and refuses the others', async () => {
    const {refresh_token} = await cloud.signIn(ADA)
    const answers = await Promise.all([1, 2, 3].map(() => refresh(refresh_token)))
    const bodies = await Promise.all(answers.map(readObject))
    const given = bodies.flatMap((body) => body.refresh_token ?? [])
    expect(new Set(given).size).to.equal(1)
    for (const {error} of bodies) expect(error).to.be.oneOf([undefined, 'invalid_grant'])
  })

  it('narrows the scopes of a refresh on request', async () => {
    const {refresh_token = ''} = await cloud.signIn(ADA)
    const narrow = await readObject(await refreshNext(cloud.url, refresh_token, 'read'))
    expect(narrow.scope).to.equal('read')
  })

  it('revokes a refresh token with its access token, which is then unknown', async () => {
    const {access_token, refresh_token = ''} = await cloud.signIn(ADA)
    const revoke = (token: string, token_type_hint: string) =>
      postNext(cloud.url, 'revoke', {token, token_type_hint})
    expect((await revoke(refresh_token, 'refresh_token')).status).to.equal(200)
    expect(await works(cloud, access_token)).to.equal(false)
    await expectOAuthError(await revoke(access_token, 'access_token'), 400, 'invalid_request')
    await expectOAuthError(await refresh(refresh_token), 400, 'invalid_grant')
  })

  it('ends access tokens when the browser signs out, even those of later refreshes', async () => {
    const browser = cloud.browser(ADA)
    const code = (await browser.authorize(nextUrl(cloud.url))).searchParams.get('code')
    const tokens = await readObject(await exchangeNext(cloud.url, code))
    await browser.fetch('/logout', {method: 'POST'})
    expect(await works(cloud, tokens.access_token)).to.equal(false)
    const refreshed = await refresh(tokens.refresh_token)
    expect(refreshed.status).to.equal(200)
    expect(await works(cloud, (await readObject(refreshed)).access_token)).to.equal(false)
  })

  it('expires access tokens at once on request, and allows them to be refreshed', async () => {
    const {access_token, refresh_token} = await cloud.signIn(ADA)
    await cloud.expireAccessTokens()
    expect(await works(cloud, access_token)).to.equal(false)
    const refreshed = await readObject(await refresh(refresh_token))
    expect(await works(cloud, refreshed.access_token)).to.equal(true)
  })

  it('deletes all tokens on request', async () => {
    const {access_token, refresh_token} = await cloud.signIn(ADA)
    await cloud.revokeTokens()
    expect(await works(cloud, access_token)).to.equal(false)
    await expectOAuthError(await refresh(refresh_token), 400, 'invalid_grant')
  })

  it('answers as RFC 6749 requires, except for a wrong code verifier', async () => {
    await expectOAuthError(await exchangeNext(cloud.url, 'unknown'), 400, 'invalid_grant')
    await expectOAuthError(await refresh('unknown'), 400, 'invalid_grant')
    const fields = {grant_type: 'urn:ietf:params:oauth:grant-type:device_code'}
    const other = await postNext(cloud.url, 'token', fields)
    await expectOAuthError(other, 400, 'unsupported_grant_type')
    const wrong = {code_verifier: 'w'.repeat(43)}
    const refused = await exchangeNext(cloud.url, await newCode(), wrong)
    await expectOAuthError(refused, 401, 'invalid_request')
  })
})

describe('the profile next without a replay window', () => {
  it('ends every sign-in of the account when a refresh token is reused', async () => {
    const cloud = await startLocalCloud({profile: 'next', replayWindowSeconds: 0})
    try {
      const used = await cloud.signIn(ADA)
      const elsewhere = await cloud.signIn(ADA)
      const somebodyElse = await cloud.signIn(GRACE)
      const winner = await readObject(await refreshNext(cloud.url, used.refresh_token))
      const again = await refreshNext(cloud.url, used.refresh_token)
      await expectOAuthError(again, 400, 'invalid_grant')
      expect(await works(cloud, winner.access_token)).to.equal(false)
      expect(await works(cloud, elsewhere.access_token)).to.equal(false)
      const late = await refreshNext(cloud.url, elsewhere.refresh_token)
      await expectOAuthError(late, 400, 'invalid_grant')
      expect(await works(cloud, somebodyElse.access_token)).to.equal(true)
    } finally {
      await cloud.close()
    }
  })
})

describe('lifetimes of the profile next', () => {
  it('end an access token and a refresh token', async () => {
    const cloud = await startLocalCloud({
      profile: 'next',
      accessTokenLifetimeSeconds: -1,
      refreshTokenLifetimeSeconds: -1,
    })
    try {
      const {access_token, refresh_token} = await cloud.signIn(ADA)
      expect(await works(cloud, access_token)).to.equal(false)
      const late = await refreshNext(cloud.url, refresh_token)
      await expectOAuthError(late, 400, 'invalid_grant')
    } finally {
      await cloud.close()
    }
  })
})
