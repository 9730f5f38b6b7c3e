import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {openBrowser} from '../support/browser.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

describe("mogplex at the next line of the hosted service's library", function () {
  this.timeout(60_000)
  const stage = setStage({profile: 'next'})

  for (const [button, code, page] of [
    ['Allow', 0, 'You are signed in'],
    ['Deny', 64, 'The sign-in failed'],
  ] as const) {
    it(`asks in the browser for consent, and exits with ${code} after "${button}"`, async () => {
      const login = stage.start(['login', '--no-browser'])
      const browser = await openBrowser()
      await browser.page.goto(await addressOn(login))
      await browser.page.getByRole('button', {name: 'Sign in'}).click()
      await browser.page.getByText('Allow Mogplex CLI?').waitFor()
      await browser.page.getByRole('button', {name: button}).click()
      await browser.page.getByText(page).waitFor()
      const result = await login.exit
      expectExit(result, code)
      if (code === 0)
        expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
      else expect(result.stderr).to.include('access_denied: User denied access')
      await browser.close()
      expect(browser.foreignRequests).to.deep.equal([])
    })
  }

  it('finds the same server by its own issuer, which has a path', async () => {
    const issuer = `${stage.cloud.url}/api/auth`
    Object.assign(stage.env, {MOGPLEX_ISSUER: issuer})
    await stage.signIn()
    expect((await stage.storedLogin()).issuer).to.equal(issuer)
    const whoami = await stage.run(['whoami', '--verify', '--json'])
    expectExit(whoami, 0)
    expect(jsonOf(whoami).account).to.include({email: 'ada@example.test'})
    const logout = await stage.run(['logout', '--json'])
    expect(jsonOf(logout).revocation).to.include({state: 'revoked', issuer})
  })

  it('shows its issuer to the user, though the answer of the browser names it, too', async () => {
    const started = jsonOf(await stage.run(['login', '--start', '--json']))
    const {url, handle} = started as {url: string; handle: string}
    const address = await stage.cloud.browser('ada@example.test').authorize(url)
    expect(address.searchParams.has('iss')).to.equal(true)
    const result = await stage.run(['login', '--finish', handle, '--json'], {stdin: address.href})
    expectExit(result, 0)
    const [signedIn] = jsonLines(result) as {account: {issuer: string}}[]
    expect(signedIn?.account.issuer).to.equal(stage.cloud.url)
  })

  it('fails, and stores nothing, when the ID token was tampered with (EdDSA)', async () => {
    stage.intercept(async ({url}, serve) => {
      if (!url.endsWith('/oauth2/token')) return undefined
      const {id_token, ...tokens} = (await (await serve()).clone().json()) as Record<string, string>
      const [header = '', payload = '', signature = ''] = (id_token ?? '').split('.')
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
      const changed = Buffer.from(JSON.stringify({...claims, email: 'eve@example.test'}))
      return Response.json({
        ...tokens,
        id_token: [header, changed.toString('base64url'), signature].join('.'),
      })
    })
    const login = stage.start(['login', '--no-browser'])
    await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    const result = await login.exit
    expectExit(result, 64)
    expect(result.stderr).to.include('The ID token of the server is not valid')
    expect(await stage.authText()).to.equal(undefined)
  })

  it('notices that the browser has signed out, which ends the access token', async () => {
    const login = stage.start(['login', '--no-browser'])
    const browser = stage.cloud.browser('ada@example.test')
    await browser.visit(await addressOn(login))
    expectExit(await login.exit, 0)
    expectExit(await stage.run(['whoami', '--verify']), 0)
    await browser.fetch('/logout', {method: 'POST'})
    const {code} = jsonErrorOf(await stage.run(['whoami', '--verify', '--json']))
    expect(code).to.equal('CREDENTIAL_REJECTED')
  })

  it('lists models and MCP servers with its token', async () => {
    await stage.putLogin()
    for (const list of ['models', 'mcp']) expectExit(await stage.run([list, '--refresh']), 0)
  })

  it('does not support sign-in by device, and says so', async () => {
    const {message, exitCode} = jsonErrorOf(await stage.run(['login', '--device', '--json']))
    expect(exitCode).to.equal(64)
    expect(message).to.include(stage.host)
  })
})
