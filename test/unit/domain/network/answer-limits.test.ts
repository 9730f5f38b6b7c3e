import {expect} from 'chai'
import {excessOf, sizeText, tooLarge} from '../../../../src/domain/network/answer-limits.js'

const LIMITS = {bytes: 1000, depth: 3, values: 6}

describe('excessOf', () => {
  for (const text of [
    '[[[1]]]',
    '{"a":{"b":[]},"c":{"d":[]}}',
    '[1,2,3,4,5]',
    '"[[[[[[[["',
    '["[[[[,,,,,,,,,\\"[[[["]',
    '["\\\\",[[]]]',
    '<html>[[[[[[[[,,,,,,,,,',
    'no [[[[[[ JSON',
    '',
    '["never ends [[[[[[[',
  ]) {
    it(`accepts ${text}`, () => {
      expect(excessOf(text, LIMITS)).to.equal(undefined)
    })
  }

  for (const text of ['[[[[', ' \n\uFEFF{"a":[{"b":{', '["\\\\",[[[]]]]']) {
    it(`finds ${JSON.stringify(text)} nested too deep`, () => {
      expect(excessOf(text, LIMITS)).to.equal('3 objects and lists within each other')
    })
  }

  for (const text of ['[1,2,3,4,5,6,7]', '[{},{},{},{}]', '{"a":1,"b":{"c":1},"d":1,"e":[1,2]}']) {
    it(`finds too much in ${text}`, () => {
      expect(excessOf(text, LIMITS)).to.equal('6 values')
    })
  }

  it('handles a million nested levels', () => {
    const deep = '['.repeat(1_000_000)
    expect(excessOf(deep, LIMITS)).to.equal('3 objects and lists within each other')
    const limits = {...LIMITS, depth: Infinity, values: Infinity}
    expect(excessOf(deep + ']'.repeat(1_000_000), limits)).to.equal(undefined)
  })
})

describe('tooLarge', () => {
  it('names the host and the limit', () => {
    const {message} = tooLarge('mogplex.com', sizeText(8 * 1024 * 1024))
    expect(message).to.equal('mogplex.com answered with more than 8 MB.')
    expect(sizeText(32 * 1024)).to.equal('32 KB')
  })
})
