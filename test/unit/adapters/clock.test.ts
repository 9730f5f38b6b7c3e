import {expect} from 'chai'
import {systemClock} from '../../../src/adapters/clock.js'

describe('systemClock', () => {
  it('returns the time of this machine', () => {
    const before = Date.now()
    expect(systemClock.now().getTime()).to.be.within(before, Date.now())
  })
})
