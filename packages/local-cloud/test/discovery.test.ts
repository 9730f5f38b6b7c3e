import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {readObject} from './support/authorization-request.js'

describe('discovery', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud()))
  after(() => cloud.close())

  const document = (base: string, scopes: string[]) => ({
    issuer: base,
    authorization_endpoint: `${base}/api/auth/mcp/authorize`,
    token_endpoint: `${base}/api/auth/mcp/token`,
    userinfo_endpoint: `${base}/api/auth/mcp/userinfo`,
    jwks_uri: `${base}/api/auth/mcp/jwks`,
    registration_endpoint: `${base}/api/auth/mcp/register`,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    acr_values_supported: ['urn:mace:incommon:iap:silver', 'urn:mace:incommon:iap:bronze'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: 'sub iss aud exp nbf iat jti email email_verified name'.split(' '),
  })

  it('describes the authorization server, with the scopes of the API appended', async () => {
    const response = await fetch(`${cloud.url}/.well-known/oauth-authorization-server`)
    expect(response.headers.get('content-type')).to.match(/^application\/json/)
    const scopes = ['openid', 'profile', 'email', 'offline_access', 'read', 'write']
    expect(await response.json()).to.deep.equal(document(cloud.url, scopes))
  })

  it('keeps a second copy below /api/auth that lacks read and write', async () => {
    const response = await fetch(`${cloud.url}/api/auth/.well-known/oauth-authorization-server`)
    const scopes = ['openid', 'profile', 'email', 'offline_access']
    expect(await response.json()).to.deep.equal(document(cloud.url, scopes))
  })

  for (const path of ['', '/api/v1/mogplex/mcp']) {
    it(`describes the protected resource ${path || '/'} (RFC 9728)`, async () => {
      const url = `${cloud.url}/.well-known/oauth-protected-resource${path}`
      const metadata = await readObject(await fetch(url))
      expect(metadata.resource).to.equal(cloud.url + path)
      expect(metadata.authorization_servers).to.deep.equal([cloud.url])
      expect(metadata.scopes_supported).to.deep.equal(['read', 'write'])
      expect(metadata.resource_documentation).to.be.a('string')
    })
  }

  for (const path of [
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/api/auth',
    '/api/auth/mcp/jwks',
    '/api/auth/mcp/userinfo',
  ]) {
    it(`answers 404 at ${path}`, async () => {
      expect((await fetch(cloud.url + path)).status).to.equal(404)
    })
  }
})
