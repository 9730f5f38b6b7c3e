import {expect} from 'chai'
import {type Lab, openLab} from './lab.js'

// Whole processes, one after the other, on a machine that may be busy.
const PATIENCE_MS = 120_000

/**
 * A lab for each test of the suite whose `describe` calls it, signed in. After each test everything
 * it left is searched for every secret that was used.
 */
export function useLab(): {readonly lab: Lab} {
  let lab: Lab | undefined
  beforeEach(async function () {
    this.timeout(PATIENCE_MS)
    const test = this.currentTest
    if (test !== undefined && test.timeout() < PATIENCE_MS) test.timeout(PATIENCE_MS)
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

/** Fails with the observations. */
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
