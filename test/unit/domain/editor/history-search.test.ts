import {expect} from 'chai'
import {
  foundEntry,
  type HistorySearch,
  narrowed,
  newSearch,
  older,
  widened,
} from '../../../../src/domain/editor/history-search.js'

const ENTRIES = [
  'Fix the parser',
  '/model gpt',
  'fix\nthe tests',
  '/model gpt',
  'fix the parser now',
]

describe('the search of the history', () => {
  const typed = (text: string): HistorySearch => narrowed(newSearch(ENTRIES), text)

  it('finds nothing before something is typed, then the newest entry that contains it', () => {
    expect(foundEntry(newSearch(ENTRIES))).to.equal(undefined)
    expect(foundEntry(typed('FIX'))).to.equal('fix the parser now')
    expect(foundEntry(typed('nothing like that'))).to.equal(undefined)
  })

  it('narrows down from the found entry, across the lines of an entry', () => {
    const found = narrowed(narrowed(typed('fix'), ' the'), ' tests')
    expect(foundEntry(found)).to.equal('fix\nthe tests')
  })

  it('moves to older ones, past repeats, and stays at the oldest', () => {
    const texts = [typed('fix')]
    for (let count = 0; count < 3; count += 1) texts.push(older(texts.at(-1) ?? typed('fix')))
    expect(texts.map(foundEntry)).to.deep.equal([
      'fix the parser now',
      'fix\nthe tests',
      'Fix the parser',
      'Fix the parser',
    ])
    expect(foundEntry(older(typed('model')))).to.equal('/model gpt')
    expect(older(newSearch(ENTRIES))).to.deep.equal(newSearch(ENTRIES))
  })

  it('starts at the newest again when a character is removed', () => {
    expect(foundEntry(widened(typed('testsx')))).to.equal('fix\nthe tests')
    expect(foundEntry(widened(older(typed('fixe'))))).to.equal('fix the parser now')
    expect(widened(typed('x'))).to.deep.equal(newSearch(ENTRIES))
  })
})
