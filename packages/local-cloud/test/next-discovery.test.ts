import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {readObject} from './support/authorization-request.js'

const SERVER = '/.well-known/oauth-authorization-server'

describe('discovery of the profile next', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud({profile: 'next'})))
  after(() => cloud.close())

  for (const path of [
    SERVER,
    `${SERVER}/api/auth`,
    `/api/auth${SERVER}`,
    '/api/auth/.well-known/openid-configuration',
  ]) {
    it(`names an issuer with a path at ${path}`, async () => {
      const auth = `${cloud.url}/api/auth`
      const metadata = await readObject(await fetch(cloud.url + path))
      expect(metadata).to.deep.include({
        issuer: auth,
        authorization_endpoint: `${auth}/oauth2/authorize`,
        token_endpoint: `${auth}/oauth2/token`,
        revocation_endpoint: `${auth}/oauth2/revoke`,
        introspection_endpoint: `${auth}/oauth2/introspect`,
        userinfo_endpoint: `${auth}/oauth2/userinfo`,
        jwks_uri: `${auth}/jwks`,
        authorization_response_iss_parameter_supported: true,
        id_token_signing_alg_values_supported: ['EdDSA'],
        scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
      })
      expect(metadata.token_endpoint_auth_methods_supported).not.to.include('none')
      expect(metadata).not.to.have.any.keys(
        'registration_endpoint',
        'device_authorization_endpoint',
      )
    })
  }

  for (const path of ['', '/api/v1/mogplex/mcp']) {
    it(`describes one protected resource, also at ${path || '/'} (RFC 9728)`, async () => {
      const url = `${cloud.url}/.well-known/oauth-protected-resource${path}`
      expect(await readObject(await fetch(url))).to.deep.include({
        resource: `${cloud.url}/api/v1/mogplex/mcp`,
        authorization_servers: [`${cloud.url}/api/auth`],
        scopes_supported: ['read', 'write'],
      })
    })
  }

  for (const path of [
    '/.well-known/openid-configuration',
    '/.well-known/nothing',
    '/api/auth/mcp/token',
    '/api/auth/mcp/get-session',
    '/api/auth/owner-of',
  ]) {
    it(`answers 404 at ${path}`, async () => {
      expect((await fetch(cloud.url + path)).status).to.equal(404)
    })
  }
})
