import {expect} from 'chai'
import nock from 'nock'
import {inspect} from 'node:util'
import {whoSignedIn} from '../../../../src/adapters/authorization-server/who-signed-in.js'
import {createHttp} from '../../../../src/adapters/http.js'
import type {Account} from '../../../../src/domain/credential/credential.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'
import {Secret} from '../../../../src/domain/credential/secret.js'
import {ADA, idToken as hostedIdToken, NOW} from './exchange.js'
import {makeMetadata, SERVER} from './make-metadata.js'
import {KEYS, signedIdToken, tamperedIdToken} from './signed-id-token.js'
import {plain} from '../../../support/make-account.js'

const [JWKS, USERINFO] = ['/jwks', '/userinfo']
const ADDRESSES = {jwks_uri: `${SERVER}${JWKS}`, userinfo_endpoint: `${SERVER}${USERINFO}`}
const NEITHER = {jwks_uri: undefined, userinfo_endpoint: undefined}
const SECONDS = NOW.getTime() / 1000

interface Changes {
  readonly idToken?: string | undefined
  readonly nonce?: string
  readonly document?: object
  readonly serverTime?: Date
  readonly signal?: AbortSignal
}

/** Who signed in at a server with keys and a userinfo endpoint. */
async function ask({
  idToken,
  nonce,
  document,
  serverTime,
  signal,
}: Changes): Promise<Account | undefined> {
  return whoSignedIn({
    http: createHttp('mogplex/test'),
    loopbackHttp: false,
    signal,
    clientId: 'mogplex-cli',
    metadata: makeMetadata({document: {...ADDRESSES, ...document}}),
    accessToken: new Secret('access-token-value'),
    idToken: idToken === undefined ? undefined : new Secret(idToken),
    serverTime: serverTime ?? NOW,
    nonce,
  })
}

