import {expect} from 'chai'
import {TITLES} from '../../src/adapters/callback-server/callback-pages.js'
import {CancelledError} from '../../src/domain/errors/cancelled.js'
import {failureOf, servicesOn, startLogin} from '../support/services.js'
import {setStage} from '../support/sign-in-stage.js'

const TOKEN = '/api/auth/mcp/token'

describe('a login whose code is exchanged at an unusual server', () => {
  const stage = setStage()
  let before: string | undefined

  beforeEach(async () => {
    await stage.putLogin('grace@example.test')
    before = await stage.authText()
  })

  const failures: [name: string, answer: () => Response, exitCode: number, text: RegExp][] = [
    ['invalid_grant with 401', () => refusal(401), 64, /refused the sign-in \(invalid_grant: no\)/],
    ['invalid_grant with 400', () => refusal(400), 64, /refused the sign-in \(invalid_grant: no\)/],
    ['a refusal with a challenge', () => refusal(401, {'www-authenticate': 'Basic'}), 64, /grant/],
    ['an error with status 200', () => refusal(200), 64, /invalid_grant/],
    ['HTML with 200', () => html(200), 69, /was not understood/],
    ['HTML with 503', () => html(503), 69, /is in trouble: it answers 503/],
    ['an empty 400', () => new Response(null, {status: 400}), 69, /was not understood/],
    ['an empty 401', () => new Response(null, {status: 401}), 69, /was not understood/],
    ['a redirect', () => new Response(null, {status: 302, headers: {location: '/x'}}), 69, /not/],
    ['429', () => new Response('later', {status: 429}), 75, /too many requests/],
    ['no access token', () => tokens({access_token: undefined}), 69, /was not understood/],
    ['an empty access token', () => tokens({access_token: ''}), 69, /was not understood/],
    ['a token of another type', () => tokens({token_type: 'mac'}), 69, /was not understood/],
    ['an ID token of another client', () => tokens({id_token: idToken({aud: 'x'})}), 69, /client/],
    ['an expired ID token', () => tokens({id_token: idToken({exp: 1})}), 69, /already expired/],
    [
      'a token that no header can carry',
      () => tokens({access_token: 'with-a-line\r\nbreak'}),
      1,
      /stored/,
    ],
  ]
  for (const [name, answer, exitCode, text] of failures) {
    it(`exits with ${exitCode} after ${name}, and keeps the old login`, async () => {
      answerTokenRequest(answer)
      const {result, address} = startLogin(servicesOn(stage))
      const page = await stage.cloud.browser('ada@example.test').visit(await address)
      expect(page.status).to.equal(400)
      expect(await page.text()).to.include(TITLES.failed)
      const error = await failureOf(result)
      expect(error.message).to.match(text)
      expect(error.exitCode).to.equal(exitCode)
      expect(error.message + error.remedy).not.to.include('proxy')
      expect(await stage.authText()).to.equal(before)
    })
  }

  it('exits with 69 when the connection is cut, and keeps the old login', async () => {
    stage.intercept(async ({url}) => (url.endsWith(TOKEN) ? 'drop' : undefined))
    const {result, address} = startLogin(servicesOn(stage))
    await stage.cloud.browser('ada@example.test').visit(await address)
    expect((await failureOf(result)).exitCode).to.equal(69)
    expect(await stage.authText()).to.equal(before)
  })

  it('exits with 130 when it is interrupted while the server does not answer', async () => {
    const asked = new Promise<void>((resolve) => {
      stage.intercept(async ({url}) => {
        if (!url.endsWith(TOKEN)) return undefined
        resolve()
        return 'hang'
      })
    })
    const {result, address, abort} = startLogin(servicesOn(stage))
    const visit = stage.cloud.browser('ada@example.test').visit(await address)
    await asked
    abort(new CancelledError('The sign-in was interrupted.', 'Start again.'))
    expect((await failureOf(result)).exitCode).to.equal(130)
    expect((await visit).status).to.be.at.least(400)
    expect(await stage.authText()).to.equal(before)
  })

  it('signs in without an account, scope, lifetime and refresh token in the answer', async () => {
    const access_token = stage.secret('an-access-token-and-nothing-else')
    answerTokenRequest(() => Response.json({access_token, token_type: 'bearer'}))
    const {result, address} = startLogin(servicesOn(stage))
    expect((await stage.cloud.browser('ada@example.test').visit(await address)).status).to.equal(
      200,
    )
    await result
    const {accessToken, scopes, grantId, ...rest} = await stage.storedLogin()
    expect(accessToken).to.equal(access_token)
    expect(scopes, 'all that was asked for').to.include('write')
    expect(grantId).not.to.equal('')
    expect(Object.keys(rest)).to.deep.equal([
      'type',
      'issuer',
      'baseUrl',
      'clientId',
      'obtainedAt',
      'verifiedAt',
    ])
  })

  it('stores no scope that was not granted', async () => {
    answerTokenRequest(() => tokens({scope: 'read offline_access'}))
    const {result, address} = startLogin(servicesOn(stage))
    await stage.cloud.browser('ada@example.test').visit(await address)
    await result
    expect((await stage.storedLogin()).scopes).to.deep.equal(['read', 'offline_access'])
  })

  function answerTokenRequest(answer: () => Response): void {
    stage.intercept(async ({url}) => (url.endsWith(TOKEN) ? answer() : undefined))
  }

  function tokens(changes: Record<string, string | undefined>): Response {
    const access_token = stage.secret('an-access-token-of-this-test')
    return Response.json({access_token, token_type: 'Bearer', expires_in: 3600, ...changes})
  }
})

function refusal(status: number, headers: Record<string, string> = {}): Response {
  return Response.json({error: 'invalid_grant', error_description: 'no'}, {status, headers})
}

function html(status: number): Response {
  const headers = {'content-type': 'text/html'}
  return new Response('<h1>the proxy says hello</h1>', {status, headers})
}

function idToken(changes: Record<string, unknown>): string {
  const exp = Math.floor(Date.now() / 1000) + 600
  const claims = {sub: 'usr_1', aud: 'mogplex-cli', exp, ...changes}
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({alg: 'HS256'})}.${part(claims)}.c2lnbmF0dXJl`
}
