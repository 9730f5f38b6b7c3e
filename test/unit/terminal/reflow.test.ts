import {expect} from 'chai'
import {type Reflow, reflowOf, rowsAboveCursor} from '../../../src/terminal/reflow.js'

const frame = {
  rows: ['short', '─'.repeat(80), '› '.padEnd(70, 'x'), '─'.repeat(80), ''],
  cursor: {row: 2, before: '› '.padEnd(70, 'x')},
  columns: 80,
  top: 0,
}

describe('reflowOf', () => {
  it('recognises the terminals that are unlike the others', () => {
    expect(reflowOf({TERM: 'xterm-256color'})).to.equal('breaks')
    expect(reflowOf({XTERM_VERSION: 'XTerm(390)'})).to.equal('cuts')
    expect(reflowOf({STY: '1.pts'})).to.equal('cuts')
    expect(reflowOf({STY: '1.pts', TMUX: '/tmp/tmux'})).to.equal('breaks')
    expect(reflowOf({TERM_PROGRAM: 'vscode'})).to.equal('shifts')
    expect(reflowOf({TERM_PROGRAM: 'vscode', TMUX: '/tmp/tmux'})).to.equal('breaks')
  })
})

describe('rowsAboveCursor', () => {
  for (const [columns, reflow, rows] of [
    [80, 'breaks', 2],
    [120, 'breaks', 2],
    [40, 'breaks', 4], // the rule is two rows, and the cursor is on the second of its own rows
    [30, 'breaks', 6],
    [40, 'cuts', 2],
    [40, 'shifts', 5],
    [80, 'shifts', 2],
  ] as const satisfies readonly (readonly [number, Reflow, number])[]) {
    it(`are ${rows} at ${columns} columns, where a terminal ${reflow} rows`, () => {
      expect(rowsAboveCursor(frame, columns, reflow)).to.equal(rows)
    })
  }

  it('does not break the row of the cursor where nothing below it is broken', () => {
    const bare = {...frame, rows: frame.rows.slice(0, 3)}
    expect(rowsAboveCursor(bare, 40, 'shifts')).to.equal(3)
  })
})
