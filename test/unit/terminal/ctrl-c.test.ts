import {expect} from 'chai'
import {CtrlC} from '../../../src/terminal/ctrl-c.js'

describe('CtrlC', () => {
  it('is the second one within 1500 ms, and not later', () => {
    const ctrlC = new CtrlC()
    expect([0, 1501, 3001, 3002].map((now) => ctrlC.isSecond(now))).to.deep.equal([
      false,
      false,
      true,
      true,
    ])
  })

  it('is the first one after anything else', () => {
    const ctrlC = new CtrlC()
    ctrlC.isSecond(0)
    ctrlC.forget()
    expect(ctrlC.isSecond(1)).to.equal(false)
  })
})
