import {request} from 'node:http'
import {createServer} from 'node:net'
import {networkInterfaces} from 'node:os'
import {expect} from 'chai'
import {DEMO_ACCOUNTS, startLocalCloud, type LocalCloud} from '../src/index.js'
import {authorizationUrl, exchange, refresh, VERIFIER} from './support/authorization-request.js'

describe('startLocalCloud', () => {
  let cloud: LocalCloud
  before(async () => (cloud = await startLocalCloud()))
  after(() => cloud.close())

  const failureOf = async (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    )

  it('knows Ada, with model access, and Grace, without', () => {
    expect(cloud.accounts).to.equal(DEMO_ACCOUNTS)
    const access = DEMO_ACCOUNTS.map(({email, modelAccess}) => [email, modelAccess])
    expect(access).to.deep.equal([
      ['ada@example.test', true],
      ['grace@example.test', false],
    ])
  })

  it('runs several at once, independently', async () => {
    const other = await startLocalCloud()
    try {
      expect(other.port).to.not.equal(cloud.port)
      const {access_token, refresh_token = ''} = await cloud.signIn('ada@example.test')
      const headers = {authorization: `Bearer ${access_token}`}
      expect((await fetch(`${cloud.url}/api/v1/mogplex/repos`, {headers})).status).to.equal(200)
      expect((await fetch(`${other.url}/api/v1/mogplex/repos`, {headers})).status).to.equal(401)
      expect((await refresh(other.url, refresh_token)).status).to.equal(401)
      expect(other.secrets()).to.not.include(refresh_token.toUpperCase())
    } finally {
      await other.close()
    }
  })

  it('listens on 127.0.0.1 only', async () => {
    expect(cloud.url).to.equal(`http://127.0.0.1:${cloud.port}`)
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({address}) => address !== '127.0.0.1' && !address.startsWith('fe80'))
      .map(({address, family}) => (family === 'IPv6' ? `[${address}]` : address))
    for (const host of [...others, '127.0.0.2', '[::1]']) {
      const failure = await failureOf(fetch(`http://${host}:${cloud.port}/`))
      expect(failure, host).to.be.instanceOf(Error)
    }
  })

  it('refuses a host name that was rebound to this machine', async () => {
    const status = await new Promise((resolve) => {
      const headers = {host: `evil.test:${cloud.port}`}
      request(cloud.url, {headers}, (response) => resolve(response.resume().statusCode)).end()
    })
    expect(status).to.equal(400)
  })

  it('reports that a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await failureOf(startLocalCloud({port}))).to.include({code: 'EADDRINUSE'})
    server.close()
  })

  it('ends at once although a request hangs', async () => {
    const short = await startLocalCloud()
    const arrived = new Promise<void>((resolve) => {
      short.intercept(async () => {
        resolve()
        return 'hang'
      })
    })
    const hanging = failureOf(fetch(short.url))
    await arrived
    await short.close() // otherwise it would wait for the request
    expect(await hanging).to.be.instanceOf(Error)
    expect(await failureOf(fetch(short.url))).to.be.instanceOf(Error)
  })

  it('lists the requests, without secrets', async () => {
    const fresh = await startLocalCloud()
    try {
      await fetch(`${fresh.url}/nothing?code=secret`)
      const headers = {authorization: 'Bearer secret'}
      await fetch(`${fresh.url}/api/v1/mogplex/repos`, {headers})
      expect(fresh.requests).to.deep.equal([
        {method: 'GET', path: '/nothing', hasAuthorization: false, status: 404},
        {method: 'GET', path: '/api/v1/mogplex/repos', hasAuthorization: true, status: 401},
      ])
    } finally {
      await fresh.close()
    }
  })

  it('lists every secret of a sign-in', async () => {
    const browser = cloud.browser('ada@example.test')
    const back = await browser.authorize(authorizationUrl(cloud.url))
    const code = back.searchParams.get('code') ?? ''
    const tokens: unknown = await (await exchange(cloud.url, code)).json()
    const secrets = cloud.secrets()
    expect(secrets).to.include.members([code, VERIFIER])
    for (const name of ['access_token', 'refresh_token', 'id_token']) {
      expect(tokens).to.have.property(name).that.is.oneOf(secrets)
    }
    await fetch(cloud.url, {headers: {authorization: 'Bearer mog_made-up'}})
    expect(cloud.secrets()).to.include('mog_made-up')
  })

  it('deletes all tokens on request', async () => {
    const {access_token, refresh_token = ''} = await cloud.signIn('ada@example.test')
    await cloud.revokeTokens()
    const headers = {authorization: `Bearer ${access_token}`}
    expect((await fetch(`${cloud.url}/api/v1/mogplex/repos`, {headers})).status).to.equal(401)
    expect((await refresh(cloud.url, refresh_token)).status).to.equal(401)
  })

  it('expires access tokens on request, and allows them to be refreshed', async () => {
    const {access_token, refresh_token = ''} = await cloud.signIn('ada@example.test')
    await cloud.expireAccessTokens()
    const headers = {authorization: `Bearer ${access_token}`}
    expect((await fetch(`${cloud.url}/api/v1/mogplex/repos`, {headers})).status).to.equal(401)
    expect((await refresh(cloud.url, refresh_token)).status).to.equal(200)
    expect(cloud.requests.at(-1)).to.include({grantType: 'refresh_token', status: 200})
  })

  it('has no browser for an unknown account', () => {
    expect(() => cloud.browser('eve@example.test')).to.throw('eve@example.test')
  })

  describe('browser', () => {
    it('follows the redirect on request', async () => {
      const other = await startLocalCloud({callbackPorts: [cloud.port]})
      try {
        const redirect_uri = `${cloud.url}/auth/callback`
        const url = authorizationUrl(other.url, {redirect_uri})
        const answer = await other.browser('ada@example.test').visit(url)
        expect(answer.status).to.equal(404)
        expect(cloud.requests.at(-1)?.path).to.equal('/auth/callback')
      } finally {
        await other.close()
      }
    })

    it('names the page where it ended when nothing redirected to the client', async () => {
      const url = authorizationUrl(cloud.url, {redirect_uri: 'http://127.0.0.1:9/'})
      const failure = await failureOf(cloud.browser('ada@example.test').authorize(url))
      expect(failure).to.be.instanceOf(Error)
      expect(String(failure)).to.include('400 at /api/auth/mcp/authorize')
    })
  })

  describe('intercept', () => {
    it('answers in place of the cloud until it is removed', async () => {
      const stop = cloud.intercept(async (asked) =>
        asked.url.endsWith('/api/auth/mcp/token')
          ? new Response('<h1>Bad gateway</h1>', {status: 502})
          : undefined,
      )
      expect((await refresh(cloud.url, 'x')).status).to.equal(502)
      expect((await fetch(cloud.url)).status).to.equal(200)
      stop()
      expect((await refresh(cloud.url, 'x')).status).to.equal(401)
    })

    it('can read the request, which the cloud then reads again', async () => {
      let seen = ''
      const stop = cloud.intercept(async (asked) => {
        seen = await asked.text()
        return undefined
      })
      const answer = await refresh(cloud.url, 'x')
      stop()
      expect(seen).to.include('grant_type=refresh_token')
      expect(answer.status).to.equal(401)
    })

    it('can drop an answer after the cloud has acted', async () => {
      const {refresh_token = ''} = await cloud.signIn('ada@example.test')
      const before = cloud.secrets().length
      const stop = cloud.intercept(async (_asked, serve) => {
        await serve()
        return 'drop'
      })
      expect(await failureOf(refresh(cloud.url, refresh_token))).to.be.instanceOf(Error)
      stop()
      expect(cloud.secrets().length).to.equal(before + 2)
    })
  })
})
