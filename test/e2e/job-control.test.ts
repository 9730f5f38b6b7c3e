import {expect} from 'chai'
import {SIGN_IN_QUESTION} from '../../src/app/sign-in/login-screen.js'
import {COPIES} from '../../src/app/sign-in/sign-in-block.js'
import {NOT_SHOWN} from '../../src/app/sign-in/stored-key-text.js'
import {SIGN_IN_INTERRUPTED} from '../../src/domain/errors/cancelled.js'
import {NOT_ANSWERED, YES_OR_NO} from '../../src/terminal/confirm.js'
import {NOTHING_CHOSEN} from '../../src/terminal/choose.js'
import {streamOf} from '../support/chat-frames.js'
import {builtCli, shellWords} from '../support/cli-environment.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'
import type {OpenTerminal} from '../support/terminal.js'
import {waitUntil} from '../support/wait-until.js'

/** How many times something is on the screen or in the scrollback. */
function countOf(terminal: OpenTerminal, text: string): number {
  return terminal.scrollback().split(text).length - 1
}

async function seeTimes(terminal: OpenTerminal, text: string, times: number): Promise<void> {
  await waitUntil({
    look: () => (countOf(terminal, text) >= times ? true : undefined),
    over: () => false,
    timeoutMs: 30_000,
    describe: () => `"${text}" to be seen ${times} times.\n${terminal.scrollback()}`,
  })
}

