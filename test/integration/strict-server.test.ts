import {expect} from 'chai'
import {TITLES} from '../../src/adapters/callback-server/callback-pages.js'
import {failureOf, servicesOn, startLogin} from '../support/services.js'
import {STRICT_ACCOUNT} from '../support/strict-server.js'
import {setStrictStage, type StrictStage} from '../support/strict-stage.js'
import {plain} from '../support/make-account.js'

const RFC8414 = '/.well-known/oauth-authorization-server'
const OPENID = '/.well-known/openid-configuration'

/** Signs in, in this process. */
async function logIn({stage, server}: StrictStage) {
  const {result, address} = startLogin(servicesOn(stage))
  const page = await server.browser().visit(await address)
  return {page, ...(await result)}
}

/** Starts a login that fails after the browser has been there. */
async function failedLogin({stage, server}: StrictStage) {
  const {result, address} = startLogin(servicesOn(stage))
  const page = await server.browser().visit(await address)
  const failure = await failureOf(result)
  expect(await page.text()).to.include(TITLES.failed)
  return failure
}

describe('a login at a strict server', () => {
  const strict = setStrictStage()
  const {stage} = strict

  it('is complete: tokens, scopes, and the account', async () => {
    const {page, credential} = await logIn(strict)
    expect(page.status).to.equal(200)
    expect(credential).to.deep.include({
      issuer: strict.server.issuer,
      clientId: 'strict-cli',
      scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
    })
    expect(plain(credential.account)).to.deep.equal(STRICT_ACCOUNT)
    const {accessToken, refreshToken = ''} = await stage.storedLogin()
    expect(await strict.server.knows(accessToken)).to.equal(true)
    expect(await strict.server.knows(refreshToken)).to.equal(true)
  })

  it('asks for consent, which a refresh token requires', async () => {
    const {result, address, abort} = startLogin(servicesOn(stage))
    const url = await address
    expect(url.searchParams.get('prompt')).to.equal('consent')
    url.searchParams.set('prompt', 'login')
    await strict.server.browser().visit(url)
    expect((await result).credential.refreshToken).to.equal(undefined)
    abort(new Error('It is over.'))
  })

  const documents: [name: string, absent: string, answer: () => Response][] = [
    ['those of OpenID only', RFC8414, () => new Response('no', {status: 404})],
    ['those of RFC 8414 only', OPENID, () => new Response('no', {status: 404})],
    ['those of OpenID, and a page in place of the others', RFC8414, page],
    ['those of RFC 8414, and a page in place of the others', OPENID, page],
  ]
  for (const [name, absent, answer] of documents) {
    it(`finds the metadata where there are ${name}`, async () => {
      strict.intercept(async ({url}) => (url.endsWith(absent) ? answer() : undefined))
      expect(plain((await logIn(strict)).credential.account)).to.deep.equal(STRICT_ACCOUNT)
    })
  }

  for (const methods of [['client_secret_basic'], undefined]) {
    it(`accepts token_endpoint_auth_methods_supported ${String(methods)}`, async () => {
      strict.change(RFC8414, (metadata) => ({
        ...metadata,
        token_endpoint_auth_methods_supported: methods,
      }))
      expect(plain((await logIn(strict)).credential.account)).to.deep.equal(STRICT_ACCOUNT)
    })
  }

  for (const [name, iss] of [
    ['is missing though promised', undefined],
    ["is another's", 'https://thief.example.com'],
  ] as const) {
    it(`refuses a redirect whose iss ${name}, then accepts the genuine one`, async () => {
      const {result, address} = startLogin(servicesOn(stage))
      const url = await address
      const genuine = await strict.server.browser().authorize(url)
      expect(genuine.searchParams.get('iss')).to.equal(strict.server.issuer)
      const changed = new URL(genuine)
      if (iss === undefined) changed.searchParams.delete('iss')
      else changed.searchParams.set('iss', iss)
      expect((await fetch(changed)).status).to.equal(400)
      expect((await fetch(genuine)).status).to.equal(200)
      expect(plain((await result).credential.account)).to.deep.equal(STRICT_ACCOUNT)
    })
  }

  it('fails, and stores nothing, when the ID token was tampered with', async () => {
    strict.change('/token', (tokens) => ({...tokens, id_token: tampered(tokens.id_token)}))
    expect(await failedLogin(strict)).to.include({code: 'ID_TOKEN_INVALID', exitCode: 64})
    expect(await stage.authText()).to.equal(undefined)
  })

  it("fails when the server's keys did not sign the ID token", async () => {
    strict.change('/jwks', ({keys}) => ({
      keys: (keys as object[]).map((key) => ({...key, kid: 'another'})),
    }))
    expect(await failedLogin(strict)).to.include({code: 'ID_TOKEN_INVALID', exitCode: 64})
    expect(await stage.authText()).to.equal(undefined)
  })

  it('accepts the unverified claims where the keys are unavailable', async () => {
    strict.intercept(async ({url}) =>
      url.endsWith('/jwks') ? new Response('no', {status: 404}) : undefined,
    )
    expect(plain((await logIn(strict)).credential.account)).to.deep.equal(STRICT_ACCOUNT)
  })

  it('sends no credential anywhere where the ID token is sufficient', async () => {
    const before = strict.server.requests.length
    await logIn(strict)
    const sent = strict.server.requests.slice(before).filter((it) => it.authorization !== null)
    expect(sent.map(({path}) => path)).to.deep.equal([])
  })

  it('ends with the denial of the server', async () => {
    const {result, address} = startLogin(servicesOn(stage))
    const url = await address
    url.searchParams.set('scope', 'openid')
    url.searchParams.set('prompt', 'none') // nobody is signed in: the server has to refuse
    await strict.server.browser().visit(url)
    const {message, exitCode} = await failureOf(result)
    expect(exitCode).to.equal(64)
    expect(message).to.include('The sign-in was refused (login_required')
  })
})

