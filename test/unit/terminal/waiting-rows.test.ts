import {expect} from 'chai'
import {widthOf} from '../../../src/terminal/cell-width.js'
import {waitingFrame} from '../../../src/terminal/waiting-rows.js'
import {PLAIN} from '../app/make-display-options.js'

const STATE = {
  doing: 'Waiting for the browser',
  field: 'Paste the address it ends at',
  hint: 'Ctrl+Y copies the address · Esc gives up',
  elapsedMs: 0,
  leftMs: 293_000,
  entered: 0,
}
const LOOK = {columns: 80, rows: 24, palette: PLAIN, unicode: true}

describe('waitingFrame', () => {
  it('shows what is awaited, the remaining time, and the keys', () => {
    const {rows} = waitingFrame(STATE, LOOK)
    expect(rows).to.deep.equal([
      '⠋ Waiting for the browser · 4:53 left',
      '  Paste the address it ends at › ',
      '  Ctrl+Y copies the address · Esc gives up',
    ])
  })

  it('shows how many characters were entered, and the cursor after them', () => {
    const {rows, cursor} = waitingFrame({...STATE, entered: 243}, LOOK)
    expect(rows[1]).to.equal('  Paste the address it ends at › •••• 243 characters')
    expect(cursor).to.deep.equal({row: 1, before: rows[1]})
    expect(waitingFrame({...STATE, entered: 1}, LOOK).rows[1]).to.match(/•••• 1 character$/)
  })

  it('shows the problem above the field', () => {
    const {rows, cursor} = waitingFrame({...STATE, problem: 'That is another address.'}, LOOK)
    expect(rows[1]).to.equal('  That is another address.')
    expect(cursor?.row).to.equal(2)
  })

  it('needs neither a field nor a limit, and then has no cursor', () => {
    const frame = waitingFrame(
      {doing: 'Syncing', elapsedMs: 0, leftMs: undefined, entered: 0},
      LOOK,
    )
    expect(frame).to.deep.equal({rows: ['⠋ Syncing'], columns: 80})
  })

  it('fits into any window, with the time and the field in it', () => {
    for (const columns of [120, 80, 40, 20]) {
      for (const rows of [24, 6, 3, 2]) {
        const state = {...STATE, entered: 243, problem: 'That is another address. '.repeat(4)}
        const frame = waitingFrame(state, {...LOOK, columns, rows})
        expect(frame.rows.length, `${columns}x${rows}`).to.be.at.most(rows)
        expect(Math.max(...frame.rows.map(widthOf)), `${columns}x${rows}`).to.be.at.most(columns)
        expect(frame.rows[frame.cursor?.row ?? -1]).to.include('›')
        expect(frame.rows[0]).to.match(/ · 4:53 left$/)
      }
    }
  })

  it('counts down to nothing, by minutes and seconds', () => {
    for (const [leftMs, text] of [
      [300_000, '5:00'],
      [61_000, '1:01'],
      [1, '0:01'],
      [-5, '0:00'],
    ] as const) {
      expect(waitingFrame({...STATE, leftMs}, LOOK).rows[0]).to.include(` ${text} left`)
    }
  })
})
