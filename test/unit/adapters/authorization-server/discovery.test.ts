import {expect} from 'chai'
import nock from 'nock'
import {
  discover,
  type ServerMetadata,
} from '../../../../src/adapters/authorization-server/discovery.js'
import {createHttp} from '../../../../src/adapters/http.js'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {RemoteError, UnreachableError} from '../../../../src/domain/errors/remote.js'
import {ENDPOINTS, SERVER} from './make-metadata.js'

const RFC8414 = '/.well-known/oauth-authorization-server'
const OIDC = '/.well-known/openid-configuration'
const HTML = '<!doctype html><title>Mogplex</title>'

const http = createHttp('mogplex/test')

async function find(issuer = SERVER, loopbackHttp = false): Promise<ServerMetadata> {
  return discover(issuer, {http, loopbackHttp})
}

function serve(path: string, changes: object = {}): void {
  nock(SERVER)
    .get(path)
    .reply(200, {issuer: SERVER, ...ENDPOINTS, ...changes})
}

function missing(...paths: string[]): void {
  for (const path of paths) nock(SERVER).get(path).reply(404, HTML)
}

async function refusalOf(asked: Promise<unknown>): Promise<RemoteError> {
  const error: unknown = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RemoteError)) throw new Error('It was accepted, or failed in another way.')
  expect(error.exitCode).to.equal(69)
  return error
}

