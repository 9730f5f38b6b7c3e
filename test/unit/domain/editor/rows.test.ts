import {expect} from 'chai'
import {rowAt, rowsOf, verticalTarget} from '../../../../src/domain/editor/rows.js'

const WIDE = /[\u3000-\u9fff]/
const measure = (columns: number) => ({
  columns,
  widthOf: (grapheme: string) => (WIDE.test(grapheme) ? 2 : 1),
})

function texts(text: string, columns: number): string[] {
  return rowsOf(text, measure(columns)).map(({start, end}) => text.slice(start, end))
}

describe('rowsOf', () => {
  it('has a row for every line, also an empty one', () => {
    expect(texts('', 10)).to.deep.equal([''])
    expect(texts('a\n\nb\n', 10)).to.deep.equal(['a', '', 'b', ''])
  })

  it('breaks after blanks, and in a word that is too long for a row', () => {
    expect(texts('the quick brown fox', 10)).to.deep.equal(['the quick ', 'brown fox'])
    expect(texts('abcdefghijklm no', 5)).to.deep.equal(['abcde', 'fghij', 'klm ', 'no'])
    expect(texts('a abcdefgh', 4)).to.deep.equal(['a ', 'abcd', 'efgh'])
  })

  it('measures wide characters, and never splits one', () => {
    expect(texts('日本語日本語', 5)).to.deep.equal(['日本', '語日', '本語'])
    expect(texts(' 日本', 2)).to.deep.equal([' ', '日', '本'])
    expect(texts('日', 1)).to.deep.equal(['日'])
  })

  it('leaves nothing out', () => {
    for (let columns = 1; columns < 12; columns += 1) {
      const text = 'ab cde  日本語 f\nghijkl 日 m n'
      const rows = rowsOf(text, measure(columns))
      expect(rows.map(({start, end}) => text.slice(start, end)).join('')).to.equal(
        text.replace('\n', ''),
      )
      expect(rows.map(({start}) => rowAt(rows, start))).to.deep.equal(rows.map((_, index) => index))
    }
  })
})

describe('verticalTarget', () => {
  const text = 'the quick brown\n日本語日\nx'
  const go = (cursor: number, step: -1 | 1, column: number) =>
    verticalTarget({text, cursor}, step, column, measure(10))

  it('moves from row to row, in one line and to the next', () => {
    expect(go(3, 1, 3)).to.equal(13) // the q|uick → bro|wn
    expect(go(13, -1, 3)).to.equal(3)
    expect(go(13, 1, 3)).to.equal(17) // one wide character: the second would be beyond
    expect(go(13, 1, 4)).to.equal(18)
  })

  it('stops at the end of a row that is too short', () => {
    expect(go(20, 1, 8)).to.equal(text.length)
    expect(go(15, -1, 10)).to.equal(9) // the end of the row above is the start of this one
  })

  it('ends at the end of the text', () => {
    expect(go(2, -1, 2)).to.equal(undefined)
    expect(go(text.length, 1, 1)).to.equal(undefined)
  })
})