describe('a login at a strict server that returns little', () => {
  const strict = setStrictStage({claimsInIdToken: false, refreshTokens: false})

  it('asks the userinfo endpoint for the account, and works without a refresh token', async () => {
    const before = strict.server.requests.length
    const {credential} = await logIn(strict)
    expect(plain(credential.account)).to.deep.equal(STRICT_ACCOUNT)
    expect(credential.refreshToken).to.equal(undefined)
    const sent = strict.server.requests.slice(before).filter((it) => it.authorization !== null)
    expect(sent.map(({path}) => path)).to.deep.equal(['/me'])
  })

  it('still signs in where the userinfo endpoint is unavailable', async () => {
    strict.intercept(async ({url}) =>
      url.endsWith('/me') ? new Response('no', {status: 503}) : undefined,
    )
    expect(plain((await logIn(strict)).credential.account)).to.deep.equal({id: STRICT_ACCOUNT.id})
  })
})

describe('a login at a strict server whose issuer has a path', () => {
  const strict = setStrictStage({path: '/realms/a'})

  for (const absent of [undefined, RFC8414, OPENID]) {
    it(`finds its metadata ${absent === undefined ? 'at once' : `without ${absent}`}`, async () => {
      strict.intercept(async ({url}) =>
        absent !== undefined && new URL(url).pathname.includes(absent)
          ? new Response('no', {status: 404})
          : undefined,
      )
      const {credential} = await logIn(strict)
      expect(credential.issuer).to.equal(`${strict.server.origin}/realms/a`)
      expect(plain(credential.account)).to.deep.equal(STRICT_ACCOUNT)
    })
  }
})

function page(): Response {
  return new Response('<!doctype html><h1>Hello</h1>', {headers: {'content-type': 'text/html'}})
}

/** The same ID token with another name in it. */
function tampered(idToken: unknown): string {
  const [header = '', payload = '', signature = ''] = String(idToken).split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const changed = Buffer.from(JSON.stringify({...claims, email: 'eve@example.test'}))
  return [header, changed.toString('base64url'), signature].join('.')
}
