import {expect} from 'chai'
import {instantForFileName, instantOf, instantText} from '../../../../src/domain/text/instants.js'

describe('instantForFileName', () => {
  it('has only characters that are valid in file names, and sorts by time', () => {
    const name = instantForFileName(new Date('2026-11-23T17:00:00.005Z'))
    expect(name).to.equal('2026-11-23T17-00-00-005Z')
    expect(name < instantForFileName(new Date('2026-11-23T17:00:00.010Z'))).to.equal(true)
  })
})

describe('instantText', () => {
  it('is the minute, in UTC, in any time zone', () => {
    expect(instantText(new Date('2026-11-23T17:00:59.999Z'))).to.equal('2026-11-23 17:00 UTC')
    expect(instantText(new Date(0))).to.equal('1970-01-01 00:00 UTC')
    expect(instantText(new Date(8.64e15))).to.equal('+275760-09-13 00:00 UTC')
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