async function failureOf(changes: Changes): Promise<Error> {
  const error: unknown = await ask(changes).then(
    (account) => new Error(`It did not fail: ${inspect(account)}`),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('What was thrown is not an error.')
  expect(inspect(error, {depth: null, showHidden: true})).not.to.include('token-value')
  return error
}

function claims(changes: object = {}): object {
  const {id: sub, ...who} = ADA
  const [iat, exp] = [SECONDS, SECONDS + 3600]
  return {iss: SERVER, aud: 'mogplex-cli', sub, iat, exp, ...who, ...changes}
}

const signed = (changes: object = {}): string => signedIdToken(claims(changes))

function serveKeys(body: object | string = KEYS, status = 200): void {
  nock(SERVER).get(JWKS).reply(status, body)
}

function serveUserinfo(body: object | string, status = 200): void {
  nock(SERVER, {reqheaders: {authorization: 'Bearer access-token-value'}})
    .get(USERINFO)
    .reply(status, body)
}

describe('whoSignedIn, with an ID token that can be verified', () => {
  afterEach(() => expect(nock.pendingMocks()).to.deep.equal([]))

  it('accepts the claims once the signature is verified', async () => {
    serveKeys()
    expect(plain(await ask({idToken: signed()}))).to.deep.equal(ADA)
  })

  it('verifies with another algorithm of the metadata, or where they name none', async () => {
    const idToken = signedIdToken(claims(), 'ES256')
    for (const algorithms of [['ES256'], undefined]) {
      const document = {id_token_signing_alg_values_supported: algorithms}
      serveKeys()
      expect(plain(await ask({idToken, document}))).to.deep.equal(ADA)
      serveKeys()
      const tampered = tamperedIdToken(idToken, claims({sub: 'eve'}))
      expect(await failureOf({idToken: tampered, document})).to.include({exitCode: 64})
    }
  })

  it('fails for an algorithm that is not in the metadata', async () => {
    const document = {id_token_signing_alg_values_supported: ['RS256']}
    const idToken = signedIdToken(claims(), 'ES256')
    expect(await failureOf({idToken, document})).to.include({code: 'ID_TOKEN_INVALID'})
  })

  it('accepts the nonce of the request, or none', async () => {
    for (const idToken of [signed({nonce: 'ours'}), signed()]) {
      serveKeys()
      expect(plain(await ask({idToken, nonce: 'ours'}))).to.deep.equal(ADA)
    }
  })

  it('fails for the nonce of another request', async () => {
    const error = await failureOf({idToken: signed({nonce: 'another'}), nonce: 'ours'})
    expect(error).to.include({code: 'ID_TOKEN_INVALID', exitCode: 64})
  })

  it('requests the keys without a credential', async () => {
    nock(SERVER, {badheaders: ['authorization']})
      .get(JWKS)
      .reply(200, KEYS)
    expect(plain(await ask({idToken: signed()}))).to.deep.equal(ADA)
  })

  for (const [what, idToken] of [
    ['the claims are not those that were signed', tamperedIdToken(signed(), claims({sub: 'eve'}))],
    ['the signature is cut off', signed().replace(/\.[^.]*$/, '.')],
    ['it is of another issuer', signed({iss: 'https://thief.example.com'})],
    ['it names no issuer', signed({iss: undefined})],
    ['it was made for another client', signed({aud: 'other'})],
    ['it has expired', signed({exp: SECONDS - 120})],
    ['it contains no time of issue', signed({iat: undefined})],
  ] as const) {
    it(`fails with exit 64 where ${what}`, async () => {
      // A wrong claim is found before the keys are requested.
      nock(SERVER).get(JWKS).optionally().reply(200, KEYS)
      const error = await failureOf({idToken})
      expect(error).to.include({code: 'ID_TOKEN_INVALID', exitCode: 64})
      expect(error.message).to.include('Nothing was stored.')
      nock.cleanAll()
    })
  }

  it('fails where the server has other keys', async () => {
    const [key] = KEYS.keys
    serveKeys({keys: [{...key, kid: 'key-2'}]})
    expect(await failureOf({idToken: signed()})).to.include({code: 'ID_TOKEN_INVALID'})
  })

  it("uses the server's time where our clock is wrong", async () => {
    const serverTime = new Date(NOW.getTime() - 7_200_000)
    const [iat, exp] = [SECONDS - 7200, SECONDS - 3600]
    serveKeys()
    expect(plain(await ask({idToken: signed({iat, exp}), serverTime}))).to.deep.equal(ADA)
  })

  for (const [what, body, status] of [
    ['404', '<h1>no</h1>', 404],
    ['503', '', 503],
    ['429', 'later', 429],
    ['a page', '<!doctype html>', 200],
    ['JSON without keys', {}, 200],
  ] as const) {
    it(`accepts the unverified claims where the keys answer ${what}`, async () => {
      serveKeys(body, status)
      expect(plain(await ask({idToken: signed()}))).to.deep.equal(ADA)
    })
  }

  it('accepts the unverified claims where the keys cannot be reached', async () => {
    nock(SERVER)
      .get(JWKS)
      .replyWithError(Object.assign(new Error('x'), {code: 'ECONNRESET'}))
    expect(plain(await ask({idToken: signed()}))).to.deep.equal(ADA)
  })

  for (const jwks_uri of [undefined, 'http://id.example.com/jwks', '/jwks']) {
    it(`accepts the unverified claims where jwks_uri is ${String(jwks_uri)}`, async () => {
      expect(plain(await ask({idToken: signed(), document: {jwks_uri}}))).to.deep.equal(ADA)
    })
  }

  it('still checks audience and expiry where the keys are unavailable', async () => {
    serveKeys('', 404)
    expect(await failureOf({idToken: signed({aud: ['other']})})).to.include({exitCode: 64})
    nock.cleanAll()
    const document = NEITHER
    const other = await failureOf({idToken: signed({aud: 'other'}), document})
    expect(other).to.include({exitCode: 69}).and.property('message').include('ID token')
    const over = await failureOf({idToken: signed({exp: SECONDS}), document})
    expect(over).to.include({exitCode: 69}).and.property('message').include('ID token')
  })

  it('can be interrupted while the keys are requested', async () => {
    const reason = new CancelledError('Enough.', 'Start again.')
    const over = new AbortController()
    const scope = nock(SERVER).get(JWKS).delay(5000).reply(200, KEYS)
    scope.once('request', () => over.abort(reason))
    expect(await failureOf({idToken: signed(), signal: over.signal})).to.equal(reason)
  })
})

describe('whoSignedIn, with other ID tokens or none', () => {
  afterEach(() => expect(nock.pendingMocks()).to.deep.equal([]))

  it('accepts the claims of one that cannot be verified, and requests no keys', async () => {
    expect(plain(await ask({idToken: hostedIdToken()}))).to.deep.equal(ADA)
    expect(plain(await ask({idToken: hostedIdToken(), document: NEITHER}))).to.deep.equal(ADA)
  })

  it('asks the userinfo endpoint where there is no ID token', async () => {
    const {id: sub, ...who} = ADA
    serveUserinfo({sub, ...who})
    expect(plain(await ask({}))).to.deep.equal(ADA)
  })

  it('asks the userinfo endpoint for an e-mail address that the ID token lacks', async () => {
    const {id: sub, ...who} = ADA
    serveUserinfo({sub, ...who})
    const idToken = hostedIdToken({email: undefined, name: undefined})
    expect(plain(await ask({idToken}))).to.deep.equal(ADA)
  })

  it('rejects an e-mail address of another account than the ID token names', async () => {
    serveUserinfo({sub: 'usr_2', email: 'eve@example.com'})
    const idToken = hostedIdToken({email: undefined})
    expect(plain(await ask({idToken}))).to.deep.equal({id: ADA.id, name: ADA.name})
  })

  for (const [what, body, status] of [
    ['401', {error: 'invalid_token'}, 401],
    ['503', '', 503],
    ['429', 'later', 429],
    ['a page', '<!doctype html>', 200],
    ['nobody', {email: 'ada@example.com'}, 200],
    ['a signed answer', 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln', 200],
  ] as const) {
    it(`uses only the ID token where the userinfo endpoint answers ${what}`, async () => {
      serveUserinfo(body, status)
      expect(await ask({})).to.equal(undefined)
      serveUserinfo(body, status)
      const named = await ask({idToken: hostedIdToken({email: undefined})})
      expect(plain(named)).to.deep.equal({id: ADA.id, name: ADA.name})
    })
  }

  for (const userinfo_endpoint of [undefined, 'http://id.example.com/userinfo', 'userinfo']) {
    it(`sends no token where userinfo_endpoint is ${String(userinfo_endpoint)}`, async () => {
      expect(await ask({document: {userinfo_endpoint}})).to.equal(undefined)
    })
  }

  it('does not fail where the userinfo endpoint cannot be reached', async () => {
    nock(SERVER)
      .get(USERINFO)
      .replyWithError(Object.assign(new Error('x'), {code: 'ECONNRESET'}))
    expect(await ask({})).to.equal(undefined)
  })

  it('can be interrupted while the userinfo endpoint is requested', async () => {
    const reason = new CancelledError('Enough.', 'Start again.')
    const over = new AbortController()
    const scope = nock(SERVER).get(USERINFO).delay(5000).reply(200, {})
    scope.once('request', () => over.abort(reason))
    expect(await failureOf({signal: over.signal})).to.equal(reason)
  })
})
