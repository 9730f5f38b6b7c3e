import {expect} from 'chai'
import {filterByText, isSameAccount} from '../../../../src/domain/hosted/hosted-state.js'

const ENTRIES = [
  {id: 'anthropic/claude', name: 'Claude Opus', capabilities: ['vision'], contextLength: 7},
  {id: 'openai/gpt', name: 'GPT', capabilities: ['tool-use', 'vision'], contextLength: null},
]

describe('filterByText', () => {
  const cases: [text: string, ids: number[]][] = [
    ['', [0, 1]],
    ['  ', [0, 1]],
    ['CLAUDE', [0]],
    ['vision', [0, 1]],
    [' vision  open ', [1]],
    ['opus gpt', []],
    ['7', []],
    ['.*', []],
  ]
  for (const [text, indexes] of cases) {
    it(`finds ${indexes.length} with ${JSON.stringify(text)}`, () => {
      expect(filterByText(ENTRIES, text)).to.deep.equal(indexes.map((index) => ENTRIES[index]))
    })
  }
})

describe('isSameAccount', () => {
  it('compares issuer and id', () => {
    const ada = {issuer: 'https://mogplex.com', id: 'usr_1'}
    expect(isSameAccount({...ada}, ada)).to.equal(true)
    expect(isSameAccount({...ada, id: 'usr_2'}, ada)).to.equal(false)
    expect(isSameAccount({...ada, issuer: 'https://example.com'}, ada)).to.equal(false)
    expect(isSameAccount(undefined, ada)).to.equal(false)
  })
})
