import {expect} from 'chai'
import {
  AGAIN_LEAVES,
  ANSWER_INTERRUPTED,
  INTERRUPTED,
} from '../../src/app/composer/interruptible-work.js'
import {openComposerProgram} from '../support/open-composer-program.js'

const env = {TERM: 'dumb'}

describe('the composer with TERM=dumb', () => {
  it('reads lines that the terminal edits, and writes only plain text', async () => {
    const terminal = await openComposerProgram({env})
    await terminal.see(/ada@example\.com · anthropic\/claude-opus · Mogplex pays\n>$/)
    for (const [typed, answer] of [
      ['hellp\x7fo', /got "hello"\n>$/],
      ['/nothing', /\/nothing does not exist\.\n>$/],
      ['stream 40', /https:\/\/mogplex\.com\/docs\n(.*\n)+>$/],
      ['header nobody', /^nobody\n>$/m],
      ['/help', /\/quit(.*\n)+>$/],
    ] as const) {
      terminal.type(`${typed}\r`)
      await terminal.see(answer)
    }
    terminal.press('ctrl+d')
    expect(await terminal.exit).to.deep.equal({code: 0, signal: undefined})
    const written = terminal.raw().replaceAll('\b \b', '') // the echo of the erased letter
    expect(written).not.to.match(/[\x1b\x9b\x07\x08]/)
    expect(terminal.scrollback().match(/ada@example/g)).to.have.length(1)
  })

  it('continues after a backslash, and joins lines that arrive at once', async () => {
    const terminal = await openComposerProgram({env})
    terminal.type('one\\\r')
    await terminal.see(/^\.$/m)
    terminal.type('two\r')
    await terminal.see('got "one\\ntwo"')
    const lines = Array.from({length: 200}, (_, index) => `line ${index + 1}`)
    terminal.paste(`${lines.join('\n')}\n`)
    await terminal.see(/got "line 1\\nline 2\\n(.*)line 199\\nline 200"/)
  })

  it('interrupts an answer with Ctrl+C, and leaves with two', async () => {
    // On a machine of any speed, both of them are pressed at once.
    const terminal = await openComposerProgram({env: {...env, CLOCK: 'stands'}})
    terminal.type('stream\r')
    await terminal.see('https://mogplex.com/docs')
    terminal.press('ctrl+c')
    await terminal.see(`${INTERRUPTED} ${AGAIN_LEAVES}`)
    await terminal.see(`${ANSWER_INTERRUPTED}\n>`)
    terminal.type('on\r')
    await terminal.see('got "on"')
    terminal.press('ctrl+c')
    await terminal.see(new RegExp(`got "on"\\n(.*\\n)+${AGAIN_LEAVES.replaceAll('+', '\\+')}\\n>$`))
    terminal.press('ctrl+c')
    await terminal.see('goodbye')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('hands the terminal to other code, and takes it back', async () => {
    const terminal = await openComposerProgram({env})
    terminal.type('away 10\r')
    await terminal.see('raw: false')
    terminal.type('back\r')
    await terminal.see('got "back"')
  })
})
