import {expect} from 'chai'
import {spinnerAt, TURN_MS} from '../../../src/terminal/spinner.js'

describe('spinnerAt', () => {
  it('turns, in plain characters where the terminal has no others', () => {
    const turns = [0, 1, 2, 3, 4].map((turn) => spinnerAt(turn * TURN_MS, false))
    expect(turns.join('')).to.equal('|/-\\|')
    expect(spinnerAt(TURN_MS - 1, true)).to.equal(spinnerAt(0, true))
    expect(spinnerAt(TURN_MS, true)).not.to.equal(spinnerAt(0, true))
  })
})
