import {expect} from 'chai'
import {expectExit, jsonOf} from '../support/answers.js'
import {forEveryServer} from '../support/every-server.js'
import {addressOn} from '../support/sign-in-stage.js'

forEveryServer('mogplex signs in and out', (server) => {
  const {stage, traits} = server
  const [first, second] = server.accounts

  it('stores a whole login, which the API accepts, and revokes it where the server supports it', async () => {
    const login = await server.signIn()
    expect(login).to.deep.include({
      issuer: server.issuer,
      scopes: ['openid', 'profile', 'email', 'offline_access', 'read', 'write'],
      verifiedAt: null,
    })
    expect(login.account).to.include({email: first.email, name: first.name})
    expect(login.refreshToken).to.be.a('string')
    expect(await server.accepts(login.accessToken)).to.equal(true)
    const whoami = jsonOf(await stage.run(['whoami', '--verify', '--json']))
    expect(whoami).to.deep.include({verification: {state: 'verified'}})
    expect(whoami.account).to.include({email: first.email, name: first.name})
    expect(server.refreshes()).to.deep.equal([])

    const logout = await stage.run(['logout'])
    expectExit(logout, 0)
    expect(logout.stdout).to.match(
      new RegExp(
        `^  at the server +${traits.revokes ? '' : 'not '}revoked\\b.*${server.host}`,
        'm',
      ),
    )
    expect(await server.accepts(login.accessToken)).to.equal(!traits.revokes)
    expect(await stage.authText()).not.to.include('accessToken')
    expectExit(await stage.run(['whoami', '--require', 'account']), 64)
  })

  it('requests only read access where that is enough, and works until the token expires', async () => {
    const {accessToken, scopes} = await server.signIn(first, ['--read-only'])
    expect(scopes).to.include('read').and.not.include('write')
    expect(await server.accepts(accessToken)).to.equal(true)
    await server.expireAtServer()
    expect(await server.accepts(accessToken)).to.equal(false)
  })

  it('keeps the login for the same account, and ends it where possible for another', async () => {
    const one = await server.signIn(first)
    const old = await server.signIn(first)
    expect(old.accessToken).not.to.equal(one.accessToken)
    expect(await server.accepts(old.accessToken)).to.equal(true)
    const kept = await stage.run(['whoami', '--verify', '--json'])
    expect(jsonOf(kept)).to.deep.include({verification: {state: 'verified'}})

    const login = await server.signIn(second)
    expect(login.account).to.include({email: second.email, name: second.name})
    expect(login.grantId).not.to.equal(old.grantId)
    expect(await server.accepts(login.accessToken)).to.equal(true)
    expect(await server.accepts(old.accessToken)).to.equal(!traits.revokes)
    expectExit(await stage.run(['whoami', '--verify']), 0)
  })

  it('rejects a redirect with the issuer of another server', async () => {
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
