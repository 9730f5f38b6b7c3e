import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {authorizationUrl, exchange, readObject, refresh} from './support/authorization-request.js'

const REDIRECT_URI = 'http://127.0.0.1:9/anything'
const DAY_MS = 24 * 60 * 60 * 1000

describe('client registration', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud()))
  after(() => cloud.close())

  const register = async (): Promise<string> => {
    const response = await fetch(`${cloud.url}/api/auth/mcp/register`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({
        client_name: 'Another client',
        redirect_uris: [REDIRECT_URI],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
      }),
    })
    expect(response.status).to.equal(201)
    return String((await readObject(response)).client_id)
  }

  const signIn = async (client_id: string, redirect_uri: string, scope: string) => {
    const url = authorizationUrl(cloud.url, {client_id, redirect_uri, scope})
    const back = await cloud.browser('ada@example.test').authorize(url)
    expect(back.origin + back.pathname).to.equal(redirect_uri)
    const code = back.searchParams.get('code') ?? ''
    return readObject(await exchange(cloud.url, code, {client_id, redirect_uri}))
  }

  const daysLeft = async (token: unknown): Promise<number> => {
    const headers = {authorization: `Bearer ${String(token)}`}
    const session = await fetch(`${cloud.url}/api/auth/mcp/get-session`, {headers})
    const {refreshTokenExpiresAt} = await readObject(session)
    return Math.round((Date.parse(String(refreshTokenExpiresAt)) - Date.now()) / DAY_MS)
  }

  it('creates a public client with its own redirect URI, which signs in and refreshes', async () => {
    const client_id = await register()
    const scope = 'offline_access read'
    const tokens = await signIn(client_id, REDIRECT_URI, scope)
    expect(tokens.scope).to.equal(scope)
    const next = await readObject(
      await refresh(cloud.url, String(tokens.refresh_token), {client_id}),
    )
    expect(next).to.include.keys('access_token', 'refresh_token')
    const send = (path: string, init: RequestInit = {}) =>
      fetch(`${cloud.url}/api/v1/mogplex${path}`, {
        ...init,
        headers: {authorization: `Bearer ${String(next.access_token)}`},
      })
    expect((await send('/repos')).status).to.equal(200)
    const cancel = await send(`/runs/${crypto.randomUUID()}/cancel`, {method: 'POST'})
    expect(cancel.status, 'without the scope `write`').to.equal(403)
  })

  it('gives its clients refresh tokens for 100 years, and mogplex-cli for 30 days', async () => {
    const client_id = await register()
    const uris = {[client_id]: REDIRECT_URI, 'mogplex-cli': 'http://127.0.0.1:24816/auth/callback'}
    for (const [client, uri] of Object.entries(uris)) {
      const tokens = await signIn(client, uri, 'offline_access read')
      const refreshed = await readObject(
        await refresh(cloud.url, String(tokens.refresh_token), {client_id: client}),
      )
      for (const {access_token} of [tokens, refreshed]) {
        expect(await daysLeft(access_token)).to.equal(client === client_id ? 36_500 : 30)
      }
    }
  })
})
