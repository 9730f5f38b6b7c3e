import {expect} from 'chai'
import {rows} from '../../../src/terminal/rows.js'

describe('rows', () => {
  it('puts what there is to say below each other', () => {
    expect(
      rows([
        ['from', 'a'],
        ['prompts', 'b'],
      ]),
    ).to.deep.equal(['  from     a', '  prompts  b'])
  })

  it('is nothing for nothing', () => {
    expect(rows([])).to.deep.equal([])
  })
})
