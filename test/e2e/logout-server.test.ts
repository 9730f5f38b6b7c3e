import {expect} from 'chai'
import {expectExit, jsonOf} from '../support/answers.js'
import {shorterWaits} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'
import {waitUntil} from '../support/wait-until.js'

const METADATA = '/.well-known/oauth-authorization-server'
const REVOKE = '/revoke-here'

describe('mogplex logout, and the server', () => {
  const stage = setStage()

  it('revokes the refresh token first, then the access token, without a credential', async () => {
    const {accessToken, refreshToken} = await stage.putLogin()
    const bodies: Record<string, string>[] = []
    offerRevocation(async (request) => {
      expect(request.headers.get('authorization')).to.equal(null)
      bodies.push(Object.fromEntries(new URLSearchParams(await request.text())))
      return new Response(null, {status: 200})
    })
    const result = await stage.run(['logout', '--json'])
    expectExit(result, 0)
    expect(jsonOf(result).revocation).to.include({state: 'revoked', issuer: stage.cloud.url})
    const client_id = 'mogplex-cli'
    expect(bodies).to.deep.equal([
      {token: refreshToken, token_type_hint: 'refresh_token', client_id},
      {token: accessToken, token_type_hint: 'access_token', client_id},
    ])
  })

  for (const [name, answer] of [
    ['answers 503', async () => new Response('<h1>no</h1>', {status: 503})],
    ['answers 400', async () => Response.json({error: 'unsupported_token_type'}, {status: 400})],
    ['cuts the connection', async () => 'drop' as const],
  ] as const) {
    it(`removes the login although the server ${name}, and reports it`, async () => {
      await stage.putLogin()
      offerRevocation(answer)
      const result = await stage.run(['logout', '--json'])
      expectExit(result, 0)
      expect(jsonOf(result).revocation).to.include({state: 'failed', issuer: stage.cloud.url})
      expect(await stage.authText()).not.to.include('mogplex')
    })
  }

  it('removes the login although nothing listens there', async () => {
    await stage.putLogin()
    const url = `http://127.0.0.1:${stage.ports[0]}`
    await stage.putAuthFile(((await stage.authText()) ?? '').replaceAll(stage.cloud.url, url))
    const result = await stage.run(['logout', '--json'], {env: {MOGPLEX_URL: url}})
    expectExit(result, 0)
    expect(jsonOf(result).revocation).to.include({state: 'failed', issuer: url})
    expect(await stage.authText()).not.to.include('mogplex')
  })

  it('does not wait forever for a server that does not answer, with the login already removed', async () => {
    await stage.putLogin()
    stage.intercept(async () => 'hang')
    const asked = stage.cloud.requests.length
    const logout = stage.start(['logout', '--json'], {env: shorterWaits})
    await waitUntil({
      look: () => (stage.cloud.requests.length > asked ? true : undefined),
      over: () => false,
      timeoutMs: 30_000,
      describe: () => 'request',
    })
    expect(await stage.authText()).not.to.include('mogplex')
    const result = await logout.exit
    expectExit(result, 0)
    expect(jsonOf(result).revocation).to.include({state: 'failed', issuer: stage.cloud.url})
  })

  it('sends tokens only to the issuer that issued them', async () => {
    await stage.putLogin()
    const before = stage.cloud.requests.length
    const env = {MOGPLEX_URL: 'https://mogplex.example.test'}
    expectExit(await stage.run(['logout'], {env}), 0)
    const asked = stage.cloud.requests.slice(before).map(({path}) => path)
    expect(asked).to.deep.equal([METADATA])
  })

  it('revokes the login of another account that a new login replaces', async () => {
    const {refreshToken} = await stage.putLogin('grace@example.test')
    const revoked: (string | null)[] = []
    offerRevocation(async (request) => {
      revoked.push(new URLSearchParams(await request.text()).get('token'))
      return new Response(null, {status: 200})
    })
    await stage.signIn('ada@example.test')
    expect(revoked[0]).to.equal(refreshToken)
    revoked.length = 0
    await stage.signIn('ada@example.test')
    expect(revoked, 'that could end the new login, too').to.deep.equal([])
  })

  function offerRevocation(answer: (request: Request) => Promise<Response | 'drop'>): void {
    stage.intercept(async (request, serve) => {
      const {pathname} = new URL(request.url)
      if (pathname === REVOKE) return answer(request)
      if (pathname !== METADATA) return undefined
      const metadata = (await (await serve()).json()) as object
      const revocation_endpoint = `${stage.cloud.url}${REVOKE}`
      return Response.json({...metadata, revocation_endpoint})
    })
  }
})
