import {expect} from 'chai'
import {cut, padded, widthOf, widthOfGrapheme} from '../../../src/terminal/cell-width.js'

describe('cell width', () => {
  it('counts columns, not characters', () => {
    expect(widthOf('abc')).to.equal(3)
    expect(widthOf('日本')).to.equal(4)
    expect(widthOf('\u001B[31mabc\u001B[0m')).to.equal(3)
  })

  it('truncates a text, and marks it', () => {
    expect(cut('abcdef', 6)).to.equal('abcdef')
    expect(cut('abcdef', 4)).to.equal('abc…')
    expect(cut('日本語', 4)).to.equal('日…')
    for (const columns of [0, -1, -100]) expect(cut('abc', columns)).to.equal('')
    expect(widthOf(cut('日本', 1))).to.be.at.most(1)
  })

  it('pads narrower text, by columns', () => {
    expect(padded('日本', 6)).to.equal('日本  ')
    expect(padded('abc', 2)).to.equal('abc')
  })
})

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

describe('cut', () => {
  it('truncates what is too wide, and marks it', () => {
    expect(cut('hello', 5)).to.equal('hello')
    expect(cut('hello you', 7)).to.equal('hello…')
    expect(cut('日本語', 5)).to.equal('日本…')
    expect(widthOf(cut('日本語', 4))).to.equal(3)
  })
})
