import {expect} from 'chai'
import {SIGN_IN_INTERRUPTED} from '../../src/domain/errors/cancelled.js'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {builtCli, shellWords} from '../support/cli-environment.js'
import {isFree} from '../support/free-ports.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'

const LOGIN = ['login', '--no-browser']

describe('mogplex login, interrupted', () => {
  const stage = setStage()
  let before: string | undefined

  beforeEach(async () => {
    await stage.putLogin('grace@example.test')
    before = await stage.authText()
  })

  afterEach('leaves the old login and frees the port', async () => {
    expect(await stage.authText()).to.equal(before)
    expect(await isFree(stage.ports[0])).to.equal(true)
  })

  it('exits with 130 on Ctrl+C during the request for the metadata', async () => {
    const asked = silence('/.well-known/oauth-authorization-server')
    const terminal = stage.terminal(LOGIN)
    await asked
    terminal.press('ctrl+c')
    expect(await terminal.exit).to.deep.equal({code: 130, signal: undefined})
    expect(terminal.scrollback()).to.include(SIGN_IN_INTERRUPTED)
  })

  it('exits with 130 on Ctrl+C while it waits for the browser', async () => {
    const terminal = stage.terminal(LOGIN)
    await addressAt(terminal)
    terminal.press('ctrl+c')
    expect(await terminal.exit).to.deep.equal({code: 130, signal: undefined})
    expect(terminal.scrollback()).to.include(SIGN_IN_INTERRUPTED)
  })

  it('exits with 130 on Ctrl+C in the middle of a paste, and shows nothing of it', async () => {
    const terminal = stage.terminal(LOGIN)
    await addressAt(terminal)
    terminal.type(stage.secret('http://127.0.0.1:1/auth/callback?code=half'))
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)
  })

  it('exits with 130 on Ctrl+C while the code is exchanged, and tells the browser', async () => {
    const asked = silence('/mcp/token')
    const terminal = stage.terminal(LOGIN)
    const visit = stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
    await asked
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.equal(130)
    expect((await visit).status).to.be.at.least(400)
  })

  it('restores the terminal', async () => {
    const cli = shellWords([...builtCli, ...LOGIN])
    // The shell has to survive the Ctrl+C that its child gets.
    const script = `trap : INT; stty -a > before; ${cli}; echo "ended with $?"; stty -a > after`
    const terminal = stage.terminal([], {command: ['/bin/sh', '-c', script]})
    await addressAt(terminal)
    terminal.press('ctrl+c')
    await terminal.see('ended with 130')
    await terminal.exit
    const [modesBefore, modesAfter] = await Promise.all(
      ['before', 'after'].map((name) => readFile(join(stage.home, name), 'utf8')),
    )
    expect(modesBefore).to.match(/ echo /)
    expect(modesAfter).to.equal(modesBefore)
  })

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`exits with 130 on ${signal}, without a terminal`, async () => {
      const login = stage.start(LOGIN)
      await addressOn(login)
      login.kill(signal)
      const result = await login.exit
      expectExit(result, 130)
      expect(result.stderr).to.include(SIGN_IN_INTERRUPTED)
      expect(result.stdout).to.equal('')
    })
  }

  it('ends with the window of the terminal', async () => {
    const terminal = stage.terminal(LOGIN)
    await addressAt(terminal)
    await terminal.close()
    const {code, signal} = await terminal.exit
    expect(signal, 'it had to be killed').to.not.equal('SIGKILL')
    expect(code ?? signal).to.be.oneOf([130, 'SIGHUP'])
  })

  /** Makes the server silent at an address. Resolves when that is requested. */
  function silence(path: string): Promise<void> {
    return new Promise((resolve) => {
      stage.intercept(async ({url}) => {
        if (!url.endsWith(path)) return undefined
        resolve()
        return 'hang'
      })
    })
  }
})
