import {expect} from 'chai'
import {expectExit, jsonOf} from '../support/answers.js'
import {forEveryServer} from '../support/every-server.js'
import {addressOn} from '../support/sign-in-stage.js'

forEveryServer('mogplex signs in and out', (server) => {
  const {stage, traits} = server
  const [first, second] = server.accounts

  it('stores a whole login, and says who it is', async () => {
    const login = await server.signIn()
    expect(login).to.deep.include({
      issuer: server.issuer,
      scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
      verifiedAt: null,
    })
    expect(login.account).to.include({email: first.email, name: first.name})
    expect(login.refreshToken).to.be.a('string')
    expect(await server.accepts(login.accessToken)).to.equal(true)
    const {stdout} = await stage.run(['whoami'])
    expect(stdout).to.include(`${first.email} (${first.name})`)
    expect(server.refreshes()).to.deep.equal([])
  })

  it('is believed by the API, and by nobody once the token is over', async () => {
    await server.signIn()
    const good = await stage.run(['whoami', '--verify', '--json'])
    expectExit(good, 0)
    expect(jsonOf(good)).to.deep.include({verification: {state: 'verified'}})
    expect(jsonOf(good).account).to.include({email: first.email})
    const {accessToken} = await stage.storedLogin()
    await server.expireAtServer()
    expect(await server.accepts(accessToken)).to.equal(false)
  })

  it('asks for no more than reading where reading is enough', async () => {
    const {scopes} = await server.signIn(first, ['--read-only'])
    expect(scopes).to.include('read').and.not.include('write')
  })

  it('signs out, and revokes where the server offers it', async () => {
    const {accessToken} = await server.signIn()
    const logout = await stage.run(['logout'])
    expectExit(logout, 0)
    expect(logout.stdout).to.match(
      traits.revokes
        ? new RegExp(`^  at the server +revoked at ${server.host}$`, 'm')
        : new RegExp(`^  at the server +not revoked: ${server.host}`, 'm'),
    )
    expect(await server.accepts(accessToken)).to.equal(!traits.revokes)
    expect(await stage.authText()).not.to.include('accessToken')
    expectExit(await stage.run(['whoami', '--require', 'account']), 64)
  })

  it('signs in as somebody else, and ends the login that was there where it can', async () => {
    const old = await server.signIn(first)
    const login = await server.signIn(second)
    expect(login.account).to.include({email: second.email, name: second.name})
    expect(login.grantId).not.to.equal(old.grantId)
    expect(await server.accepts(login.accessToken)).to.equal(true)
    expect(await server.accepts(old.accessToken)).to.equal(!traits.revokes)
    expectExit(await stage.run(['whoami', '--verify']), 0)
  })

  it('keeps the login whole when the same account signs in again', async () => {
    await server.signIn(first)
    const {accessToken} = await server.signIn(first)
    expect(await server.accepts(accessToken)).to.equal(true)
    expectExit(await stage.run(['whoami', '--verify']), 0)
  })

  it('takes no redirect with the issuer of another server', async () => {
    const login = stage.start(['login', '--no-browser'])
    const address = new URL(await addressOn(login))
    const forged = new URL(address.searchParams.get('redirect_uri') ?? '')
    const state = address.searchParams.get('state') ?? ''
    forged.search = new URLSearchParams({code: 'x', state, iss: 'https://x.test'}).toString()
    expect((await fetch(forged)).status).to.equal(400)
    forged.searchParams.delete('iss')
    if (traits.namesIssuer) expect((await fetch(forged)).status).to.equal(400)
    expect((await server.visit(address)).status).to.equal(200)
    expectExit(await login.exit, 0)
  })
})
