import {expect} from 'chai'
import {createKeyLimiter} from '../src/key-limiter.js'

describe('createKeyLimiter', () => {
  it('lets 60 requests through in 60 seconds, and more afterwards', () => {
    let now = 0
    const limiter = createKeyLimiter(() => now)
    const admitted = (count: number) =>
      Array.from({length: count}, () => limiter.admit('a')).filter(Boolean).length
    expect(admitted(61)).to.equal(60)
    now = 59_999
    expect(admitted(1)).to.equal(0)
    now = 60_000
    expect(admitted(61)).to.equal(60)
  })

  it('counts each key separately', () => {
    const limiter = createKeyLimiter(() => 0)
    for (let count = 0; count < 60; count++) limiter.admit('a')
    expect(limiter.admit('a')).to.equal(false)
    expect(limiter.admit('b')).to.equal(true)
  })
})
