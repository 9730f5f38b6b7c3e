import {expect} from 'chai'
import {startLocalCloud, type LocalCloud} from '../src/index.js'
import {
  authorizationUrl,
  exchange,
  REDIRECT_URI,
  readObject,
  STATE,
} from './support/authorization-request.js'

const SURVIVORS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'prompt',
  'resource',
]

describe('the authorization endpoint', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud({callbackPorts: [45_678]})))
  after(() => cloud.close())

  const signedIn = async () => {
    const browser = cloud.browser('ada@example.test')
    await browser.authorize(authorizationUrl(cloud.url))
    return browser
  }
  const claimsOf = (idToken: unknown): Record<string, unknown> => {
    const [, payload = ''] = String(idToken).split('.')
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return typeof claims === 'object' ? {...claims} : {}
  }

  it('sends a browser that is not signed in to the sign-in page, with the same query', async () => {
    const url = authorizationUrl(cloud.url, {nonce: 'n'})
    const response = await fetch(url, {redirect: 'manual'})
    expect(response.status).to.equal(302)
    expect(response.headers.get('location')).to.equal(`/login?${url.split('?')[1]}`)
  })

  it('lets only the listed parameters survive the sign-in page', async () => {
    const changes = {prompt: 'consent', resource: 'r', nonce: 'n', login_hint: 'x'}
    const start = new URL(authorizationUrl(cloud.url, changes))
    const body = new URLSearchParams({email: 'ada@example.test', password: 'demo-ada-2026'})
    const login = `${cloud.url}/login${start.search}`
    const response = await fetch(login, {method: 'POST', body, redirect: 'manual'})
    expect(response.status).to.equal(303)
    const location = new URL(response.headers.get('location') ?? '', cloud.url)
    expect(location.pathname).to.equal('/api/auth/mcp/authorize')
    expect([...location.searchParams.keys()].sort()).to.deep.equal([...SURVIVORS].sort())
  })

  it('redirects with the code, the state and nothing else', async () => {
    const back = await cloud.browser('ada@example.test').authorize(authorizationUrl(cloud.url))
    expect(back.origin + back.pathname).to.equal(REDIRECT_URI)
    expect([...back.searchParams.keys()]).to.deep.equal(['code', 'state'])
    expect(back.searchParams.get('state')).to.equal(STATE)
    expect(back.searchParams.get('code')).to.match(/^[A-Za-z0-9]{32}$/)
  })

  it('asks no signed-in user for consent, whatever the prompt', async () => {
    const browser = await signedIn()
    for (const prompt of [undefined, 'consent', 'login']) {
      const response = await browser.fetch(authorizationUrl(cloud.url, {prompt}))
      expect(response.headers.get('location')).to.match(/^http:\/\/127\.0\.0\.1:24816\/.*code=/)
    }
  })

  it('loses the nonce on the way through the sign-in page, and keeps it otherwise', async () => {
    const url = authorizationUrl(cloud.url, {nonce: 'n-1'})
    const browser = cloud.browser('ada@example.test')
    for (const nonce of [undefined, 'n-1']) {
      const code = (await browser.authorize(url)).searchParams.get('code') ?? ''
      const {id_token} = await readObject(await exchange(cloud.url, code))
      expect(claimsOf(id_token).nonce).to.equal(nonce)
    }
  })

  it('accepts the registered redirect URIs, and those of the given callback ports', async () => {
    const browser = await signedIn()
    for (const place of [
      'localhost:24816',
      'localhost:24818',
      '127.0.0.1:24818',
      '127.0.0.1:45678',
    ]) {
      const redirect_uri = `http://${place}/auth/callback`
      const back = await browser.authorize(authorizationUrl(cloud.url, {redirect_uri}))
      expect(back.origin + back.pathname).to.equal(redirect_uri)
    }
  })

  it('answers 400 in the browser when the redirect URI is not registered', async () => {
    const browser = await signedIn()
    for (const uri of ['http://127.0.0.1:9/auth/callback', `${REDIRECT_URI}/`, undefined]) {
      const response = await browser.fetch(authorizationUrl(cloud.url, {redirect_uri: uri}))
      expect(response.status).to.equal(400)
      expect((await readObject(response)).message).to.equal('Invalid redirect URI')
    }
  })

  const atTheCloud: [string, Record<string, string>][] = [
    ['invalid_client', {client_id: 'nobody'}],
    ['unsupported_response_type', {response_type: 'token'}],
  ]
  for (const [error, changes] of atTheCloud) {
    it(`keeps ${error} to itself: nothing reaches the client`, async () => {
      const response = await (await signedIn()).fetch(authorizationUrl(cloud.url, changes))
      expect(response.status).to.equal(302)
      const location = `${cloud.url}/api/auth/error?error=${error}`
      expect(response.headers.get('location')).to.equal(location)
      expect((await fetch(location)).headers.get('content-type')).to.match(/^text\/html/)
    })
  }

  const atTheClient: [string, string, Record<string, string | undefined>][] = [
    ['invalid_request', 'pkce is required', {code_challenge: undefined}],
    ['invalid_request', 'pkce is required', {code_challenge_method: undefined}],
    ['invalid_request', 'invalid code_challenge method', {code_challenge_method: 'plain'}],
    ['invalid_scope', 'The following scopes are invalid: a, b', {scope: 'read a b'}],
  ]
  for (const [error, description, changes] of atTheClient) {
    const changed = Object.keys(changes).join()
    it(`redirects with ${error} and without state: ${description} (${changed})`, async () => {
      const url = authorizationUrl(cloud.url, changes)
      const back = await cloud.browser('ada@example.test').authorize(url)
      expect(back.origin + back.pathname).to.equal(REDIRECT_URI)
      expect(Object.fromEntries(back.searchParams)).to.deep.equal({
        error,
        error_description: description,
      })
    })
  }
})
