import {expect} from 'chai'
import {clip, widthOf, widthOfGrapheme} from '../../../src/terminal/width.js'

describe('widthOfGrapheme', () => {
  for (const [grapheme, width] of [
    ['a', 1],
    ['é', 1],
    ['e\u0301', 1],
    ['日', 2],
    ['한', 2],
    ['\u1112\u1161\u11ab', 2],
    ['👍🏽', 2],
    ['👩‍👩‍👧', 2],
    ['🇩🇪', 2],
    ['❤️', 2],
    ['ｱ', 1],
    ['\u0301', 0],
    ['\u200b', 0],
    ['\t', 4],
  ] as const) {
    it(`is ${width} for ${JSON.stringify(grapheme)}`, () => {
      expect(widthOfGrapheme(grapheme)).to.equal(width)
    })
  }
})

describe('clip', () => {
  it('cuts what is too wide, and shows that it did', () => {
    expect(clip('hello', 5)).to.equal('hello')
    expect(clip('hello you', 7)).to.equal('hello…')
    expect(clip('日本語', 5)).to.equal('日本…')
    expect(widthOf(clip('日本語', 4))).to.equal(3)
  })
})
