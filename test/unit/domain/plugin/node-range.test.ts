import {expect} from 'chai'
import {needsNewerNode} from '../../../../src/domain/plugin/node-range.js'

describe('needsNewerNode', () => {
  for (const [range, version, isNeeded] of [
    ['>=22', '20.20.2', true],
    ['>=22.12.0 <25', '22.11.9', true],
    ['^20.19 || >=22.12', '20.20.2', false],
    ['18 - 19', '20.20.2', false],
    ['>= 22', '22.0.0', false],
    ['<19', '20.20.2', false],
    ['*', '20.20.2', false],
    ['latest', '20.20.2', false],
    [`${' '.repeat(1e6)}x`, '20.20.2', false],
    [`>=22${' || >=23'.repeat(1e5)}`, '20.20.2', false],
  ] as const) {
    it(`is ${isNeeded} for ${range.slice(0, 40)} and ${version}`, () => {
      expect(needsNewerNode(range, version)).to.equal(isNeeded)
    })
  }
})
