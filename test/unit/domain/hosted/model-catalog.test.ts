import {expect} from 'chai'
import {parseModels} from '../../../../src/domain/hosted/model-catalog.js'

const OPUS = {
  id: 'anthropic/claude-opus-4.1',
  provider: 'anthropic',
  name: 'Claude Opus 4.1',
  contextLength: 200_000,
  capabilities: ['tool-use', 'vision'],
  pricing: {input: 0.000015, output: 0.000075},
}
const BARE = {
  id: 'openai/gpt',
  provider: 'openai',
  name: 'openai/gpt',
  contextLength: null,
  capabilities: [],
  pricing: {input: null, output: null},
}

describe('parseModels', () => {
  it('reads the catalog, and leaves out unknown fields', () => {
    const wire = {...OPUS, later: 1, pricing: {...OPUS.pricing, cached: 1}}
    expect(parseModels([wire])).to.deep.equal([OPUS])
    expect(parseModels(JSON.parse(JSON.stringify([OPUS])) as unknown[])).to.deep.equal([OPUS])
    expect(parseModels([])).to.deep.equal([])
  })

  it('treats missing or invalid values as unknown', () => {
    expect(parseModels([{id: 'openai/gpt'}])).to.deep.equal([BARE])
    for (const contextLength of [0, -1, 1.5, '200000', NaN, null]) {
      expect(parseModels([{...BARE, contextLength}])[0]?.contextLength).to.equal(null)
    }
    for (const price of [-1, Infinity, '0.000003', null]) {
      const pricing = {input: price, output: 0}
      expect(parseModels([{...BARE, pricing}])[0]?.pricing).to.deep.equal({input: null, output: 0})
    }
    for (const capabilities of ['vision', {vision: true}, [1, '', null]]) {
      expect(parseModels([{...BARE, capabilities}])[0]?.capabilities).to.deep.equal([])
    }
  })

  for (const id of [undefined, '', 7, 'a\u001B[2J', ' a', 'a\nb', 'x'.repeat(121)]) {
    it(`leaves out an entry with the id ${id === undefined ? 'nothing' : JSON.stringify(id).slice(0, 20)}`, () => {
      expect(parseModels([{...OPUS, id}, OPUS])).to.deep.equal([OPUS])
    })
  }

  it('leaves out invalid entries', () => {
    expect(parseModels([null, 'x', 1, [], OPUS])).to.deep.equal([OPUS])
  })

  it('makes texts printable, and limits their length and number', () => {
    const [model] = parseModels([
      {...OPUS, name: `A\u001B]0;x\u0007${'b'.repeat(500)}`, capabilities: Array(99).fill('a\tb')},
    ])
    expect(model?.name)
      .to.match(/^A \]0;x b+…$/)
      .and.to.have.length.below(130)
    expect(model?.capabilities).to.deep.equal(Array(16).fill('a b'))
    expect(parseModels(Array(3000).fill(OPUS))).to.have.length(2000)
  })
})
