import {expect} from 'chai'
import {
  AGAIN_LEAVES,
  ANSWER_INTERRUPTED,
  INTERRUPTED,
} from '../../src/app/composer/interruptible-work.js'
import {PLACEHOLDER} from '../../src/app/composer/prompt-rows.js'
import {projectRoot} from '../support/cli-environment.js'
import {composerProgram, openComposerProgram} from '../support/open-composer-program.js'
import {temporaryHome} from '../support/temporary-home.js'
import {openTerminal, type OpenTerminal} from '../support/terminal.js'
import {waitUntil} from '../support/wait-until.js'

const TWICE = '\x03\x03'

async function pidOf(terminal: OpenTerminal): Promise<number> {
  terminal.type('pid\r')
  const [, pid] = await terminal.see(/pid (\d+)/)
  return Number(pid)
}

/** The last setting of a terminal mode. */
function lastOf(terminal: OpenTerminal, mode: string): string | undefined {
  return [...terminal.raw().matchAll(new RegExp(`\\x1b\\[\\?${mode}([hl])`, 'g'))].at(-1)?.[1]
}

/** Waits for a text that is shown only for a moment. */
async function seeInPassing(terminal: OpenTerminal, text: string): Promise<void> {
  await waitUntil({
    look: () => (terminal.raw().includes(text) ? true : undefined),
    over: () => false,
    timeoutMs: 10_000,
    describe: () => `${text} in passing:\n${terminal.screen()}`,
  })
}

function expectRestored(terminal: OpenTerminal): void {
  expect(lastOf(terminal, '2004'), 'bracketed paste').to.equal('l')
  expect(lastOf(terminal, '25'), 'the cursor').to.equal('h')
  expect(lastOf(terminal, '7'), 'wrapping').to.equal('h')
  expect(lastOf(terminal, '2026') ?? 'l', 'synchronised output').to.equal('l')
  expect(terminal.raw().split('\x1b[>1u'), 'key protocol').to.have.length(
    terminal.raw().split('\x1b[<u').length,
  )
  // The output of `stty -a`.
  for (const mode of ['icanon', 'echo', 'isig', 'icrnl', 'opost']) {
    expect(terminal.scrollback()).to.match(new RegExp(`(^|\\s)${mode}(\\s|;|$)`, 'm'))
  }
}

describe('Ctrl+C in the composer', () => {
  it('clears the line, and leaves when it comes twice', async () => {
    const terminal = await openComposerProgram({inShell: true})
    terminal.type('typed')
    await terminal.see('› typed')
    terminal.press('ctrl+c')
    await seeInPassing(terminal, AGAIN_LEAVES)
    await terminal.see(`› ${PLACEHOLDER}`)
    expect(terminal.screen()).not.to.include('typed')
    terminal.type(`x${TWICE}`)
    await terminal.see('code 0')
    expect(terminal.screen()).to.include('goodbye').and.not.to.include('ada@example.com')
    await terminal.exit
    expectRestored(terminal)
  })

  it('does not count together with an earlier one before another key', async () => {
    const terminal = await openComposerProgram()
    terminal.type('a\x03b\x03c')
    terminal.press('enter')
    await terminal.see('got "c"')
  })

  it('interrupts an answer, and keeps the typed text and the prompt', async () => {
    const terminal = await openComposerProgram()
    terminal.type('stream\r')
    await terminal.see('The composer keeps')
    terminal.type('next\rand more')
    await terminal.see(/^› next\n(.*\n){2}› and more/m)
    terminal.press('ctrl+c')
    await terminal.see(ANSWER_INTERRUPTED)
    await terminal.see(/^› next\n {2}and more/m)
    await seeInPassing(terminal, `${INTERRUPTED} ${AGAIN_LEAVES}`)
    terminal.press('enter')
    await terminal.see('got "next\\nand more"')
  })

  it('is what Escape does to an answer, too', async () => {
    const terminal = await openComposerProgram()
    terminal.type('stream\r')
    await terminal.see('The composer keeps')
    terminal.press('escape')
    await terminal.see(ANSWER_INTERRUPTED)
    await seeInPassing(terminal, INTERRUPTED)
    terminal.type('on\r')
    await terminal.see('got "on"')
  })

  it('abandons an answer that ignores the interruption on the second Ctrl+C', async () => {
    const terminal = await openComposerProgram({inShell: true})
    terminal.type('stream Infinity heedless\r')
    await terminal.see('The composer keeps')
    terminal.type(TWICE)
    await terminal.see('goodbye')
    await terminal.see('code 0')
    await terminal.exit
    expectRestored(terminal)
    expect(terminal.scrollback()).to.include(`${ANSWER_INTERRUPTED}\ngoodbye\ncode 0`)
  })

  it('sends the lines that were entered during an answer afterwards, one by one', async () => {
    const terminal = await openComposerProgram()
    terminal.type('stream 12\rfirst\rsecond\r')
    await terminal.see('got "second"')
    expect(terminal.scrollback()).to.match(/got "first"\n\n› second\n\ngot "second"/)
  })
})

