import {expect} from 'chai'
import {counted} from '../../../../src/domain/text/counted.js'

describe('counted', () => {
  it('uses the singular for one, and the plural for any other number', () => {
    expect([0, 1, 2].map((count) => counted(count, 'token'))).to.deep.equal([
      '0 tokens',
      '1 token',
      '2 tokens',
    ])
    expect([1, 1200].map((count) => counted(count, 'entry', 'entries'))).to.deep.equal([
      '1 entry',
      '1,200 entries',
    ])
  })
})
