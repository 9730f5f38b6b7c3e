import {expect} from 'chai'
import {KEYS_HINT} from '../../src/app/run/attach.js'
import {CANCEL_QUESTION, ONCE_MORE} from '../../src/app/run/run-keys.js'
import {BACK} from '../../src/app/run/run-text.js'
import {builtCli, shellWords} from '../support/cli-environment.js'
import {RUN_ID} from '../support/make-run.js'
import {preload} from '../support/preload.js'
import {scriptRun} from '../support/scripted-run.js'
import {setStage} from '../support/sign-in-stage.js'
import type {OpenTerminal} from '../support/terminal.js'
import {waitUntil} from '../support/wait-until.js'

const ADA = 'ada@example.test'
const HINT_AT_THE_END = new RegExp(`${KEYS_HINT.replace('+', '\\+')}$`)
/** Everything that the live view may send to a terminal: colours, its own lines, the cursor. */
const OURS = /\u001B\[(?:\d{1,2}(?:;\d{1,2})*m|\d*A|[JK]|\?25[hl]|\?7[hl]|\?2026[hl])/g

/** Presses Ctrl+C again, each time the screen asks for it. */
async function leave(terminal: OpenTerminal): Promise<void> {
  let ended = false
  void terminal.exit.then(() => (ended = true))
  const isOver = (): boolean => ended
  for (let asked = 1; !isOver(); asked += 1) {
    await waitUntil({
      look: () => (isOver() || terminal.raw().split(ONCE_MORE).length > asked ? true : undefined),
      over: () => false,
      timeoutMs: 30_000,
      describe: () => `end, nor another "${ONCE_MORE}".\n${terminal.scrollback()}`,
    })
    if (!isOver()) terminal.press('ctrl+c')
  }
}

describe('mogplex attach at a terminal', function () {
  this.timeout(90_000)
  const stage = setStage({runPace: 0.02})
  beforeEach(() => Object.assign(stage.env, preload('quick-pauses.cjs')))

  async function quietRun(options: Parameters<typeof stage.terminal>[1] = {}) {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA, 'quiet')
    const terminal = stage.terminal(['attach', id], options)
    await terminal.see('status_changed')
    return {id, terminal}
  }

  const cancelled = (id: string): boolean =>
    stage.cloud.requests.some(({path}) => path.endsWith(`${id}/cancel`))

  function expectOnlyOurs(terminal: OpenTerminal): void {
    expect(terminal.raw().replace(OURS, '')).not.to.match(
      /[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F]/,
    )
  }

  it('shows the run, its events, and the current state below', async () => {
    const {id, terminal} = await quietRun()
    await terminal.see(KEYS_HINT)
    const lines = terminal.screen().split('\n')
    expect(lines[0]).to.equal(`Run ${id}`)
    expect(lines.slice(1, 6).map((line) => line.split(/ +/)[1])).to.deep.equal([
      'status',
      'started',
      'harness',
      'repository',
      'branch',
    ])
    expect(lines[7]).to.match(/^\d\d:\d\d:\d\d {2}● started: Sandbox ready/)
    expect(lines.at(-2)).to.match(/^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] streaming {2}\d+s · mogplex\/mend-the-carry/)
    expect(lines.at(-1)).to.equal(`  ${KEYS_HINT}`)
    expect(terminal.raw()).to.include('\u001B[36m')
  })

  for (const key of ['q', 'escape'] as const) {
    it(`leaves with ${key}, and the run continues; an arrow key and a no do not leave`, async () => {
      const {id, terminal} = await quietRun()
      terminal.press('up')
      terminal.type('c')
      await terminal.see(CANCEL_QUESTION)
      if (key === 'q') terminal.type(key)
      else terminal.press(key)
      await terminal.see(HINT_AT_THE_END)
      if (key === 'q') terminal.type(key)
      else terminal.press(key)
      await terminal.see(`\`mogplex attach ${id}\``)
      expect((await terminal.exit).code).to.equal(130)
      expect(cancelled(id)).to.equal(false)
    })
  }

  it('rings when a long run ends, unless --no-notify is given', async () => {
    await stage.putLogin()
    // By the service's clock, as sent in its answers, the run is years old.
    for (const [args, rings] of [
      [[], true],
      [['--no-notify'], false],
    ] as const) {
      scriptRun(stage, [{}, {}, {status: 'success'}])
      const terminal = stage.terminal(['attach', RUN_ID, ...args])
      expect((await terminal.exit).code).to.equal(0)
      expect(terminal.raw().includes('\u0007')).to.equal(rings)
    }
  })

  it('ends with the outcome, without the status block, and restores the terminal', async () => {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA)
    const line = `${shellWords(builtCli)} attach ${id}; echo "code $?"; stty -a`
    const terminal = stage.terminal([], {command: ['/bin/bash', '-c', line]})
    await terminal.exit
    expect(terminal.scrollback()).to.match(/\n\n.*\bsuccess\b.*\b\d+s\ncode 0\n/)
    expect(terminal.scrollback()).not.to.include(KEYS_HINT)
    expect(terminal.scrollback())
      .to.match(/(?<!-)\bicanon\b/)
      .and.match(/(?<!-)\becho\b/)
      .and.match(/(?<!-)\bisig\b/)
    expect(terminal.raw().lastIndexOf('\u001B[?25h')).to.be.above(
      terminal.raw().lastIndexOf('\u001B[?25l'),
    )
    expectOnlyOurs(terminal)
  })

  it('shows an ended run, without a status block', async () => {
    await stage.putLogin()
    scriptRun(stage, [{status: 'failed', error: 'Why.', events: 3}])
    const terminal = stage.terminal(['attach', RUN_ID])
    expect((await terminal.exit).code).to.equal(1)
    expect(terminal.scrollback()).to.match(/Step 3\.\n\n.*\bfailed\b.*\b0s: Why\.$/)
    expect(terminal.raw()).not.to.match(/failed.*20\d\ds/)
  })

  it('shows only an error for an unknown run', async () => {
    await stage.putLogin()
    const terminal = stage.terminal(['attach', RUN_ID])
    expect((await terminal.exit).code).to.equal(1)
    expect(terminal.scrollback().replace(/\s+/g, ' '))
      .to.match(/^Error: /)
      .and.to.include(RUN_ID)
      .and.to.include(ADA)
    expect(terminal.scrollback()).not.to.include(KEYS_HINT)
  })

  it('fits a terminal of 40 columns', async () => {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA)
    const terminal = stage.terminal(['attach', id], {columns: 40})
    expect((await terminal.exit).code).to.equal(0)
    const lines = terminal.scrollback().split('\n')
    expect(lines.filter((line) => line.length > 40)).to.deep.equal([])
    expect(lines).to.include(id)
    expect(terminal.scrollback()).to.match(
      /^\d\d:\d\d:\d\d {4}I will run the tests first,\n {12}to/m,
    )
  })

  it('handles a terminal that changes its size, and one of two rows', async () => {
    const {terminal} = await quietRun({columns: 100})
    for (const [columns, rows] of [
      [41, 24],
      [25, 12],
      [120, 30],
      [10, 5],
      [80, 2],
      [80, 24],
    ] as const) {
      const before = terminal.raw().length
      terminal.resize(columns, rows)
      await terminal.see(/streaming|…/)
      await waitUntil({
        look: () => (terminal.raw().length > before ? true : undefined),
        over: () => false,
        timeoutMs: 30_000,
        describe: () => `change at ${columns}x${rows}.\n${terminal.screen()}`,
      })
    }
    await terminal.see(HINT_AT_THE_END)
    const found = terminal.screen().match(/streaming {2}\d+s/g) ?? []
    expect(found, terminal.scrollback()).to.have.length(1)
    terminal.type('\u0003\u0003')
    expect((await terminal.exit).code).to.equal(130)
    expectOnlyOurs(terminal)
  })

  it('explains with one Ctrl+C how to leave, and leaves with two, while the run continues', async () => {
    const {id, terminal} = await quietRun()
    terminal.press('ctrl+c')
    await terminal.see(ONCE_MORE)
    await terminal.see(KEYS_HINT)
    terminal.type('\u0003\u0003')
    expect((await terminal.exit).code).to.equal(130)
    expect(terminal.scrollback()).to.match(new RegExp(`\n\n.*\n.*\`mogplex attach ${id}\``))
    expect(terminal.scrollback()).not.to.include(KEYS_HINT)
    expect(cancelled(id)).to.equal(false)
  })

  it('cancels with c and then y, and with nothing else', async () => {
    const {id, terminal} = await quietRun()
    for (const key of ['right', 'left', 'up'] as const) terminal.press(key)
    terminal.paste('cy')
    terminal.press('ctrl+c') // once this is shown, all earlier keys were read
    await terminal.see(ONCE_MORE)
    expect(terminal.raw()).not.to.include(CANCEL_QUESTION)
    terminal.type('c')
    await terminal.see(CANCEL_QUESTION)
    terminal.type('n')
    await terminal.see(KEYS_HINT)
    expect(cancelled(id)).to.equal(false)
    terminal.type('c')
    await terminal.see(CANCEL_QUESTION)
    terminal.type('y')
    expect((await terminal.exit).code).to.equal(1)
    expect(terminal.scrollback()).to.match(
      /■ cancel_requested\n.*✗ cancelled: Cancelled on request\./,
    )
    expect(terminal.scrollback()).to.match(/\n\n.*\bcancelled\b.*\b\d+s$/)
  })

  it('says why a run was not cancelled', async () => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey(ADA, {scopes: ['read']})
    const {terminal} = await quietRun({env: {MOGPLEX_API_KEY}})
    terminal.type('c')
    await terminal.see(CANCEL_QUESTION)
    terminal.type('y')
    await terminal.see(/ not cancelled\. 127\.0\.0\.1/)
  })

  it('reports that there is no answer, and continues when there is one', async () => {
    await stage.putLogin()
    let isAway = true
    scriptRun(stage, [
      {events: 1},
      {trouble: () => (isAway ? new Response('', {status: 502}) : undefined), events: 2},
    ])
    const terminal = stage.terminal(['attach', RUN_ID])
    await terminal.see(/\b502\b/)
    await terminal.see(/streaming.*still trying/)
    isAway = false
    await terminal.see(BACK)
    await terminal.see('Step 2.')
    expect(terminal.screen()).not.to.match(/streaming.*still trying/)
  })

  it('is plain text, without a spinner or a key, at a simple terminal', async () => {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA, 'quiet')
    for (const [name, env, args] of [
      ['dumb', {TERM: 'dumb'}, []],
      ['CI', {CI: '1', NO_COLOR: '1'}, []],
      ['no input', {NO_COLOR: '1'}, ['--no-input']],
    ] as const) {
      const terminal = stage.terminal(['attach', id, ...args], {env})
      await terminal.see('status_changed')
      terminal.press('ctrl+c')
      if (name === 'dumb') {
        await leave(terminal)
      }
      expect((await terminal.exit).code, name).to.equal(130)
      expect(terminal.raw(), name).not.to.match(/[\u001B\u009B\u0007\u0008]/)
      expect(terminal.raw(), name).not.to.include(KEYS_HINT)
    }
  })

  for (const [title, env, flags] of [
    ['NO_COLOR', {NO_COLOR: '1'}, []],
    ['--no-color', {}, ['--no-color']],
  ] as const) {
    it(`has no colour with ${title}, and is as live`, async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA)
      const terminal = stage.terminal(['attach', id, ...flags], {env})
      expect((await terminal.exit).code).to.equal(0)
      expect(terminal.raw()).to.include(KEYS_HINT)
      expect(terminal.raw()).not.to.match(/\u001B\[[\d;]*m/)
      expectOnlyOurs(terminal)
    })
  }

  it('releases the terminal at Ctrl+Z, and comes back', async () => {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA, 'quiet')
    const terminal = stage.terminal([], {command: ['/bin/bash', '--norc', '-i'], env: {PS1: '% '}})
    terminal.type(`${shellWords(builtCli)} attach ${id}\r`)
    await terminal.see('status_changed')
    terminal.press('ctrl+z')
    await terminal.see('Stopped')
    terminal.type('stty -a | grep -o .icanon\r')
    await terminal.see(/^ icanon$/m)
    terminal.type('fg\r')
    await terminal.see(HINT_AT_THE_END)
    expect(terminal.scrollback(), 'nothing of the shell is drawn over').to.match(
      /Stopped.*(\n.*)?\n% stty -a \| grep -o \.icanon\n icanon\n% fg\n/,
    )
    terminal.type('\u0003\u0003')
    await terminal.see(`\`mogplex attach ${id}\``)
    terminal.type('exit\r')
    await terminal.exit
  })

  it('restores the terminal when a signal ends it', async () => {
    await stage.putLogin()
    const id = stage.cloud.startRun(ADA, 'quiet')
    const script = `trap : HUP TERM; sh -c 'echo "pid $$"; exec "$@"' sh "$0" "$@"; echo "code $?"; stty -a`
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      const command = ['/bin/sh', '-c', script, ...builtCli] as const
      const terminal = stage.terminal(['attach', id], {command, rows: 40})
      const [, pid] = await terminal.see(/pid (\d+)/)
      await terminal.see(KEYS_HINT)
      process.kill(Number(pid), signal)
      await terminal.see('code 130')
      await terminal.exit
      for (const mode of ['icanon', 'echo', 'isig']) {
        expect(terminal.scrollback(), signal).to.match(new RegExp(`(^|\\s)${mode}(\\s|;|$)`, 'm'))
      }
      expect(terminal.raw().lastIndexOf('\u001B[?25h'), signal).to.be.above(
        terminal.raw().lastIndexOf('\u001B[?25l'),
      )
    }
  })
})
