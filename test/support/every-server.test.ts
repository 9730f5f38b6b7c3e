import {expect} from 'chai'
import {type EveryServerOptions, forEveryServer, type ServerStage} from './every-server.js'
import {loseRefreshAnswers, withoutRotation} from './refresh-answers.js'
import {servicesOn, startLogin} from './services.js'
import type {LoginMember} from './stored-login.js'

type Tokens = Readonly<Record<string, string | undefined>>

/** Refreshes like a client, without the CLI. */
async function refresh({issuer}: ServerStage, refreshToken = ''): Promise<Tokens> {
  const found = await fetch(`${issuer}/.well-known/oauth-authorization-server`)
  const {token_endpoint: url} = (await found.json()) as {token_endpoint: string}
  const client_id = url.includes('/api/auth/') ? 'mogplex-cli' : 'strict-cli'
  const fields = {grant_type: 'refresh_token', client_id, refresh_token: refreshToken}
  const response = await fetch(url, {method: 'POST', body: new URLSearchParams(fields)})
  return (await response.json()) as Tokens
}

/** Signs in like `server.signIn`, without a process. */
async function signIn(server: ServerStage): Promise<LoginMember> {
  const login = startLogin(servicesOn(server.stage))
  await server.visit(await login.address)
  await login.result
  return server.stage.storedLogin()
}

forEveryServer('a stage', (server) => {
  it('expires the access token without waiting, and it can be refreshed', async () => {
    const {accessToken, refreshToken} = await server.signIn()
    expect(await server.accepts(accessToken)).to.equal(true)
    await server.expireAccessToken()
    expect(await server.accepts(accessToken)).to.equal(false)
    const {expiresAt = '', ...rest} = await server.stage.storedLogin()
    expect(Date.parse(expiresAt)).to.be.lessThan(Date.now())
    expect(rest).to.include({accessToken, refreshToken})
    const {access_token: next = ''} = await refresh(server, refreshToken)
    expect(await server.accepts(next)).to.equal(true)
  })

  it('counts the refreshes of a test', async () => {
    const {refreshToken} = await signIn(server)
    expect(server.refreshes()).to.have.length(0)
    await refresh(server, refreshToken)
    await refresh(server, 'a-token-that-nobody-knows')
    const [first, second] = server.refreshes()
    expect(first).to.include({grantType: 'refresh_token', status: 200})
    expect(second?.status).to.be.oneOf([400, 401])
  })

  it('describes what happens to a used refresh token, and the answer to a refresh', async () => {
    const {refreshToken} = await signIn(server)
    const first = await refresh(server, refreshToken)
    expect(first.refresh_token).not.to.equal(refreshToken)
    expect(first.id_token !== undefined).to.equal(server.traits.refreshesIdToken)
    const again = await refresh(server, refreshToken)
    const {access_token: access = ''} = first
    expect(await server.accepts(access)).to.equal(
      server.traits.usedRefreshToken !== 'ends the sign-in',
    )
    if (server.traits.usedRefreshToken === 'ends the sign-in') {
      expect(again.error).to.equal('invalid_grant')
    } else {
      const isReplayed = again.refresh_token === first.refresh_token
      expect(isReplayed).to.equal(server.traits.usedRefreshToken === 'is replayed')
    }
  })

  it('can drop the answer to a refresh after the server has acted', async () => {
    const {refreshToken} = await signIn(server)
    loseRefreshAnswers(server)
    const lost: unknown = await refresh(server, refreshToken).catch((error: unknown) => error)
    expect(lost).to.be.instanceOf(Error)
    const {error} = await refresh(server, refreshToken)
    const isOver = server.traits.usedRefreshToken === 'ends the sign-in'
    expect(error).to.equal(isOver ? 'invalid_grant' : undefined)
  })

  it('leaves out refresh tokens only where that is realistic', async () => {
    if (server.traits.usedRefreshToken !== 'stays good') {
      expect(() => withoutRotation(server)).to.throw('do not stay good')
      return
    }
    const {refreshToken} = await signIn(server)
    withoutRotation(server)
    for (const time of ['first', 'second']) {
      const {access_token, refresh_token} = await refresh(server, refreshToken)
      expect(access_token, time).to.be.a('string')
      expect(refresh_token, time).to.equal(undefined)
    }
  })
})

const STRICT: EveryServerOptions = {replayWindowSeconds: 0, accessTokenLifetimeSeconds: 120}

forEveryServer(
  'a stage with settings',
  (server) => {
    it('has access tokens of a given lifetime, and no replay window', async () => {
      const {expiresAt = '', obtainedAt} = await signIn(server)
      expect(Date.parse(expiresAt) - Date.parse(obtainedAt)).to.be.within(1, 120_000)
      expect(server.traits.usedRefreshToken).not.to.equal('is replayed')
    })
  },
  STRICT,
)
