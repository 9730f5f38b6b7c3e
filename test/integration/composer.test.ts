import {expect} from 'chai'
import {readFileSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {PLACEHOLDER} from '../../src/app/composer/prompt-rows.js'
import {openComposerProgram} from '../support/open-composer-program.js'
import {temporaryHome} from '../support/temporary-home.js'
import type {OpenTerminal} from '../support/terminal.js'
import {waitUntil} from '../support/wait-until.js'

const SHIFT_ENTER_KITTY = '\x1b[13;2u'
const SHIFT_ENTER_XTERM = '\x1b[27;2;13~'
const GOT = (text: string): string => `got ${JSON.stringify(text)}`

/** The text between the rules. */
function typed(terminal: OpenTerminal): string {
  const rows = terminal.screen().split('\n')
  const last = rows.findLastIndex((row) => row.startsWith('──'))
  const first = rows.findLastIndex((row, index) => index < last && row.startsWith('──'))
  return rows.slice(first + 1, last).join('\n')
}

async function seeTyped(terminal: OpenTerminal, wanted: string | RegExp): Promise<void> {
  await waitUntil({
    look: () => {
      const text = typed(terminal)
      return (typeof wanted === 'string' ? text === wanted : wanted.test(text)) ? true : undefined
    },
    over: () => false,
    timeoutMs: 10_000,
    describe: () => `prompt ${String(wanted)}:\n${terminal.screen()}`,
  })
}

describe('the composer', () => {
  it('shows account, model and payer above the prompt, and returns the typed text', async () => {
    const terminal = await openComposerProgram()
    expect(terminal.screen()).to.match(
      /ada@example\.com · anthropic\/claude-opus · Mogplex pays\n─{80}\n› \S.*\n─{80}\n/,
    )
    terminal.type('hello')
    await seeTyped(terminal, '› hello')
    terminal.press('enter')
    await terminal.see(GOT('hello'))
    expect(terminal.screen()).to.match(/^› hello\n\ngot "hello"\n\nada@example\.com/m)
  })

  it('edits wide characters and emoji as single characters', async () => {
    const terminal = await openComposerProgram()
    terminal.type('日本語 👍 e\u0301x')
    await seeTyped(terminal, '› 日本語 👍 e\u0301x')
    for (let index = 0; index < 3; index += 1) terminal.press('left')
    terminal.press('backspace')
    terminal.type('!')
    for (let index = 0; index < 3; index += 1) terminal.press('left')
    terminal.type('.')
    terminal.press('enter')
    await terminal.see(GOT('日本.語 ! e\u0301x'))
  })

  it('wraps wide characters at the edge, in 40 columns', async () => {
    const terminal = await openComposerProgram({columns: 40})
    expect(terminal.screen()).to.include('ada@example.com · anthropic/claude-opus\nMogplex pays\n')
    const text = '日本語'.repeat(20)
    terminal.type(text)
    await seeTyped(
      terminal,
      `› ${text.slice(0, 18)}\n  ${text.slice(18, 36)}\n  ${text.slice(36, 54)}\n  ${text.slice(54)}`,
    )
    for (const row of terminal.screen().split('\n')) expect(row.length).to.be.at.most(40)
    terminal.press('enter')
    await terminal.see(GOT(text))
  })

  it('starts a new line with Alt+Enter, Ctrl+J, a backslash, and either Shift+Enter', async () => {
    const terminal = await openComposerProgram()
    terminal.type('a')
    await seeTyped(terminal, '› a') // text typed before the composer starts has other line ends
    terminal.press('alt+enter')
    terminal.type('b')
    terminal.press('ctrl+j')
    terminal.type('c\\')
    terminal.press('enter')
    terminal.type(`d${SHIFT_ENTER_KITTY}e${SHIFT_ENTER_XTERM}f`)
    await seeTyped(terminal, '› a\n  b\n  c\n  d\n  e\n  f')
    terminal.press('enter')
    await terminal.see(GOT('a\nb\nc\nd\ne\nf'))
  })

  it('accepts a paste of 200 lines as a whole, and shows the cursor position', async () => {
    const terminal = await openComposerProgram()
    const lines = Array.from({length: 200}, (_, index) => `line ${index + 1}`)
    terminal.paste(`${lines.join('\n')}\x1b[31m`)
    await seeTyped(terminal, /^ {2}line 193\n(.*\n)*.*line 200/)
    expect(terminal.screen()).to.include('200 lines').and.not.to.include('got')
    terminal.type('.')
    terminal.press('enter')
    await terminal.see('"line 1\\nline 2\\n')
    await terminal.see('line 199\\nline 200\u241b[31m."')
    expect(terminal.scrollback().match(/got/g)).to.have.length(1)
    expect(terminal.scrollback()).to.include('and 181 more lines')
  })

  it('edits like readline', async () => {
    const terminal = await openComposerProgram()
    terminal.type('one two three')
    terminal.press('ctrl+w')
    terminal.press('home')
    terminal.type('zero ')
    terminal.press('end')
    terminal.type('four five')
    terminal.press('left')
    terminal.press('ctrl+k')
    terminal.press('ctrl+a')
    terminal.press('delete')
    await seeTyped(terminal, '› ero one two four fiv')
    terminal.press('ctrl+u') // at the start of the line: no effect
    terminal.press('enter')
    await terminal.see(GOT('ero one two four fiv'))
  })

  it('completes slash commands and their arguments', async () => {
    const terminal = await openComposerProgram()
    terminal.type('/mo')
    await terminal.see(/› \/model {2}Choose the model/)
    terminal.press('tab')
    await terminal.see(/ {2}anthropic\/claude-opus {4}a model/)
    terminal.type('a')
    terminal.press('tab')
    await seeTyped(terminal, '› /model anthropic/claude-')
    terminal.press('tab')
    terminal.press('tab')
    await seeTyped(terminal, '› /model anthropic/claude-sonnet')
    terminal.press('enter')
    await terminal.see('The model is anthropic/claude-sonnet now.')
  })

  it('suggests the nearest slash command for an unknown one', async () => {
    const terminal = await openComposerProgram()
    terminal.type('/lgout')
    terminal.press('enter')
    await terminal.see('/lgout does not exist.')
    terminal.type(' /lgout')
    terminal.press('enter')
    await terminal.see(GOT(' /lgout'))
  })

  it('updates its header during typing', async () => {
    const terminal = await openComposerProgram()
    terminal.type('later')
    terminal.press('enter')
    terminal.type('typing')
    await terminal.see(/nobody is signed in\n─+\n› typing\n/)
  })

  it('redraws at every size', async () => {
    const terminal = await openComposerProgram()
    const text = 'this is quite a long line that goes well beyond forty columns but not eighty'
    terminal.type(text)
    await seeTyped(terminal, `› ${text}`)
    for (const [columns, rows] of [
      [40, 24],
      [60, 20],
      [30, 12],
      [100, 30],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows)
      await terminal.see(new RegExp(`^─{${columns}}$`, 'm'))
      await waitUntil({
        look: () => (typed(terminal).replaceAll(/\s+/g, ' ') === `› ${text}` ? true : undefined),
        over: () => false,
        timeoutMs: 10_000,
        describe: () => `whole prompt at ${columns} columns:\n${terminal.screen()}`,
      })
      expect(terminal.scrollback().match(/ada@example/g), terminal.scrollback()).to.have.length(1)
    }
    terminal.type('!')
    terminal.press('enter')
    await terminal.see(GOT(`${text}!`))
  })

  it('fits into a window of three rows', async () => {
    const terminal = await openComposerProgram({rows: 8})
    terminal.resize(60, 3)
    terminal.type('one\x0atwo\x0athree')
    await terminal.see('three')
    terminal.press('enter')
    await terminal.see(GOT('one\ntwo\nthree'))
  })

  it('clears the screen with Ctrl+L, and keeps the typed text', async () => {
    const terminal = await openComposerProgram()
    terminal.type('gone')
    terminal.press('enter')
    await terminal.see(GOT('gone'))
    terminal.type('kept')
    terminal.press('ctrl+l')
    await terminal.see(/^ada@example.*\n─+\n› kept\n/)
    expect(terminal.screen()).not.to.include('gone')
  })

  it('sends text that was entered while other code had the terminal', async () => {
    const terminal = await openComposerProgram()
    terminal.type('away 1500\r')
    await terminal.see('raw: false')
    terminal.type('one\rtwo\r')
    await terminal.see('got "two"')
    expect(terminal.scrollback()).to.include('got "one"')
  })

  it('hands the terminal to other code, and takes it back', async () => {
    const terminal = await openComposerProgram()
    terminal.type('away 10')
    terminal.press('enter')
    await terminal.see('raw: false')
    await terminal.see(/raw: false\n+ada@example/)
    terminal.type('back')
    terminal.press('enter')
    await terminal.see(GOT('back'))
  })

  it('writes no colour with NO_COLOR', async () => {
    const terminal = await openComposerProgram({env: {NO_COLOR: '1'}})
    terminal.type('/l')
    await terminal.see(/› \/login {3}Sign in/)
    expect(terminal.raw()).not.to.match(/\x1b\[[\d;]*m/)
  })
})

describe('the history of the composer', () => {
  it('recalls entries, in the next run too, and stores no secret', async () => {
    const home = await temporaryHome()
    const first = await openComposerProgram({home})
    for (const text of [
      'first',
      'my key is hunter2',
      'two\\\rlines',
      '/login sk-ant-abcdefghijkl',
    ]) {
      first.type(text)
      first.press('enter')
      await first.see(`› ${PLACEHOLDER}`)
    }
    first.press('up')
    first.press('up')
    await seeTyped(first, '› two\n  lines')
    first.press('ctrl+c')
    await seeTyped(first, `› ${PLACEHOLDER}`)
    first.press('ctrl+d')
    expect(await first.exit).to.deep.equal({code: 0, signal: undefined})

    const path = join(home, '.mogplex', 'history.jsonl')
    expect(readFileSync(path, 'utf8')).not.to.match(/hunter2|sk-ant/)
    expect(statSync(path).mode & 0o777).to.equal(0o600)
    const second = await openComposerProgram({home})
    second.type('draft')
    second.press('up')
    await seeTyped(second, '› two\n  lines')
    second.press('up')
    second.press('up')
    await seeTyped(second, '› first')
    for (let index = 0; index < 3; index += 1) second.press('down')
    await seeTyped(second, '› draft')
  })
})
