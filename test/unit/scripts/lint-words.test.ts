import {expect} from 'chai'
import {findWords} from '../../../scripts/lint-words.js'

describe('findWords', () => {
  for (const [text, word] of [
    ['export interface Desk {', 'Desk'],
    ['const MOST_BYTES = 10', 'MOST_BYTES'],
    ['// As said.', 'As said'],
    ['Try again; if it stays so, report it.', 'if it stays so'],
    ['the command line makes no sense', 'makes no sense'],
    ['where the reader is no terminal', 'is no terminal'],
    ['What is thrown and is no error', 'is no error'],
  ] as const) {
    it(`finds "${word}", with the line and what to write instead`, () => {
      const [found, ...others] = findWords(`A good line.\n${text}\n`)
      expect(found).to.include({line: 2, word})
      expect(found?.instead).not.to.equal('')
      expect(others).to.deep.equal([])
    })
  }

  it('finds nothing in plain English', () => {
    const text = 'There is no file.\nThis is not a terminal.\nTalk to the server.\nMAX_BYTES\n'
    expect(findWords(text)).to.deep.equal([])
  })
})
