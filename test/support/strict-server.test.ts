import {expect} from 'chai'
import {createHash} from 'node:crypto'
import {
  startStrictServer,
  STRICT_ACCOUNT,
  STRICT_CLIENT,
  type StrictServer,
} from './strict-server.js'

const VERIFIER = 'v'.repeat(64)
const REDIRECT = 'http://127.0.0.1:24816/auth/callback'
const SCOPE = 'openid profile email offline_access read write'

async function post(url: string, fields: Record<string, string>) {
  const body = new URLSearchParams({client_id: STRICT_CLIENT, ...fields})
  const response = await fetch(url, {method: 'POST', body})
  const text = await response.text()
  const json = text === '' ? {} : (JSON.parse(text) as Record<string, string | number>)
  return {status: response.status, json: new Map(Object.entries(json))}
}

async function signIn(server: StrictServer, changes: Record<string, string> = {}) {
  const {issuer} = server
  const url = new URL(`${issuer}/authorize`)
  const code_challenge = createHash('sha256').update(VERIFIER).digest('base64url')
  const query = {
    response_type: 'code',
    client_id: STRICT_CLIENT,
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: 'a-state',
    prompt: 'consent',
    code_challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  url.search = new URLSearchParams(query).toString()
  const {searchParams} = await server.browser().authorize(url)
  const code = searchParams.get('code') ?? ''
  const tokens = await post(`${issuer}/token`, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
  })
  return {callback: searchParams, tokens: tokens.json}
}

for (const path of ['', '/realms/a']) {
  describe(`strict server, ${path === '' ? 'without' : 'with'} a path`, () => {
    let server: StrictServer
    before(async () => {
      server = await startStrictServer({path})
    })
    after(() => server.close())

    it('describes itself at both well-known addresses, with its own endpoints', async () => {
      for (const url of [
        `${server.origin}/.well-known/oauth-authorization-server${path}`,
        `${server.issuer}/.well-known/openid-configuration`,
      ]) {
        const document = (await (await fetch(url)).json()) as Record<string, unknown>
        expect(document, url).to.include({
          issuer: server.issuer,
          authorization_response_iss_parameter_supported: true,
          token_endpoint: `${server.issuer}/token`,
          jwks_uri: `${server.issuer}/jwks`,
          device_authorization_endpoint: `${server.issuer}/device/auth`,
          revocation_endpoint: `${server.issuer}/token/revocation`,
        })
      }
    })

    it('signs its account in, and names itself in the redirect', async () => {
      const {callback, tokens} = await signIn(server)
      expect(callback.get('iss')).to.equal(server.issuer)
      expect(tokens.get('scope')).to.equal(SCOPE)
      const access = String(tokens.get('access_token'))
      expect(await server.knows(access)).to.equal(true)
      expect(server.secrets()).to.include.members([access, tokens.get('refresh_token')])
      const headers = {authorization: `Bearer ${access}`}
      const info: unknown = await (await fetch(`${server.issuer}/me`, {headers})).json()
      expect(info).to.include({sub: STRICT_ACCOUNT.id, email: STRICT_ACCOUNT.email})
      const api = `${server.origin}/api/v1/mogplex/repos?limit=1`
      expect((await fetch(api, {headers})).status).to.equal(200)
      expect((await fetch(api)).status).to.equal(401)
    })

    it('issues a refresh token only where consent was requested', async () => {
      const {tokens} = await signIn(server, {prompt: 'login'})
      expect(tokens.has('access_token')).to.equal(true)
      expect(tokens.has('refresh_token')).to.equal(false)
    })

    it('revokes the whole grant when a refresh token is reused', async () => {
      const {tokens} = await signIn(server)
      const refresh_token = String(tokens.get('refresh_token'))
      const refresh = () =>
        post(`${server.issuer}/token`, {grant_type: 'refresh_token', refresh_token})
      const first = await refresh()
      expect(first.status).to.equal(200)
      expect((await refresh()).json.get('error')).to.equal('invalid_grant')
      expect(await server.knows(String(first.json.get('access_token')))).to.equal(false)
    })

    for (const answer of ['approve', 'deny'] as const) {
      it(`lets a user ${answer} a device`, async () => {
        const given = await post(`${server.issuer}/device/auth`, {scope: SCOPE})
        const poll = () =>
          post(`${server.issuer}/token`, {
            grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
            device_code: String(given.json.get('device_code')),
          })
        expect(given.json.get('verification_uri')).to.equal(`${server.issuer}/device`)
        expect((await poll()).json.get('error')).to.equal('authorization_pending')
        const userCode = String(given.json.get('user_code'))
        await (answer === 'approve' ? server.approveDevice(userCode) : server.denyDevice(userCode))
        const {json} = await poll()
        if (answer === 'deny') expect(json.get('error')).to.equal('access_denied')
        else expect(json.get('scope')).to.equal(SCOPE)
      })
    }
  })
}
