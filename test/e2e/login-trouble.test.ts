import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

const LOGIN = ['login', '--no-browser']

describe('mogplex login, at a failing server', () => {
  const stage = setStage()
  let before: string | undefined

  beforeEach(async () => {
    await stage.putLogin('grace@example.test')
    before = await stage.authText()
  })

  afterEach('leaves the old login byte for byte', async () => {
    expect(await stage.authText()).to.equal(before)
  })

  for (const [name, answer, exitCode, code] of [
    ['HTML', () => new Response('<h1>hello</h1>'), 69, 'REMOTE'],
    ['503', () => new Response('<h1>no</h1>', {status: 503}), 69, 'REMOTE'],
    [
      '429',
      () => new Response('x', {status: 429, headers: {'x-retry-after': '7'}}),
      75,
      'RATE_LIMITED',
    ],
  ] as const) {
    it(`exits with ${exitCode} after ${name}, in text and in JSON`, async () => {
      stage.intercept(async () => answer())
      const [text, json] = await Promise.all([stage.run(LOGIN), stage.run([...LOGIN, '--json'])])
      expectExit(text, exitCode)
      expect(text.stdout).to.equal('')
      expect(text.stderr)
        .to.match(/^Error: .*127\.0\.0\.1:\d+/m)
        .and.not.to.include('<h1>')
      expect(jsonErrorOf(json)).to.include({code, exitCode})
    })
  }

  it('exits with 69 where nothing listens', async () => {
    const env = {MOGPLEX_URL: `http://127.0.0.1:${stage.ports[0]}`}
    expect(jsonErrorOf(await stage.run([...LOGIN, '--json'], {env})).code).to.equal('UNREACHABLE')
  })

  it('ends with the JSON of the error after the first line when the exchange fails', async () => {
    stage.intercept(async ({url}) =>
      url.endsWith('/mcp/token')
        ? Response.json({error: 'invalid_grant', error_description: 'invalid code'}, {status: 401})
        : undefined,
    )
    const login = stage.start([...LOGIN, '--json'])
    const [, address = ''] = await login.waitFor(/"url":"([^"]+)"/)
    await stage.cloud.browser('ada@example.test').visit(address)
    const result = await login.exit
    const lines = jsonLines(result)
    expect(lines).to.have.length(2)
    expect(lines[0]).to.deep.equal({type: 'authorization', url: address})
    const error = jsonErrorOf({...result, stdout: `${JSON.stringify(lines[1])}\n`})
    expect(error).to.include({code: 'LOGIN_FAILED', exitCode: 64})
  })

  it('can be interrupted while the server does not answer', async () => {
    const asked = new Promise<void>((resolve) => {
      stage.intercept(async ({url}) => {
        if (!url.endsWith('/mcp/token')) return undefined
        resolve()
        return 'hang'
      })
    })
    const login = stage.start(LOGIN)
    const visit = stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    await asked
    login.kill('SIGTERM')
    expectExit(await login.exit, 130)
    expect(await (await visit).text()).to.match(/interrupted|stopped/)
  })
})
