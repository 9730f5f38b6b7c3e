import {expect} from 'chai'
import {instantForFileName, instantOf} from '../../../../src/domain/text/instants.js'

describe('instantForFileName', () => {
  it('has no character that a file name may not have, and sorts by time', () => {
    const name = instantForFileName(new Date('2026-11-23T17:00:00.005Z'))
    expect(name).to.equal('2026-11-23T17-00-00-005Z')
    expect(name < instantForFileName(new Date('2026-11-23T17:00:00.010Z'))).to.equal(true)
  })
})

describe('instantOf', () => {
  it('reads an instant of JSON, and nothing else', () => {
    const instant = new Date('2026-11-23T17:00:00.005Z')
    expect(instantOf(JSON.parse(JSON.stringify(instant)))).to.deep.equal(instant)
    for (const value of ['', 'today', 0, null, undefined, {}]) {
      expect(instantOf(value)).to.equal(undefined)
    }
  })
})
