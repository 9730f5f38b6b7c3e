import {expect} from 'chai'
import {perMillionText, tokensText} from '../../../src/app/model-figures.js'

describe('tokensText', () => {
  for (const [tokens, text] of [
    [800, '800'],
    [1000, '1k'],
    [8192, '8k'],
    [131_072, '131k'],
    [200_000, '200k'],
    [999_400, '999k'],
    [999_600, '1M'],
    [1_048_576, '1M'],
    [1_500_000, '1.5M'],
    [10_000_000, '10M'],
  ] as const) {
    it(`writes ${tokens} as ${text}`, () => {
      expect(tokensText(tokens)).to.equal(text)
    })
  }
})

describe('perMillionText', () => {
  for (const [price, text] of [
    [0, '$0'],
    [0.000003, '$3'],
    [0.000015, '$15'],
    [0.00000015, '$0.15'],
    [0.0000006, '$0.60'],
    [0.000000075, '$0.075'],
    [0.0000011, '$1.10'],
    [0.00000000005, 'under $0.0001'],
    [0.0012, '$1200'],
  ] as const) {
    it(`writes ${price} a token as ${text} a million`, () => {
      expect(perMillionText(price)).to.equal(text)
    })
  }
})
