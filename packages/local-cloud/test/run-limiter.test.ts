import {expect} from 'chai'
import {createRunLimiter} from '../src/runs/run-limiter.js'

describe('createRunLimiter', () => {
  it('accepts 10 starts in a minute, 30 in an hour, 150 in a day, and says how long to wait', () => {
    let now = 0
    const limiter = createRunLimiter(() => now)
    const admit = (seconds: number, count: number) => {
      now = seconds * 1000
      return Array.from({length: count}, () => limiter.admit('ada'))
    }
    expect(admit(0, 11)).to.deep.equal([...Array<number>(10).fill(0), 60])
    expect(admit(59.5, 1)).to.deep.equal([1])
    expect(admit(60, 11).at(-1)).to.equal(60)
    expect(admit(120, 11)).to.deep.equal([...Array<number>(10).fill(0), 3480])
    for (const hour of [1, 2, 3, 4]) {
      for (const minute of [10, 20, 30]) admit(hour * 3600 + minute * 60, 10)
    }
    expect(admit(5 * 3600 + 1800, 1)).to.deep.equal([86_400 - (5 * 3600 + 1800)])
  })

  it('counts each user separately', () => {
    const limiter = createRunLimiter(() => 0)
    for (let count = 0; count < 10; count++) limiter.admit('ada')
    expect(limiter.admit('ada')).to.equal(60)
    expect(limiter.admit('grace')).to.equal(0)
  })
})
