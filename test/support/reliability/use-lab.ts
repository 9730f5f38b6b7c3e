import {expect} from 'chai'
import {type Lab, openLab} from './lab.js'

/**
 * A lab for each test of the suite in whose `describe` it is called, signed in. After each test
 * what it left is searched for every secret that was in play.
 */
export function useLab(): {readonly lab: Lab} {
  let lab: Lab | undefined
  beforeEach(async () => {
    lab = await openLab()
    await lab.signIn()
  })
  afterEach('finds no secret where none belongs', async () => {
    const leaks = lab?.leaks()
    await lab?.close()
    lab = undefined
    expect(leaks).to.deep.equal([])
  })
  return {
    get lab() {
      if (lab === undefined) throw new Error('There is a lab in a test only.')
      return lab
    },
  }
}

/** Fails with what was seen. */
export function expectNoLoss({
  tried,
  lost,
  losses,
}: {
  tried: number
  lost: number
  losses: string[]
}): void {
  expect(tried).to.be.above(0)
  expect(lost, losses.join('\n')).to.equal(0)
}
