import {expect} from 'chai'
import {CancelledError} from '../../src/domain/errors/cancelled.js'
import {failureOf, servicesOn, startLogin} from '../support/services.js'
import {setStage} from '../support/sign-in-stage.js'

const METADATA = '/.well-known/oauth-authorization-server'
const OPENID = '/.well-known/openid-configuration'
const BROKEN_HTML = '<!doctype html><h1>Bad gateway</h1>'

describe('a login at a server with unusual metadata', () => {
  const stage = setStage()
  let before: string | undefined

  beforeEach(async () => {
    await stage.putLogin('grace@example.test')
    before = await stage.authText()
  })

  afterEach('leaves the old login byte for byte', async () => {
    expect(await stage.authText()).to.equal(before)
  })

  const answers: [name: string, answer: () => Response, exitCode: number, text: RegExp][] = [
    ['HTML with status 200', () => html(BROKEN_HTML), 69, /does not say how to sign in/],
    ['JSON that is not an object', () => Response.json([1]), 69, /does not say how to sign in/],
    ['nothing', () => new Response(null, {status: 404}), 69, /does not say how to sign in/],
    ['a redirect', () => redirect('/login'), 69, /does not say how to sign in/],
    ['500', () => Response.json({}, {status: 500}), 69, /is in trouble: it answers 500/],
    ['503 in HTML', () => html(BROKEN_HTML, 503), 69, /is in trouble: it answers 503/],
    ['408', () => new Response('', {status: 408}), 69, /is in trouble: it answers 408/],
    ['429', tooMany, 75, /too many requests/],
    ['another issuer', () => metadata({issuer: 'https://evil.test'}), 69, /names another issuer/],
    ['no issuer', () => metadata({issuer: undefined}), 69, /does not say how to sign in/],
    ['no endpoints', () => metadata({token_endpoint: undefined}), 69, /names no usable/],
    ['plain http', () => metadata({token_endpoint: 'http://evil.test/'}), 69, /names no usable/],
    ['a script', () => metadata({authorization_endpoint: 'javascript:alert(1)'}), 69, /no usable/],
  ]
  for (const [name, answer, exitCode, text] of answers) {
    it(`exits with ${exitCode} where they are ${name}`, async () => {
      answerWith((path) => (path === METADATA || path === OPENID ? answer() : undefined))
      const {result, events} = startLogin(servicesOn(stage))
      const error = await failureOf(result)
      expect(error.message).to.match(text)
      expect(error.exitCode).to.equal(exitCode)
      expect(error.message + error.remedy).not.to.include('Bad gateway')
      expect(events, 'nothing was opened').to.deep.equal([])
    })
  }

  it("says when to try again, from the server's X-Retry-After", async () => {
    answerWith((path) => (path === METADATA ? tooMany() : undefined))
    const {remedy} = await failureOf(startLogin(servicesOn(stage)).result)
    expect(remedy).to.equal('Try again in 7 s.')
  })

  it('exits with 69 where nothing listens', async () => {
    const [port] = stage.ports
    const env = {MOGPLEX_URL: `http://127.0.0.1:${port}`}
    const {exitCode, message} = await failureOf(startLogin(servicesOn(stage, env)).result)
    expect(exitCode).to.equal(69)
    expect(message).to.equal(
      `127.0.0.1:${port} cannot be reached: nothing listens there (connection refused).`,
    )
  })

  it('exits with 69 where the connection is cut', async () => {
    stage.intercept(async () => 'drop')
    expect((await failureOf(startLogin(servicesOn(stage)).result)).exitCode).to.equal(69)
  })

  it('ends at once when it is interrupted while the server does not answer', async () => {
    const asked = new Promise<void>((resolve) => {
      stage.intercept(async () => {
        resolve()
        return 'hang'
      })
    })
    const {result, abort} = startLogin(servicesOn(stage))
    await asked
    abort(new CancelledError('The sign-in was interrupted.', 'Start again.'))
    expect((await failureOf(result)).exitCode).to.equal(130)
  })

  function answerWith(answer: (path: string) => Response | undefined): void {
    stage.intercept(async ({url}) => answer(new URL(url).pathname))
  }

  /** The metadata of the cloud, changed. */
  function metadata(changes: Record<string, string | undefined>): Response {
    const {url} = stage.cloud
    return Response.json({
      issuer: url,
      authorization_endpoint: `${url}/api/auth/mcp/authorize`,
      token_endpoint: `${url}/api/auth/mcp/token`,
      ...changes,
    })
  }
})

describe('a login at a server whose metadata are elsewhere', () => {
  const stage = setStage()

  it('finds them at the OpenID Connect address, and with a trailing slash of the issuer', async () => {
    const {url} = stage.cloud
    stage.intercept(async (request, serve) => {
      const {pathname} = new URL(request.url)
      if (pathname === METADATA) return new Response('no', {status: 404})
      if (pathname !== OPENID) return serve()
      const endpoint = `${url}/api/auth/mcp`
      return Response.json({
        issuer: `${url}/`,
        authorization_endpoint: `${endpoint}/authorize`,
        token_endpoint: `${endpoint}/token`,
      })
    })
    const {result, address} = startLogin(servicesOn(stage))
    const page = await stage.cloud.browser('ada@example.test').visit(await address)
    expect(page.status).to.equal(200)
    expect((await result).credential.account?.email?.printable()).to.equal('ada@example.test')
    expect((await stage.storedLogin()).issuer).to.equal(url)
  })

  it('trusts an issuer with a path below the address only when that issuer confirms it', async () => {
    const {url} = stage.cloud
    let ownDocument = {issuer: 'https://evil.test'}
    stage.intercept(async (request) => {
      const {pathname} = new URL(request.url)
      const issuer = `${url}/api/auth`
      const endpoints = {
        authorization_endpoint: `${url}/api/auth/mcp/authorize`,
        token_endpoint: `${url}/api/auth/mcp/token`,
      }
      if (pathname === METADATA) return Response.json({issuer, ...endpoints})
      if (pathname === `${METADATA}/api/auth`) return Response.json({...endpoints, ...ownDocument})
      return undefined
    })
    const refused = await failureOf(startLogin(servicesOn(stage)).result)
    expect(refused.message).to.match(/names another issuer/)
    ownDocument = {issuer: `${url}/api/auth`}
    const {result, address} = startLogin(servicesOn(stage))
    await stage.cloud.browser('ada@example.test').visit(await address)
    expect((await result).credential.issuer).to.equal(url)
  })
})

function html(text: string, status = 200): Response {
  return new Response(text, {status, headers: {'content-type': 'text/html'}})
}

function redirect(location: string): Response {
  return new Response(null, {status: 307, headers: {location}})
}

function tooMany(): Response {
  const body = {message: 'Too many requests. Please try again later.'}
  return new Response(JSON.stringify(body), {
    status: 429,
    headers: {'content-type': 'text/plain', 'x-retry-after': '7'},
  })
}
