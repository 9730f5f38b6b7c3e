import {expect} from 'chai'
import {execFile} from 'node:child_process'
import {readlink} from 'node:fs/promises'
import {setTimeout as pause} from 'node:timers/promises'
import {promisify} from 'node:util'
import {builtCli, shellWords} from '../support/cli-environment.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const onLinux = process.platform === 'linux' ? it : it.skip
const why = process.platform === 'linux' ? '' : ' (skipped: it looks at the mode in /proc)'

describe('mogplex login, at a shell with job control', () => {
  const stage = setStage()
  const login = `${shellWords(builtCli)} login --no-browser`

  function shell() {
    return stage.terminal([], {command: ['/bin/bash', '--norc', '-i'], env: {PS1: '% '}})
  }
  type Shell = ReturnType<typeof shell>

  /** The exit code of the job; a job that its terminal stopped has 149 or 150. */
  async function endOf(terminal: Shell): Promise<string> {
    terminal.type('wait %1; echo ended-$?\r')
    const [ended] = await terminal.see(/ended-\d+/)
    terminal.type('exit\r')
    await terminal.exit
    return ended
  }

  /** The terminal is in Node's raw mode: a shell's line editor leaves signals enabled. */
  async function hidesWhatIsTyped(terminal: Shell): Promise<void> {
    const device = await readlink(`/proc/${terminal.pid}/fd/0`)
    const mode = async () => (await promisify(execFile)('stty', ['-F', device, '-a'])).stdout
    while (!(await mode()).includes('-isig')) await pause(20)
  }

  async function expectSignedIn(terminal: Shell): Promise<void> {
    await terminal.see('Signed in to')
    terminal.type('echo ended-$?\r')
    await terminal.see('ended-0')
    terminal.type('exit\r')
    await terminal.exit
    expect((await stage.storedLogin()).account?.email).to.equal(ADA)
    expect(terminal.raw()).not.to.include('auth/callback?')
  }

  it('waits in the background, where the browser comes back', async () => {
    const terminal = shell()
    terminal.type(`${login} &\r`)
    await stage.cloud.browser(ADA).visit(await addressAt(terminal))
    expect(await endOf(terminal)).to.equal('ended-0')
    expect((await stage.storedLogin()).account?.email).to.equal(ADA)
  })

  it('continues in the background after Ctrl+Z and bg, while the shell has its terminal', async () => {
    const terminal = shell()
    terminal.type(`${login}\r`)
    const address = await addressAt(terminal)
    terminal.press('ctrl+z')
    await terminal.see('Stopped')
    terminal.type('bg\r')
    terminal.type('stty -a | grep -o .icanon\r')
    await terminal.see(/^ icanon$/m)
    await stage.cloud.browser(ADA).visit(address)
    expect(await endOf(terminal)).to.equal('ended-0')
    expect((await stage.storedLogin()).account?.email).to.equal(ADA)
  })

  onLinux(`says in the background how to paste, and takes it when it is back${why}`, async () => {
    const terminal = shell()
    terminal.type(`${login} &\r`)
    const {href} = await stage.cloud.browser(ADA).authorize(await addressAt(terminal))
    stage.secret(href)
    expect(terminal.scrollback().replaceAll('\n', ' ')).to.include('with `fg`')
    terminal.type('fg\r')
    await hidesWhatIsTyped(terminal)
    terminal.paste(href)
    terminal.press('enter')
    await expectSignedIn(terminal)
  })

  for (const [how, stop] of [
    ['Ctrl+Z', (terminal: Shell) => terminal.press('ctrl+z')],
    [
      'an external SIGSTOP',
      async (terminal: Shell) => {
        const {stdout} = await promisify(execFile)('pgrep', ['-P', String(terminal.pid)])
        process.kill(Number(stdout), 'SIGSTOP')
      },
    ],
  ] as const) {
    onLinux(`takes what is pasted after ${how}, bg and fg${why}`, async () => {
      const terminal = shell()
      terminal.type(`${login}\r`)
      const {href} = await stage.cloud.browser(ADA).authorize(await addressAt(terminal))
      stage.secret(href)
      await stop(terminal)
      await terminal.see('Stopped')
      terminal.type('bg\r')
      terminal.type('stty -a | grep -o .icanon\r')
      await terminal.see(/^ icanon$/m)
      terminal.type('fg\r')
      await hidesWhatIsTyped(terminal)
      terminal.paste(href)
      terminal.press('enter')
      await expectSignedIn(terminal)
    })
  }
})