describe('Ctrl+Z and fg, in a shell', function () {
  this.timeout(90_000)
  const stage = setStage({inferenceAccepts: 'oauth'})

  function shell(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    columns = 120,
  ): OpenTerminal {
    const command = ['/bin/bash', '--norc', '-i'] as const
    const terminal = stage.terminal([], {command, columns, rows: 40, env: {PS1: '% ', ...env}})
    terminal.type(`${shellWords([...builtCli, ...args])}\r`)
    return terminal
  }

  /** Stops it, checks that the shell has its terminal, and continues it. */
  async function stopAndGoOn(terminal: OpenTerminal): Promise<void> {
    const stops = countOf(terminal, 'Stopped')
    terminal.press('ctrl+z')
    await seeTimes(terminal, 'Stopped', stops + 1)
    terminal.type(`stty -a | grep -o '[- ]icanon\\|[- ]echo\\b'; echo "stop ${stops}"\r`)
    await terminal.see(new RegExp(`^ icanon\\n echo\\nstop ${stops}$`, 'm'))
    terminal.type('fg\r')
  }

  async function expectShell(terminal: OpenTerminal, code: number): Promise<void> {
    await terminal.see(/^%$/m)
    terminal.type(
      `echo "code $?"; stty -a | grep -o '[- ]icanon\\|[- ]echo\\b'; echo "at the end"\r`,
    )
    await terminal.see(/^ icanon\n echo\nat the end$/m)
    expect(terminal.scrollback()).to.include(`\ncode ${code}\n`)
    terminal.type('exit\r')
    await terminal.exit
  }

  it('return to the key prompt, twice', async () => {
    const key = stage.secret('gsk_after-two-stops')
    const terminal = shell(['login', '--with-api-key', '--provider', 'groq'])
    await terminal.see(NOT_SHOWN)
    terminal.type('gsk_')
    for (const times of [2, 3]) {
      await stopAndGoOn(terminal)
      await seeTimes(terminal, NOT_SHOWN, times)
    }
    terminal.type(`${key.slice('gsk_'.length)}\r`)
    await terminal.see('Stored')
    await expectShell(terminal, 0)
    expect(await stage.authText()).to.include(key)
  })

  it('return to a login that waits for the browser, and Ctrl+C ends it', async () => {
    const terminal = shell(['login'], {BROWSER: 'true'})
    await addressAt(terminal)
    await stopAndGoOn(terminal)
    // The block above the shell's output is unchanged, and there is a new one.
    await seeTimes(terminal, COPIES, 2)
    await terminal.see(/% fg\n[^]*response_type=[^]*Waiting for the browser[^]*Ctrl\+Y/)
    terminal.press('ctrl+c')
    await terminal.see(SIGN_IN_INTERRUPTED)
    await expectShell(terminal, 130)
    expect(terminal.scrollback()).not.to.include('Error:')
  })

  for (const columns of [120, 40]) {
    it(`return to the login screen of ${columns} columns, unchanged`, async () => {
      const terminal = shell([], {BROWSER: 'true'}, columns)
      await terminal.see(SIGN_IN_QUESTION)
      terminal.press('down')
      await terminal.see('❯ Use an API key')
      await stopAndGoOn(terminal)
      await terminal.see(/Stopped[^]*stop 0\n% fg\n[^]*❯ Use an API key/)
      expect(countOf(terminal, SIGN_IN_QUESTION), 'nothing of it was left').to.equal(1)
      terminal.press('enter')
      await terminal.see('❯ Mogplex')
      await stopAndGoOn(terminal)
      await terminal.see(/stop 1\n% fg\n[^]*❯ Mogplex/)
      terminal.press('escape')
      await terminal.see(NOTHING_CHOSEN)
      await terminal.see('❯ Sign in with Mogplex')
      terminal.press('ctrl+c')
      await seeTimes(terminal, NOTHING_CHOSEN, 2)
      await expectShell(terminal, 130)
      expect(terminal.scrollback()).not.to.include('Error:')
    })
  }

  it('return to the menu of /model with the typed text, and to the app', async () => {
    await stage.putLogin()
    await stage.run(['models', '--refresh'])
    const terminal = shell([])
    await terminal.see('your login pays')
    terminal.type('/model \r')
    await terminal.see(/ mogplex: anthropic/)
    terminal.type('sonnet')
    await terminal.see(/❯ mogplex: anthropic\/claude-sonnet/)
    await stopAndGoOn(terminal)
    await terminal.see(/% fg\n[^]*sonnet\n❯ mogplex: anthropic\/claude-sonnet/)
    terminal.press('escape')
    await terminal.see(/% fg\n[^]*your login pays/)
    terminal.type('\x1a')
    await seeTimes(terminal, 'Stopped', 2)
    terminal.type('fg\r')
    await terminal.see(/fg\n[^]*fg\n[^]*your login pays/)
    terminal.type('/quit\r')
    await terminal.see('› /quit')
    await expectShell(terminal, 0)
  })

  it('return to the question about the payer, which takes only an answer', async () => {
    const server = await startStubServer((response, {path}) => {
      response.end(path === '/models' ? '{"data":[{"id":"stub-1"}]}' : streamOf('Paid for.'))
    })
    const VERCEL_API_TOKEN = stage.secret('vercel-token-of-the-job')
    const env = {VERCEL_API_TOKEN, VERCEL_BASE_URL: server.url}
    const left = shell(['--prompt', 'x'], env)
    await left.see('(y/N)')
    left.press('escape')
    await left.see(NOT_ANSWERED)
    await expectShell(left, 130)
    expect(left.scrollback()).not.to.include('Error:')

    const terminal = shell([], env)
    await terminal.see('VERCEL_API_TOKEN pays')
    terminal.type('Hello?\r')
    await terminal.see('(y/N)')
    terminal.paste('what is this')
    terminal.press('enter')
    await terminal.see(YES_OR_NO)
    await seeTimes(terminal, '(y/N)', 2)
    terminal.type('yex\x7f')
    await stopAndGoOn(terminal)
    await terminal.see(/fg\n.*\n.*\(y\/N\) ye$/)
    terminal.type('s\r')
    await terminal.see('Paid for.')
    terminal.type('/quit\r')
    await terminal.see('› /quit')
    await expectShell(terminal, 0)
  })

  it('read keys again after an external stop, and changes of the terminal by the shell', async () => {
    const terminal = stage.terminal([], {
      command: ['/bin/bash', '--norc', '-i'],
      columns: 120,
      rows: 40,
      env: {PS1: '% '},
    })
    const words = shellWords([...builtCli, 'login', '--with-api-key'])
    terminal.type(`sh -c 'echo "pid $$"; exec "$@"' sh ${words}\r`)
    const [, pid] = await terminal.see(/^pid (\d+)$/m)
    await terminal.see(NOT_SHOWN)
    process.kill(Number(pid), 'SIGSTOP')
    await terminal.see('Stopped')
    terminal.type('stty sane; fg\r')
    await seeTimes(terminal, NOT_SHOWN, 2)
    terminal.type('mog_not-shown')
    terminal.press('ctrl+c')
    await terminal.see(SIGN_IN_INTERRUPTED)
    await expectShell(terminal, 130)
    expect(terminal.raw()).not.to.include('mog_')
  })

  it('continue with plain lines, and repeat the prompt, with TERM=dumb', async () => {
    await stage.putLogin()
    const terminal = shell([], {TERM: 'dumb'})
    await terminal.see(/^>$/m)
    terminal.press('ctrl+z')
    await seeTimes(terminal, 'Stopped', 1)
    terminal.type('fg\r')
    await terminal.see(/fg\n(.*\n)+.*your login pays\n>$/)
    terminal.type('/quit\r')
    await expectShell(terminal, 0)
  })
})
