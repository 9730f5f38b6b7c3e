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
    ['// Whoever asks first', 'Whoever'],
    ['the redactor is told', 'is told'],
    ['an address that is none', 'that is none'],
    ['as often as one likes', 'as one likes'],
    ['it lasts for ever', 'for ever'],
    ['it has nothing to say', 'nothing to say'],
    ['a bad line is passed over', 'passed over'],
    ['a server that means harm', 'means harm'],
    ['it is content with a key', 'is content with'],
    ['it gives back the text', 'gives back'],
    ['what takes it away', 'takes it away'],
  ] as const) {
    it(`finds "${word}", with the line and what to write instead`, () => {
      const [found, ...others] = findWords(`A good line.\n${text}\n`)
      expect(found).to.include({line: 2, word})
      expect(found?.instead).not.to.equal('')
      expect(others).to.deep.equal([])
    })
  }

  it('finds nothing in plain English', () => {
    const text =
      'There is no file.\nThis is not a terminal.\nTalk to the server.\nMAX_BYTES\nThey are told apart.\n'
    expect(findWords(text)).to.deep.equal([])
  })
})