describe('leaving the composer', () => {
  it('is what Ctrl+D does on an empty line, and only there', async () => {
    const terminal = await openComposerProgram({inShell: true})
    terminal.type('ab\x02\x04\r')
    await terminal.see('got "a"')
    terminal.press('ctrl+d')
    await terminal.see('code 0')
    await terminal.exit
    expectRestored(terminal)
  })

  it('is what /quit does', async () => {
    const terminal = await openComposerProgram({inShell: true})
    terminal.type('/exit\r')
    await terminal.see('code 0')
    await terminal.exit
    expectRestored(terminal)
  })

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`restores the terminal on ${signal}`, async () => {
      const terminal = await openComposerProgram({inShell: true})
      const pid = await pidOf(terminal)
      terminal.type('unsent')
      await terminal.see('› unsent')
      process.kill(pid, signal)
      await terminal.see(`code ${code}`)
      await terminal.exit
      expectRestored(terminal)
    })
  }

  it('treats SIGINT as Ctrl+C', async () => {
    const terminal = await openComposerProgram({inShell: true})
    const pid = await pidOf(terminal)
    terminal.type('unsent')
    await terminal.see('› unsent')
    process.kill(pid, 'SIGINT')
    await seeInPassing(terminal, AGAIN_LEAVES)
    terminal.type('on\r')
    await terminal.see('got "on"')
  })

  it('restores the terminal when the program crashes, and the error is readable', async () => {
    const terminal = await openComposerProgram({inShell: true})
    terminal.type('crash\r')
    await terminal.see('code 1')
    await terminal.exit
    expectRestored(terminal)
    expect(terminal.scrollback()).to.match(/^Error: crashed on purpose\n {4}at /m)
  })

  it('restores the terminal when the program exits silently', async () => {
    const terminal = await openComposerProgram({inShell: true})
    terminal.type('exit\r')
    await terminal.see('code 7')
    await terminal.exit
    expectRestored(terminal)
  })

  it('restores the terminal for the shell on Ctrl+Z, and comes back with the typed text', async () => {
    const terminal = openTerminal(['-i'], {
      home: await temporaryHome(),
      cwd: projectRoot,
      command: ['/bin/sh'],
      env: {PS1: 'shell$ '},
    })
    await terminal.see('shell$')
    terminal.type(`${await composerProgram()}\r`)
    await terminal.see('ada@example.com', 30_000)
    terminal.type('unsent')
    await terminal.see('› unsent')
    terminal.press('ctrl+z')
    await terminal.see(/Stopped/)
    expect(lastOf(terminal, '2004')).to.equal('l')
    terminal.type('stty -a\r')
    await terminal.see(/(^|\s)icanon/)
    terminal.type('fg\r')
    await terminal.see(/Stopped(.*\n)+.*ada@example(.*\n)+› unsent/)
    terminal.type('!\r')
    await terminal.see('got "unsent!"')
  })

  it('continues after Ctrl+Z where no shell could continue it', async () => {
    const terminal = await openComposerProgram()
    terminal.type('one\x1a')
    await terminal.see(/ada@example(.*\n)+.*ada@example/)
    terminal.type('two\r')
    await terminal.see('got "onetwo"')
  })
})
