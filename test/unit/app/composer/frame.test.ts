import {expect} from 'chai'
import {type ComposerFrame, frameOf, type View} from '../../../../src/app/composer/frame.js'
import {KEYS} from '../../../../src/app/composer/key-rows.js'
import {widthOf} from '../../../../src/terminal/cell-width.js'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {newEditor} from '../../../../src/domain/editor/editor.js'

const palette = paletteFor(false)
const candidates = ['/login', '/logout', '/whoami', '/model', '/mcp', '/clear', '/help', '/quit']
const menu = {
  from: 0,
  selected: 0,
  eager: true,
  cycling: false,
  candidates: candidates.map((value) => ({value, summary: 'what it does, in a few words'})),
}

function viewOf(text: string, more: Partial<View> = {}): View {
  return {
    open: '',
    isBelowBlank: true,
    queue: [],
    hint: undefined,
    isAnswering: false,
    doing: 'Answering',
    header: ['ada@example.com', 'claude', 'Mogplex pays'],
    editor: {...newEditor(), text, cursor: text.length},
    ...more,
  }
}

function draw(view: View, columns = 40, rows = 24): ComposerFrame {
  return frameOf(view, {columns, rows}, palette, 0)
}

describe('the frame of the composer', () => {
  it('has the header, the typed text between two rules, and a hint', () => {
    const {rows, cursor} = draw(viewOf('hello'))
    expect(rows).to.deep.equal([
      'ada@example.com · claude · Mogplex pays',
      '─'.repeat(40),
      '› hello',
      '─'.repeat(40),
      '',
    ])
    expect(cursor).to.deep.equal({row: 2, before: '› hello'})
  })

  it('keeps a blank row between the text above and the header', () => {
    expect(draw(viewOf('', {isBelowBlank: false})).rows[0]).to.equal('')
    expect(draw(viewOf('', {open: 'so far', isAnswering: true})).rows.slice(0, 3)).to.deep.equal([
      'so far',
      '',
      'ada@example.com · claude · Mogplex pays',
    ])
  })

  it('shows the effect of Ctrl+C, the hint of the last key, or the length of the text', () => {
    const last = (view: View): string | undefined => draw(view).rows.at(-1)
    expect(last(viewOf(''))).to.include('/ for commands')
    expect(last(viewOf('', {isAnswering: true}))).to.equal('  Answering. Ctrl+C interrupts.')
    expect(last(viewOf('', {isAnswering: true, elapsedMs: 3120, unicode: false}))).to.equal(
      '  - Answering, 3 s. Ctrl+C interrupts.',
    )
    expect(last(viewOf('', {isAnswering: true, hint: 'Oh.'}))).to.equal('  Oh.')
    expect(last(viewOf('x\n'.repeat(30)))).to.equal('  31 lines')
  })

  it('shows waiting lines, truncated to a row each', () => {
    const queue = ['one\nmore of one', 'x'.repeat(60), 'three', 'four']
    const {rows} = draw(viewOf('', {queue}))
    expect(rows.slice(0, 3)).to.deep.equal([
      '› one more of one',
      `› ${'x'.repeat(36)}…`,
      '  and 2 more',
    ])
    const three = draw(viewOf('', {queue: queue.slice(0, 3)})).rows
    expect(three[2]).to.equal('› three')
  })

  it('shows candidates below, and those around the selected one', () => {
    const editor = {...newEditor(), text: '/', cursor: 1, menu: {...menu, selected: 6}}
    const {rows} = draw(viewOf('', {editor}), 40, 14)
    expect(rows.slice(4)).to.deep.equal([
      '  /logout  what it does, in a few words',
      '  /whoami  what it does, in a few words',
      '  /model   what it does, in a few words',
      '  /mcp     what it does, in a few words',
      '  /clear   what it does, in a few words',
      '› /help    what it does, in a few words',
      '  and 2 more',
    ])
  })

  it('shows the keys on request, as many as fit', () => {
    const view = viewOf('', {showsKeys: true})
    const keys = draw(view, 60)
      .rows.slice(4)
      .map((row) => row.slice(2).split(/ {2}/)[0])
    expect(keys).to.deep.equal(KEYS.map(([key]) => key))
    for (const row of draw(view, 20).rows) expect(widthOf(row)).to.be.at.most(20)
    expect(draw(view, 40, 6).rows).to.have.length.at.most(6)
  })

  it('shows all commands in a terminal of the usual size', () => {
    const commands = [...candidates, '/attach', '/more', '/of', '/plugins']
    const all = {...menu, candidates: commands.map((value) => ({value}))}
    const {rows} = draw(viewOf('', {editor: {...newEditor(), text: '/', cursor: 1, menu: all}}))
    expect(rows.slice(4).map((row) => row.slice(2).trim())).to.deep.equal(commands)
  })

  it('breaks the header between its parts, and truncates long ones', () => {
    const header = ['ada@example.com', 'anthropic/claude-opus', 'OPENAI_API_KEY pays']
    expect(draw(viewOf('', {header}), 40).rows.slice(0, 2)).to.deep.equal([
      'ada@example.com · anthropic/claude-opus',
      'OPENAI_API_KEY pays',
    ])
    expect(draw(viewOf('', {header}), 16).rows.slice(0, 3)).to.deep.equal([
      'ada@example.com',
      'anthropic/clau…',
      'OPENAI_API_KEY…',
    ])
  })

  it('scrolls no further than the cursor requires', () => {
    const lines = Array.from({length: 30}, (_, index) => `${index}`)
    const text = lines.join('\n')
    const size = {columns: 40, rows: 24}
    const bottom = frameOf(viewOf(text), size, palette, 0)
    expect(bottom.rows.slice(2, 10)).to.deep.equal(lines.slice(22).map((line) => `  ${line}`))
    const at = (cursor: number) => viewOf('', {editor: {...newEditor(), text, cursor}})
    const same = frameOf(at(text.indexOf('25')), size, palette, bottom.top)
    expect(same.top).to.equal(bottom.top)
    expect(same.cursor).to.deep.equal({row: 5, before: '  '})
    expect(frameOf(at(text.indexOf('20')), size, palette, bottom.top).top).to.equal(20)
    expect(frameOf(at(0), size, palette, bottom.top).rows[2]).to.equal('› 0')
  })

  it('shows a tab as blanks, and puts the cursor after them', () => {
    expect(draw(viewOf('\ta')).cursor.before).to.equal('›     a')
  })

  it('fits into every terminal', () => {
    const editors = ['', 'hello', '日本語 '.repeat(40), 'a\n'.repeat(50), 'x'.repeat(500)].map(
      (text) => ({...newEditor(), text, cursor: text.length}),
    )
    const withMenu = {...newEditor(), text: '/', cursor: 1, menu}
    for (const editor of [...editors, withMenu]) {
      for (let columns = 8; columns < 100; columns += 7) {
        // Each of the low ones, where rows are left out; above, nothing changes.
        for (const height of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 17, 29]) {
          const view = viewOf('', {editor, open: '日本語 '.repeat(99), queue: ['a', 'b', 'c', 'd']})
          const {rows, cursor} = draw(view, columns, height)
          expect(rows.length, `${columns} × ${height}`).to.be.at.most(height)
          expect(cursor.row).to.be.below(rows.length)
          for (const row of rows) expect(widthOf(row)).to.be.at.most(columns)
          expect(widthOf(cursor.before)).to.be.below(columns)
          expect(rows[cursor.row]?.startsWith(cursor.before)).to.equal(true)
        }
      }
    }
  })
})
