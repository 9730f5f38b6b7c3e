import {expect} from 'chai'
import {keyReader} from '../../../../src/app/run/read-keys.js'

describe('keyReader', () => {
  const read = (...chunks: string[]): string[] => {
    const take = keyReader()
    return chunks.flatMap((chunk) => take(chunk))
  }

  it('gives a letter, Ctrl+C and Ctrl+Z', () => {
    expect(read('c', 'y', '\u0003', '\u001A')).to.deep.equal(['c', 'y', '\u0003', '\u001A'])
  })

  for (const [name, ...chunks] of [
    ['an arrow', '\u001B[C'],
    ['an arrow of a terminal in application mode', '\u001BOC'],
    ['a key with a modifier', '\u001B[1;5C'],
    ['a function key', '\u001B[15~'],
    ['a sequence in pieces', '\u001B', '[', '1;5', 'C'],
    ['a sequence that begins with one byte', '\u009BC'],
    ['Alt and a letter', '\u001Bc'],
    ['a mouse', '\u001B[<0;10;10M'],
    ['Escape', '\u001B'],
  ] as const) {
    it(`takes ${name} for no letter`, () => expect(read(...chunks)).to.deep.equal([]))
  }

  it('knows the letter that comes after a sequence', () => {
    expect(read('\u001B[A', 'c')).to.deep.equal(['c'])
    expect(read('\u001B[Ac')).to.deep.equal(['c'])
  })

  it('takes a paste for no keys, bracketed or not, but hears Ctrl+C in it', () => {
    expect(read('cy')).to.deep.equal([])
    expect(read('\u001B[200~cancel\u001B[201~')).to.deep.equal([])
    expect(read('cy\u0003')).to.deep.equal(['\u0003'])
  })

  it('hears Ctrl+C in the middle of a sequence', () => {
    expect(read('\u001B[1;\u0003', 'c')).to.deep.equal(['\u0003', 'c'])
  })
})
