import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {addressOn} from '../support/sign-in-stage.js'
import {STRICT_ACCOUNT, STRICT_CLIENT} from '../support/strict-server.js'
import {setStrictStage} from '../support/strict-stage.js'

for (const path of ['', '/realms/a']) {
  describe(`mogplex at a strict server, ${path === '' ? 'without' : 'with'} a path in the issuer`, () => {
    const strict = setStrictStage({path})
    const {stage} = strict

    it('signs in, is accepted by the API, and signs out at the server', async () => {
      const {accessToken, refreshToken = '', ...login} = await strict.signIn()
      expect(login).to.deep.include({issuer: strict.server.issuer, clientId: 'strict-cli'})
      expect(login.account).to.deep.equal(STRICT_ACCOUNT)
      for (const token of [accessToken, refreshToken]) {
        expect(await strict.server.knows(token)).to.equal(true)
      }

      const whoami = await stage.run(['whoami', '--verify', '--json'])
      expectExit(whoami, 0)
      expect(jsonOf(whoami).account).to.include({email: STRICT_ACCOUNT.email})

      const logout = await stage.run(['logout'])
      expectExit(logout, 0)
      const host = strict.server.issuer.replace('http://', '')
      expect(logout.stdout).to.match(new RegExp(`^  at the server +revoked at ${host}$`, 'm'))
      for (const token of [accessToken, refreshToken]) {
        expect(await strict.server.knows(token)).to.equal(false)
      }
      expect(await stage.authText()).not.to.include('accessToken')
    })
  })
}

describe('mogplex at a strict server', () => {
  const strict = setStrictStage()
  const {stage} = strict

  it('keeps the new login valid when the same browser signs in again', async () => {
    // The server puts both into the same grant: revoking the old token would end the new login.
    const browser = strict.server.browser()
    const first = await strict.signIn(browser)
    const second = await strict.signIn(browser)
    expect(second.grantId).not.to.equal(first.grantId)
    expect(await strict.server.knows(second.accessToken)).to.equal(true)
    expect(await strict.server.knows(second.refreshToken ?? '')).to.equal(true)
    expectExit(await stage.run(['whoami', '--verify']), 0)
    const body = new URLSearchParams({client_id: STRICT_CLIENT, token: first.refreshToken ?? ''})
    await fetch(`${strict.server.issuer}/token/revocation`, {method: 'POST', body})
    expect(await strict.server.knows(second.accessToken), 'they share a grant').to.equal(false)
  })

  it('signs in with read access only', async () => {
    const login = stage.start(['login', '--no-browser', '--read-only'])
    const address = await addressOn(login)
    expect(new URL(address).searchParams.get('scope')).not.to.include('write')
    await strict.server.browser().visit(address)
    expectExit(await login.exit, 0)
    expect((await stage.storedLogin()).scopes).not.to.include('write')
  })

  it('signs in where the server requires a nonce', async () => {
    let refused = 0
    strict.intercept(async (request) => {
      const {pathname, searchParams} = new URL(request.url)
      if (pathname !== '/authorize' || searchParams.has('nonce')) return undefined
      refused += 1
      return redirectTo(searchParams.get('redirect_uri') ?? '', {
        error: 'invalid_request',
        error_description: 'nonce required',
        state: searchParams.get('state') ?? '',
      })
    })
    expect((await strict.signIn()).account).to.deep.equal(STRICT_ACCOUNT)
    expect(refused).to.equal(0)
  })

  it('exits with 64, storing nothing, when the ID token answers another request', async () => {
    strict.intercept(async (request) => {
      const {pathname, searchParams} = new URL(request.url)
      if (pathname !== '/authorize' || searchParams.get('nonce') === 'another') return undefined
      return redirectTo(request.url, {nonce: 'another'})
    })
    const login = stage.start(['login', '--no-browser'])
    await strict.server.browser().visit(await addressOn(login))
    expectExit(await login.exit, 64)
    expect(await stage.authText()).to.equal(undefined)
  })

  it('exits with 64, storing nothing, when the ID token is invalid', async () => {
    strict.change('/token', ({id_token, ...tokens}) => ({
      ...tokens,
      id_token: `${String(id_token).replace(/[^.]+$/, '')}${'A'.repeat(342)}`,
    }))
    const login = stage.start(['login', '--no-browser'])
    await strict.server.browser().visit(await addressOn(login))
    const result = await login.exit
    expectExit(result, 64)
    expect(result.stderr).to.include('The ID token of the server is not valid')
    expect(await stage.authText()).to.equal(undefined)
  })
})

function redirectTo(address: string, parameters: Record<string, string>): Response {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return new Response(null, {status: 303, headers: {location: url.href}})
}

describe('tokens of a strict server and of the local cloud', () => {
  const strict = setStrictStage()
  const {stage} = strict
  /** The credentials that each server received. */
  let sent: {cloud: string[]; server: () => string[]}

  beforeEach(() => {
    const cloud: string[] = []
    stage.intercept(async (request) => {
      cloud.push(`${request.headers.get('authorization') ?? ''} ${await request.text()}`)
      return undefined
    })
    const before = strict.server.requests.length
    const server = () =>
      strict.server.requests.slice(before).flatMap(({authorization}) => authorization ?? [])
    sent = {cloud, server}
  })

  const COMMANDS = [['whoami', '--verify', '--json'], ['models', '--refresh', '--json'], ['logout']]

  it('stay separate: no token of the server is sent to the cloud when MOGPLEX_URL changes', async () => {
    const {accessToken, refreshToken = ''} = await strict.signIn()
    const env = {MOGPLEX_URL: stage.cloud.url, MOGPLEX_ISSUER: '', MOGPLEX_CLIENT_ID: ''}
    const results = []
    for (const args of COMMANDS) results.push(await stage.run(args, {env}))
    const [whoami, models, logout] = results
    if (whoami === undefined || models === undefined || logout === undefined) throw new Error()
    expect(jsonErrorOf(whoami).exitCode).to.equal(64)
    expect(jsonErrorOf(models).exitCode).to.equal(64)
    expectExit(logout, 0)
    for (const token of [accessToken, refreshToken]) {
      expect(sent.cloud.join('\n')).not.to.include(token)
      expect(await strict.server.knows(token), 'revoked where it came from').to.equal(false)
    }
  })

  it('stay separate: no token of the cloud is sent to the server', async () => {
    const {accessToken, refreshToken = ''} = await stage.putLogin()
    const bodies: string[] = []
    strict.intercept(async (request) => {
      bodies.push(await request.text())
      return undefined
    })
    for (const args of COMMANDS) await stage.run(args)
    expect(sent.server()).to.deep.equal([])
    for (const token of [accessToken, refreshToken]) {
      expect(bodies.join('\n')).not.to.include(token)
    }
  })

  it('stay separate when a login at one replaces the login at the other', async () => {
    const cloudLogin = await stage.putLogin()
    const strictLogin = await strict.signIn()
    expect(sent.cloud.join('\n')).not.to.include(strictLogin.accessToken)
    for (const authorization of sent.server()) {
      expect(authorization).not.to.include(cloudLogin.accessToken)
    }
    const env = {MOGPLEX_URL: stage.cloud.url, MOGPLEX_ISSUER: '', MOGPLEX_CLIENT_ID: ''}
    await stage.signIn('ada@example.test', {env})
    expect(sent.cloud.join('\n'))
      .to.include((await stage.storedLogin()).accessToken)
      .and.not.include(strictLogin.accessToken)
    // The replaced login belongs to another issuer: it is revoked there.
    expect(await strict.server.knows(strictLogin.refreshToken ?? '')).to.equal(false)
  })
})
