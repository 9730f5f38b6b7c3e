import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {fakeProgram} from '../support/fake-program.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'

const SSH = {SSH_CONNECTION: '198.51.100.2 50123 203.0.113.7 2222', USER: 'ada'}

describe('mogplex login, where the browser is elsewhere', () => {
  const stage = setStage()

  function tunnel(): string {
    const [port] = stage.ports
    return `  ssh -N -L ${port}:127.0.0.1:${port} -p 2222 ada@203.0.113.7`
  }

  it('prints the whole tunnel command over SSH, and opens no browser', async () => {
    const terminal = stage.terminal(['login'], {env: SSH})
    const address = await addressAt(terminal)
    const lines = terminal.scrollback().split('\n')
    expect(lines).to.include(tunnel())
    const text = lines.join(' ')
    expect(text).to.include('Over SSH no browser is opened.').and.not.to.include('Opening')
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback()).not.to.include('No browser could be opened')
  })

  it('opens the BROWSER command over SSH', async () => {
    const browser = await fakeProgram(stage.home, 'browser')
    const terminal = stage.terminal(['login'], {
      env: {...SSH, PATH: browser.PATH, BROWSER: 'browser'},
    })
    const address = await addressAt(terminal)
    expect((await browser.seen())[1]).to.include('/auth/start/')
    expect(terminal.scrollback()).to.include('Opening the browser').and.to.include(tunnel())
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await terminal.exit).code).to.equal(0)
  })

  it('prints the tunnel command with --no-browser too, but not in JSON', async () => {
    const text = stage.start(['login', '--no-browser'], {env: SSH})
    await text.waitFor(tunnel(), 'stderr') // by then it has the first port
    const address = await addressOn(text)
    const json = stage.start(['login', '--no-browser', '--json'], {
      env: {...SSH, MOGPLEX_HOME: join(stage.home, 'other')},
    })
    await json.waitFor('"authorization"')
    expect(json.stdout + json.stderr).not.to.include('ssh -N')
    json.kill('SIGINT')
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await text.exit).code).to.equal(0)
    expect((await json.exit).code).to.equal(130)
  })

  it('says in a dev container that the address can be pasted', async () => {
    const env = {REMOTE_CONTAINERS: 'true'}
    const login = stage.start(['login', '--no-browser'], {env})
    await login.waitFor('Browser on another machine?', 'stderr')
    await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    expect((await login.exit).code).to.equal(0)
  })

  it('asks nothing in CI: 64 within a second, with the three ways', async () => {
    const result = await stage.run(['login'], {env: {...SSH, CI: 'true'}})
    expect(result.code).to.equal(64)
    expect(result.stderr).not.to.include('ssh -N')
    expect(await readFile(stage.authPath).catch(() => undefined)).to.equal(undefined)
  })
})
