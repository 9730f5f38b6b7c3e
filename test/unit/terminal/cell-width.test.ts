import {expect} from 'chai'
import {breakText, cut, widthOf} from '../../../src/terminal/cell-width.js'

describe('cell width', () => {
  it('counts columns, not characters', () => {
    expect(widthOf('abc')).to.equal(3)
    expect(widthOf('日本')).to.equal(4)
    expect(widthOf('\u001B[31mabc\u001B[0m')).to.equal(3)
  })

  it('cuts a text, and says so', () => {
    expect(cut('abcdef', 6)).to.equal('abcdef')
    expect(cut('abcdef', 4)).to.equal('abc…')
    expect(cut('日本語', 4)).to.equal('日…')
    for (const columns of [0, -1, -100]) expect(cut('abc', columns)).to.equal('')
    expect(widthOf(cut('日本', 1))).to.be.at.most(1)
  })

  it('breaks a text between words, and keeps a long one whole', () => {
    expect(breakText('one two three', 8)).to.deep.equal(['one two', 'three'])
    expect(breakText('  one two three', 8)).to.deep.equal(['  one', '  two', '  three'])
    expect(breakText('see https://mogplex.com/x now', 10)).to.deep.equal([
      ...['see', 'https://mogplex.com/x', 'now'],
    ])
    expect(breakText('', 10)).to.deep.equal([''])
    expect(breakText('short', Infinity)).to.deep.equal(['short'])
  })
})
