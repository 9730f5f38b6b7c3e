import {expect} from 'chai'
import {TITLES} from '../../src/adapters/callback-server/callback-pages.js'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const EXPECT_ADA = ['--expect-account', ADA]

describe('mogplex login --expect-account', () => {
  const stage = setStage()

  /** A login that is finished in the browser, with any result. */
  async function logIn(email: string, ...args: string[]) {
    const cli = stage.start(['login', '--no-browser', ...args])
    const address = args.includes('--json')
      ? ((await cli.waitFor(/"url":"([^"]+)"/))[1] ?? '')
      : await addressOn(cli)
    const page = await stage.cloud.browser(email).visit(address)
    return {result: await cli.exit, page}
  }

  it('signs in the expected account, ignoring the case of the address', async () => {
    for (const expected of [ADA, 'Ada@Example.TEST']) {
      const {result, page} = await logIn(ADA, '--expect-account', expected)
      expectExit(result, 0)
      expect(page.status).to.equal(200)
      expect((await stage.storedLogin()).account?.email).to.equal(ADA)
    }
  })

  it('exits with 64 when another account signed in, and shows it in the browser, too', async () => {
    const {result, page} = await logIn(GRACE, ...EXPECT_ADA)
    expectExit(result, 64)
    expect(result.stdout).to.equal('')
    expect(result.stderr).to.include(`Error: ${GRACE} signed in, not ${ADA}; nothing was stored.\n`)
    expect(result.stderr).not.to.include('synced')
    expect(page.status).to.equal(400)
    expect(await page.text()).to.include(TITLES.failed)
    expect(await stage.authText()).to.equal(undefined)
  })

  it('keeps the old login byte for byte, and its lists', async () => {
    await stage.signIn(ADA)
    const before = await stage.authText()
    const {result} = await logIn(GRACE, ...EXPECT_ADA, '--json')
    const [, last] = result.stdout.split('\n')
    const error = jsonErrorOf({...result, stdout: `${last ?? ''}\n`})
    expect(error).to.include({code: 'UNEXPECTED_ACCOUNT', exitCode: 64})
    expect(await stage.authText()).to.equal(before)
    const models = await stage.run(['models'])
    expectExit(models, 0)
    expect(models.stdout).to.include(`, ${ADA}\n`)
  })

  it('exits with 2 at once when the address is empty', async () => {
    for (const route of [['--no-browser'], ['--device'], ['--with-api-key']]) {
      for (const expected of ['', '  ']) {
        const result = await stage.run(['login', ...route, '--expect-account', expected])
        expectExit(result, 2)
        expect(result.stderr).not.to.include('http')
      }
    }
  })

  it('exits with 64 when the server does not say who signed in', async () => {
    stage.intercept(async ({url}, serve) => {
      if (!url.endsWith('/mcp/token')) return undefined
      const answer = await serve()
      const {id_token: _, ...rest} = (await answer.json()) as Record<string, unknown>
      return Response.json(rest)
    })
    const {result} = await logIn(ADA, ...EXPECT_ADA)
    expectExit(result, 64)
    expect(result.stderr).to.include('The server does not say whose account this is')
    expect(await stage.authText()).to.equal(undefined)
  })
})

describe('mogplex login --read-only', () => {
  const stage = setStage()

  it('requests no right to write, and gets none', async () => {
    const {stdout, stderr} = await stage.signIn(ADA, {args: ['--read-only']})
    const [address = ''] = /^http\S+\/authorize\?\S+$/m.exec(stderr) ?? []
    expect(new URL(address).searchParams.get('scope')).to.equal(
      'openid profile email offline_access read',
    )
    expect(stdout).to.match(/: read, until /)
    const {scopes, refreshToken} = await stage.storedLogin()
    expect(scopes).to.include('read').and.not.to.include('write')
    expect(refreshToken).to.be.a('string')
    expect(stderr).to.match(/^12 models synced\.$/m)

    const [account, write, verified] = await Promise.all([
      stage.run(['whoami', '--require', 'account']),
      stage.run(['whoami', '--require', 'write', '--json']),
      stage.run(['whoami', '--require', 'write', '--verify', '--json']),
    ])
    expectExit(account, 0)
    for (const result of [write, verified]) {
      expect(jsonErrorOf(result)).to.include({code: 'SCOPE_MISSING', exitCode: 65})
    }
  })

  it('omits write of MOGPLEX_SCOPES, and nothing else', async () => {
    const env = {MOGPLEX_SCOPES: 'openid,email write read'}
    const {stderr} = await stage.signIn(ADA, {args: ['--read-only'], env})
    expect(stderr).to.include('&scope=openid+email+read&')
  })
})
