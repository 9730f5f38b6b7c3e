import {expect} from 'chai'
import {unopenedText} from '../../src/domain/login/unopened-ports.js'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {builtCli} from '../support/cli-environment.js'
import {occupy} from '../support/free-ports.js'
import {preload} from '../support/preload.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'

const LOGIN = ['login', '--no-browser']

describe('mogplex login, with the address pasted', () => {
  const stage = setStage()

  /** The address at which the browser ends, and that it cannot load. */
  async function callbackOf(address: string): Promise<URL> {
    const callback = await stage.cloud.browser('ada@example.test').authorize(address)
    stage.secret(callback.search)
    return callback
  }

  it('accepts it at a terminal, and shows nothing of it', async () => {
    const terminal = stage.terminal(LOGIN)
    const {href, searchParams} = await callbackOf(await addressAt(terminal))
    terminal.paste(href)
    terminal.press('enter')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback()).to.include('ada@example.test')
    expect(terminal.raw()).not.to.include('code=').and.not.to.include(searchParams.get('code'))
    expect(terminal.raw()).not.to.include('auth/callback?')
  })

  it('accepts it key by key, with a corrected typo', async () => {
    const terminal = stage.terminal(LOGIN)
    const {href} = await callbackOf(await addressAt(terminal))
    terminal.type(href.slice(0, 40))
    terminal.type('xyz')
    for (let slip = 0; slip < 3; slip++) terminal.press('backspace')
    terminal.type(href.slice(40))
    terminal.press('enter')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.raw()).not.to.include('auth/callback?')
  })

  it('accepts it as a line on standard input', async () => {
    const login = stage.start(LOGIN)
    const {href} = await callbackOf(await addressOn(login))
    login.write(href)
    const result = await login.exit
    expectExit(result, 0)
    expect(result.stderr).to.match(/[Ww]rite .* to standard input/)
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
  })

  it('accepts it at the end of standard input, without a line end', async () => {
    const login = stage.start(LOGIN, {command: shell('cat | "$@"')})
    const {href} = await callbackOf(await addressOn(login))
    login.write(href)
    login.endInput()
    expectExit(await login.exit, 0)
  })

  it('refuses a wrong paste without repeating it, and then accepts the right one', async () => {
    const terminal = stage.terminal(LOGIN)
    const address = await addressAt(terminal)
    const {href, searchParams} = await callbackOf(address)
    const wrong = [
      [stage.secret('my-password-by-mistake'), 'A code alone is not enough'],
      [address, 'That is the address to open'],
      [`https://example.test/auth/callback?code=x&state=y`, 'That is another address.'],
      [searchParams.get('code') ?? '', 'A code alone is not enough'],
    ] as const
    for (const [text, why] of wrong) {
      terminal.paste(text)
      terminal.press('enter')
      await terminal.see(why)
    }
    terminal.press('enter')
    terminal.paste(href)
    terminal.press('enter')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback()).not.to.include('example.test/auth')
  })

  it('accepts an address in three pieces, and one with line breaks in it', async () => {
    const login = stage.start(LOGIN)
    const {href} = await callbackOf(await addressOn(login))
    for (const piece of [href.slice(0, 30), href.slice(30, 70), href.slice(70)]) login.write(piece)
    expectExit(await login.exit, 0)

    const terminal = stage.terminal(LOGIN)
    const again = (await callbackOf(await addressAt(terminal))).href
    terminal.paste([again.slice(0, 40), again.slice(40, 60), again.slice(60)].join('\n'))
    terminal.press('enter')
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.raw()).not.to.include('auth/callback?')
  })

  it('shows nothing of a paste by a program that answers at once', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const terminal = stage.terminal(LOGIN)
      await terminal.see('response_type=')
      terminal.paste('echoed-if-too-early')
      terminal.press('enter')
      await terminal.see('A code alone is not enough')
      expect(terminal.raw()).not.to.include('echoed-if-too-early')
      terminal.press('ctrl+c')
      expect((await terminal.exit).code).to.equal(130)
    }
  })

  it('refuses an address with another state, and then accepts the right one', async () => {
    const login = stage.start(LOGIN)
    const callback = await callbackOf(await addressOn(login))
    const forged = new URL(callback)
    forged.searchParams.set('state', 'not-the-state-of-this-login')
    login.write(forged.href)
    await login.waitFor('Still waiting.', 'stderr')
    login.write(callback.href)
    expectExit(await login.exit, 0)
  })

  it('reports each refused address to a program, in one line', async () => {
    const login = stage.start([...LOGIN, '--json'])
    const [, address = ''] = await login.waitFor(/"url":"([^"]+)"/)
    login.write('not-an-address')
    await login.waitFor('paste-refused')
    login.write((await callbackOf(address)).href)
    const result = await login.exit
    expectExit(result, 0)
    const [, refused, ...rest] = jsonLines(result)
    expect(refused).to.have.all.keys('type', 'why').and.include({type: 'paste-refused'})
    expect(rest).to.have.length(1)
    expect(rest[0]).to.include({type: 'signed-in'})
  })

  it('accepts an address that a terminal broke in two', async () => {
    const login = stage.start(LOGIN)
    const {href} = await callbackOf(await addressOn(login))
    login.write(href.slice(0, 60))
    login.write(href.slice(60))
    expectExit(await login.exit, 0)
  })

  it('works when both ports are in use, at a terminal and on standard input', async () => {
    for (const port of stage.ports) await occupy(port)
    const terminal = stage.terminal(LOGIN)
    const address = await addressAt(terminal)
    expect(terminal.scrollback()).to.include(unopenedText(taken('EADDRINUSE')))
    terminal.paste((await callbackOf(address)).href)
    terminal.press('enter')
    expect((await terminal.exit).code).to.equal(0)

    const login = stage.start(LOGIN)
    login.write((await callbackOf(await addressOn(login))).href)
    expectExit(await login.exit, 0)
  })

  it('exits with 64 and a remedy when both ports are in use and standard input is closed', async () => {
    for (const port of stage.ports) await occupy(port)
    const result = await stage.run(LOGIN, {timeoutMs: 10_000})
    expectExit(result, 64)
    expect(result.stderr).to.include(unopenedText(taken('EADDRINUSE')))
    expect(result.stderr).to.include('Free one of the ports')
    const json = await stage.run([...LOGIN, '--json'], {timeoutMs: 10_000})
    const [, last] = json.stdout.split('\n')
    expect(jsonErrorOf({...json, stdout: `${last ?? ''}\n`}).exitCode).to.equal(64)
  })

  for (const code of ['EACCES', 'EADDRNOTAVAIL', 'EPERM']) {
    it(`works in a sandbox in which every listen fails with ${code}`, async () => {
      const env = {...preload('no-listening.cjs'), MOGPLEX_TEST_NO_LISTENING: code}
      const login = stage.start(LOGIN, {env})
      const address = await addressOn(login)
      expect(login.stderr).to.include(unopenedText(taken(code)))
      login.write((await callbackOf(address)).href)
      expectExit(await login.exit, 0)
    })
  }

  const taken = (code: string) => stage.ports.map((port) => ({port, code}))

  /** Runs the CLI in a shell script, as its `"$@"`. */
  function shell(script: string): [string, ...string[]] {
    return ['/bin/sh', '-c', script, 'sh', ...builtCli]
  }
})
