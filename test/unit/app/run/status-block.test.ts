import {expect} from 'chai'
import {widthOf} from '../../../../src/terminal/cell-width.js'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {statusLines} from '../../../../src/app/run/status-block.js'

const STATE = {
  status: 'streaming',
  elapsedMs: 12_000,
  branch: 'mogplex/mend-the-carry',
  turn: 0,
  now: 'shell: npm test',
  hint: 'Ctrl+C twice leaves, c cancels',
}
const look = {palette: paletteFor(false), unicode: true}

describe('the status block of the live view', () => {
  it('shows status, time, branch, activity, and keys', () => {
    expect(statusLines(STATE, {columns: 80, rows: 24}, look)).to.deep.equal([
      '',
      '⠋ streaming  12s · mogplex/mend-the-carry · shell: npm test',
      '  Ctrl+C twice leaves, c cancels',
    ])
  })

  it('puts the activity on a separate line where there is little room', () => {
    expect(statusLines(STATE, {columns: 40, rows: 24}, look)).to.deep.equal([
      '',
      '⠋ streaming  12s · mogplex/mend-the-ca…',
      '  shell: npm test',
      '  Ctrl+C twice leaves, c cancels',
    ])
  })

  it('uses one line of a low terminal', () => {
    expect(statusLines(STATE, {columns: 80, rows: 3}, look)).to.have.length(1)
  })

  it('has a fixed number of lines, narrower than the terminal', () => {
    const wide = {
      ...STATE,
      now: '日本語'.repeat(50),
      branch: 'x'.repeat(300),
      status: '語'.repeat(40),
    }
    for (const columns of [1, 2, 3, 5, 10, 20, 39, 40, 69, 70, 80, 200]) {
      const counts = [STATE, wide, {...STATE, now: '', branch: ''}].map((state) => {
        const lines = statusLines(state, {columns, rows: 24}, look)
        for (const line of lines) {
          expect(widthOf(line), `${columns}: ${line}`).to.be.below(Math.max(4, columns))
        }
        return lines.length
      })
      expect(new Set(counts).size).to.equal(1)
    }
  })

  it('turns, in ASCII where the locale has no more', () => {
    const heads = [0, 1, 4].map(
      (turn) =>
        statusLines({...STATE, turn}, {columns: 80, rows: 24}, {...look, unicode: false})[1],
    )
    expect(heads.map((head) => head?.[0])).to.deep.equal(['|', '/', '|'])
  })
})
