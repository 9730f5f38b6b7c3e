import {expect} from 'chai'
import {TITLES} from '../../src/adapters/callback-server/callback-pages.js'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

const LOGIN = ['login', '--no-browser']

describe('mogplex login, with callbacks that are not genuine', () => {
  const stage = setStage()

  /**
   * Starts a login, and returns its redirect URI, its state, and a function that sends a callback.
   */
  async function startLogin(args: readonly string[] = []) {
    const login = stage.start([...LOGIN, ...args])
    const address = args.includes('--json')
      ? ((await login.waitFor(/"url":"([^"]+)"/))[1] ?? '')
      : await addressOn(login)
    const {searchParams} = new URL(address)
    const state = searchParams.get('state') ?? ''
    const send = async (query: string): Promise<{status: number; html: string}> => {
      const response = await fetch(`${searchParams.get('redirect_uri') ?? ''}?${query}`)
      return {status: response.status, html: await response.text()}
    }
    const finish = () => stage.cloud.browser('ada@example.test').visit(address)
    return {login, state, send, finish}
  }

  it('refuses a code with another state, and one without, then accepts the genuine one', async () => {
    const {login, send, finish} = await startLogin()
    for (const query of [
      'code=stolen-code&state=guessed',
      'code=stolen-code',
      'state=&code=x',
      '',
    ]) {
      expect((await send(query)).status, query).to.equal(400)
    }
    expect((await finish()).status).to.equal(200)
    expectExit(await login.exit, 0)
  })

  it('shows an error without state as a hint, once, and keeps waiting', async () => {
    const {login, send, finish} = await startLogin()
    const query = 'error=invalid_scope&error_description=no%20such%20scope'
    expect((await send(query)).status).to.equal(400)
    await send(query)
    await login.waitFor(
      '(invalid_scope: no such scope). That is not proved; the sign-in still waits.',
      'stderr',
    )
    expect((await finish()).status).to.equal(200)
    const result = await login.exit
    expectExit(result, 0)
    expect(result.stderr.match(/still waits/g)).to.have.length(1)
  })

  it('shows no control character of such a hint', async () => {
    const {login, send, finish} = await startLogin()
    await send(
      `error=x&error_description=${encodeURIComponent('\x1b]0;title\x07\x9b31mred\u202e')}`,
    )
    await login.waitFor('not proved', 'stderr')
    await finish()
    const {stderr} = await login.exit
    expect(stderr).not.to.match(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/)
  })

  it('refuses a callback with a duplicate parameter, even with the right state', async () => {
    const {login, state, send, finish} = await startLogin()
    for (const query of [
      `code=one&code=two&state=${state}`,
      `code=one&state=${state}&state=${state}`,
      `error=access_denied&state=${state}&error=x`,
    ]) {
      expect((await send(query)).status, query).to.equal(400)
    }
    expect((await finish()).status).to.equal(200)
    expectExit(await login.exit, 0)
  })

  it('exits with 64 when the answer with the right state is a denial', async () => {
    const {login, state, send} = await startLogin()
    const page = await send(`error=access_denied&error_description=No%20%3Cb%3E&state=${state}`)
    expect(page.html).to.include(TITLES.failed).and.not.to.include('<b>')
    const result = await login.exit
    expectExit(result, 64)
    expect(result.stderr).to.include('Error: The sign-in was refused (access_denied: No <b>).')
    expect(await stage.authText()).to.equal(undefined)
  })

  it('exits with 64 in JSON, too', async () => {
    const {login, state, send} = await startLogin(['--json'])
    await send(`error=access_denied&state=${state}`)
    const result = await login.exit
    const [, last] = result.stdout.split('\n')
    const {code, exitCode} = jsonErrorOf({...result, stdout: `${last ?? ''}\n`})
    expect({code, exitCode}).to.deep.equal({code: 'LOGIN_FAILED', exitCode: 64})
  })

  it('keeps the old login when the new one is denied', async () => {
    await stage.putLogin()
    const before = await stage.authText()
    const {login, state, send} = await startLogin()
    await send(`error=access_denied&state=${state}`)
    expectExit(await login.exit, 64)
    expect(await stage.authText()).to.equal(before)
  })

  it('exits with 64 when the code is invalid', async () => {
    const {login, state, send} = await startLogin()
    const page = await send(`code=${stage.secret('a-code-that-nobody-gave')}&state=${state}`)
    expect(page.status).to.equal(400)
    const result = await login.exit
    expectExit(result, 64)
    expect(result.stderr).to.include(`${stage.host} refused the sign-in (invalid_grant`)
  })
})