describe('discover', () => {
  afterEach(() => {
    expect(nock.pendingMocks()).to.deep.equal([])
  })

  it('reads the document of RFC 8414, requested without a credential', async () => {
    nock(SERVER, {badheaders: ['authorization']})
      .get(RFC8414)
      .reply(200, {issuer: SERVER, ...ENDPOINTS, later: {nested: 1}})
    const found = await find()
    expect(found.issuer).to.equal(SERVER)
    expect(found.authorizationEndpoint.href).to.equal(ENDPOINTS.authorization_endpoint)
    expect(found.document.token_endpoint).to.equal(ENDPOINTS.token_endpoint)
    expect(found.revocationEndpoint).to.equal(undefined)
    expect(found.deviceAuthorizationEndpoint).to.equal(undefined)
    expect(found.issPromised).to.equal(false)
    expect(found.document.issuer).to.equal(SERVER)
  })

  it('reads the optional endpoints', async () => {
    const offered = {
      revocation_endpoint: `${SERVER}/revoke`,
      device_authorization_endpoint: `${SERVER}/device`,
      authorization_response_iss_parameter_supported: true,
    }
    serve(RFC8414, offered)
    const {revocationEndpoint, deviceAuthorizationEndpoint, issPromised} = await find()
    expect(revocationEndpoint?.href).to.equal(`${SERVER}/revoke`)
    expect(deviceAuthorizationEndpoint?.href).to.equal(`${SERVER}/device`)
    expect(issPromised).to.equal(true)
  })

  for (const [what, status, body] of [
    ['there is no document', 404, HTML],
    ['a page answers with 200', 200, HTML],
    ['a redirect answers', 307, ''],
    ['nothing answers with 204', 204, ''],
    ['a list answers', 200, '[]'],
    ['JSON without an issuer answers', 200, '{}'],
    ['JSON with an issuer that is no address answers', 200, '{"issuer":"me"}'],
  ] as const) {
    it(`requests the OpenID document where ${what} at the address of RFC 8414`, async () => {
      nock(SERVER)
        .get(RFC8414)
        .reply(status, body, {location: `${SERVER}/login`})
      serve(OIDC)
      expect((await find()).document.token_endpoint).to.equal(ENDPOINTS.token_endpoint)
    })
  }

  it('reports that there is neither, and names the settings', async () => {
    missing(RFC8414, OIDC)
    const {message, remedy} = await refusalOf(find())
    expect(message).to.match(/^id\.example\.com does not say how to sign in/)
    expect(remedy).to.include('MOGPLEX_URL').and.include('MOGPLEX_ISSUER')
  })

  it('puts the well-known part before the path for RFC 8414', async () => {
    serve(`${RFC8414}/realms/a`, {issuer: `${SERVER}/realms/a`})
    expect((await find(`${SERVER}/realms/a`)).issuer).to.equal(`${SERVER}/realms/a`)
  })

  it('puts the well-known part after the path for OpenID', async () => {
    missing(`${RFC8414}/realms/a`)
    serve(`/realms/a${OIDC}`, {issuer: `${SERVER}/realms/a`})
    expect((await find(`${SERVER}/realms/a`)).issuer).to.equal(`${SERVER}/realms/a`)
  })

  it('rejects an issuer or an endpoint that exceeds the length limit', async () => {
    serve(RFC8414, {issuer: `${SERVER}/${'/'.repeat(900_000)}x`})
    missing(OIDC)
    expect((await refusalOf(find())).message).to.include('does not say how to sign in')
    serve(RFC8414, {token_endpoint: `${SERVER}/${'x'.repeat(2048)}`})
    expect((await refusalOf(find())).message).to.include('names no usable')
  })

  it('rejects a document of more than a megabyte, or with deep nesting', async () => {
    for (const [more, most] of [
      ['x'.repeat(1024 * 1024), '1 MB'],
      [Array.from({length: 40}).reduce((inner: unknown) => [inner], 'x'), '32 objects and lists'],
    ] as const) {
      serve(RFC8414, {more})
      const error = await refusalOf(find())
      expect(error.code).to.equal('ANSWER_TOO_LARGE')
      expect(error.message).to.include(`id.example.com answered with more than ${most}`)
    }
  })

  it('reads a 201 with a byte order mark before the document', async () => {
    const body = `\uFEFF${JSON.stringify({issuer: SERVER, ...ENDPOINTS})}`
    nock(SERVER).get(RFC8414).reply(201, body)
    expect((await find()).document.token_endpoint).to.equal(ENDPOINTS.token_endpoint)
  })

  it('ignores a trailing slash of the issuer', async () => {
    serve(RFC8414, {issuer: `${SERVER}/`})
    expect(await find()).to.include({issuer: SERVER})
    serve(`${RFC8414}/realms/a`, {issuer: `${SERVER}/realms/a/`})
    expect(await find(`${SERVER}/realms/a`)).to.include({issuer: `${SERVER}/realms/a`})
  })

  for (const issuer of [
    'https://thief.example.com',
    'https://id.example.com.thief.example.com/api',
    'https://id.example.community',
    'https://id.example.com@thief.example.com/',
    'https://id.example.com:8443',
    'http://id.example.com',
  ]) {
    it(`ignores a document of ${issuer}, and sends no request there`, async () => {
      serve(RFC8414, {issuer})
      expect((await refusalOf(find())).message).to.include('names another issuer')
    })
  }

  it('rejects the base address in place of a configured issuer with a path', async () => {
    serve(`${RFC8414}/realms/a`, {issuer: SERVER})
    expect((await refusalOf(find(`${SERVER}/realms/a`))).message).to.include('another issuer')
  })

  it('accepts the base address plus a path where that issuer confirms it', async () => {
    const issuer = `${SERVER}/api/auth`
    serve(RFC8414, {issuer})
    missing(`${RFC8414}/api/auth`)
    serve(`/api/auth${OIDC}`, {issuer: `${issuer}/`})
    const found = await find()
    expect(found.issuer).to.equal(SERVER)
    expect(found.document.issuer).to.equal(issuer)
  })

  it('refuses the base address plus a path that is not confirmed', async () => {
    serve(RFC8414, {issuer: `${SERVER}/api/auth`})
    missing(`${RFC8414}/api/auth`, `/api/auth${OIDC}`)
    expect((await refusalOf(find())).message).to.include('names another issuer')
  })

  it('refuses the base address plus a path that names a third issuer', async () => {
    serve(RFC8414, {issuer: `${SERVER}/api/auth`})
    serve(`${RFC8414}/api/auth`, {issuer: `${SERVER}/api/other`})
    expect((await refusalOf(find())).message).to.include('names another issuer')
  })

  for (const [what, changes] of Object.entries({
    'no authorization endpoint': {authorization_endpoint: undefined},
    'no token endpoint': {token_endpoint: undefined},
    'an authorization endpoint by http': {authorization_endpoint: 'http://id.example.com/a'},
    'a token endpoint by http': {token_endpoint: 'http://id.example.com/t'},
    'a token endpoint by http on loopback': {token_endpoint: 'http://127.0.0.1/t'},
    'an authorization endpoint that is a script': {authorization_endpoint: 'javascript:alert(1)'},
    'a token endpoint with a user in it': {token_endpoint: 'https://ada@id.example.com/t'},
    'a token endpoint without a host': {token_endpoint: '/t'},
    'a token endpoint that is not a text': {token_endpoint: {}},
  })) {
    it(`refuses metadata with ${what}`, async () => {
      serve(RFC8414, changes)
      expect((await refusalOf(find())).message).to.include('no usable authorization and token')
    })
  }

  it('accepts revocation and device endpoints only with https', async () => {
    const [revocation_endpoint, device_authorization_endpoint] = ['r', 'd'].map(
      (path) => `http://id.example.com/${path}`,
    )
    serve(RFC8414, {revocation_endpoint, device_authorization_endpoint})
    const {revocationEndpoint, deviceAuthorizationEndpoint} = await find()
    expect([revocationEndpoint, deviceAuthorizationEndpoint]).to.deep.equal([undefined, undefined])
  })

  it("says when to come back, from the hosted service's header too", async () => {
    const headers = {'content-type': 'text/plain', 'x-retry-after': '10'}
    nock(SERVER).get(RFC8414).reply(429, '{"message":"Too many requests."}', headers)
    const error: unknown = await find().catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(RateLimitedError)
    expect(error).to.include({exitCode: 75, retryAfterSeconds: 10})
  })

  for (const status of [500, 503]) {
    it(`does not treat a ${status} as a missing document`, async () => {
      nock(SERVER).get(RFC8414).reply(status, HTML)
      expect((await refusalOf(find())).message).to.include(String(status))
    })
  }

  it('reports that the server cannot be reached', async () => {
    nock(SERVER)
      .get(RFC8414)
      .replyWithError(Object.assign(new Error('x'), {code: 'ENOTFOUND'}))
    expect(await refusalOf(find())).to.be.instanceOf(UnreachableError)
  })

  it('sends no request to an http issuer, except on loopback in development', async () => {
    const {message} = await refusalOf(find('http://id.example.com', true))
    expect(message).to.include('was not asked')
    await refusalOf(find('http://127.0.0.1:3000'))
    const local = 'http://127.0.0.1:3000'
    const token_endpoint = `${local}/t`
    nock(local)
      .get(RFC8414)
      .reply(200, {issuer: local, authorization_endpoint: `${local}/a`, token_endpoint})
    expect((await find(local, true)).document.token_endpoint).to.equal(token_endpoint)
  })
})
