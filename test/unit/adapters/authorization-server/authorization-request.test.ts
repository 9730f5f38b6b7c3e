import {expect} from 'chai'
import {createHash} from 'node:crypto'
import {inspect} from 'node:util'
import {
  type AuthorizationRequest,
  makeAuthorizationRequest,
} from '../../../../src/adapters/authorization-server/authorization-request.js'
import {ENDPOINTS, makeMetadata} from './make-metadata.js'

const REDIRECT = 'http://127.0.0.1:24816/auth/callback'

async function request(
  endpoint = ENDPOINTS.authorization_endpoint,
  scopes = ['openid', 'read', 'write'],
): Promise<AuthorizationRequest> {
  const metadata = {...makeMetadata(), authorizationEndpoint: new URL(endpoint)}
  return makeAuthorizationRequest(metadata, {
    clientId: 'mogplex-cli',
    scopes,
    redirectUri: REDIRECT,
  })
}

describe('makeAuthorizationRequest', () => {
  it('has exactly the parameters of RFC 6749 and RFC 7636', async () => {
    const {url, state, redirectUri, nonce} = await request()
    const {code_challenge, ...rest} = Object.fromEntries(url.searchParams)
    expect(url.origin + url.pathname).to.equal(ENDPOINTS.authorization_endpoint)
    expect(rest).to.deep.equal({
      response_type: 'code',
      client_id: 'mogplex-cli',
      redirect_uri: REDIRECT,
      scope: 'openid read write',
      state,
      nonce,
      code_challenge_method: 'S256',
    })
    expect(code_challenge).to.match(/^[\w-]{43}$/)
    expect(redirectUri).to.equal(REDIRECT)
  })

  it('asks for consent only where it requests offline access', async () => {
    const promptFor = async (...scopes: string[]): Promise<string | null> =>
      (await request(undefined, scopes)).url.searchParams.get('prompt')
    expect(await promptFor('openid', 'offline_access', 'read')).to.equal('consent')
    expect(await promptFor('offline_access')).to.equal('consent')
    expect(await promptFor('openid', 'read')).to.equal(null)
  })

  it('has a new nonce only where it requests an ID token', async () => {
    const [first, second] = await Promise.all([request(), request()])
    expect(first.nonce).to.match(/^[\w-]{22,}$/)
    expect(first.nonce).not.to.equal(second.nonce).and.not.to.equal(first.state)
    const {url, nonce} = await request(undefined, ['read'])
    expect(nonce).to.equal(undefined)
    expect(url.searchParams.has('nonce')).to.equal(false)
  })

  it('challenges with the SHA-256 of the code verifier, which is long enough', async () => {
    const {url, codeVerifier} = await request()
    const verifier = codeVerifier.reveal()
    expect(verifier).to.match(/^[\w.~-]{43,128}$/)
    const hash = createHash('sha256').update(verifier).digest('base64url')
    expect(url.searchParams.get('code_challenge')).to.equal(hash)
    expect(url.href).not.to.include(verifier)
  })

  it('creates a new state and code verifier each time, of 128 bits at least', async () => {
    const requests = await Promise.all(Array.from({length: 20}, async () => request()))
    expect(new Set(requests.map(({state}) => state)).size).to.equal(20)
    expect(new Set(requests.map(({codeVerifier}) => codeVerifier.reveal())).size).to.equal(20)
    for (const {state} of requests) expect(state).to.match(/^[\w-]{22,}$/)
  })

  it('keeps the query of the endpoint, and wins where they collide', async () => {
    const {url} = await request(`${ENDPOINTS.authorization_endpoint}?tenant=a%20b&state=theirs`)
    expect(url.searchParams.get('tenant')).to.equal('a b')
    expect(url.searchParams.getAll('state')).to.have.lengthOf(1).and.not.include('theirs')
  })

  it('does not print its code verifier', async () => {
    const made = await request()
    const verifier = made.codeVerifier.reveal()
    expect(inspect(made, {depth: null}) + JSON.stringify(made)).not.to.include(verifier)
  })
})
