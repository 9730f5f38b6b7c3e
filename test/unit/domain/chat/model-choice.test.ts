import {expect} from 'chai'
import {choiceText, parseChoice} from '../../../../src/domain/chat/model-choice.js'

describe('parseChoice', () => {
  for (const [text, provider, model] of [
    ['openai: gpt-5', 'openai', 'gpt-5'],
    ['openai:gpt-5', 'openai', 'gpt-5'],
    ['  OpenAI :  gpt-5  ', 'openai', 'gpt-5'],
    ['vercel: anthropic/claude', 'vercel', 'anthropic/claude'],
    ['gpt-5', 'groq', 'gpt-5'],
    ['anthropic/claude', 'groq', 'anthropic/claude'],
    ['llama3:8b', 'groq', 'llama3:8b'],
    ['openai: ft:gpt-4o:me', 'openai', 'ft:gpt-4o:me'],
  ] as const) {
    it(`reads "${text}"`, () => {
      expect(parseChoice(text, 'groq')).to.deep.equal({provider, model})
    })
  }

  for (const text of ['', '  ', 'openai:', 'two words', 'openai: two words', 'a\u001b[2J']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseChoice(text, 'groq')).to.equal(undefined)
    })
  }

  it('wants a payer where nobody pays', () => {
    expect(parseChoice('gpt-5', undefined)).to.equal(undefined)
    expect(parseChoice('openai: gpt-5', undefined)).not.to.equal(undefined)
  })

  it('reads what it is shown as', () => {
    const choice = {provider: 'xai', model: 'grok-4'} as const
    expect(parseChoice(choiceText(choice), undefined)).to.deep.equal(choice)
  })
})
