import {expect} from 'chai'
import {rows} from '../../../src/terminal/rows.js'

describe('rows', () => {
  it('puts texts below each other', () => {
    expect(
      rows([
        ['from', 'a'],
        ['prompts', 'b'],
      ]),
    ).to.deep.equal(['  from     a', '  prompts  b'])
  })

  it('is empty for no rows', () => {
    expect(rows([])).to.deep.equal([])
  })
})
