import {expect} from 'chai'
import {
  answerEndText,
  earlyEndText,
  emptyAnswer,
} from '../../../../src/app/prompt/answer-end-text.js'

const END = {provider: 'openai', model: 'gpt-5', finish: 'stop'} as const

describe('answerEndText', () => {
  it('shows which model answered, and the usage', () => {
    const usage = {promptTokens: 12, completionTokens: 34, totalTokens: 46}
    expect(answerEndText({...END, usage})).to.equal('openai: gpt-5, 12 tokens in, 34 out')
    const one = {...usage, promptTokens: 1}
    expect(answerEndText({...END, usage: one})).to.equal('openai: gpt-5, 1 token in, 34 out')
    expect(answerEndText({...END, usage: undefined})).to.include('tokens not counted')
  })
})

describe('earlyEndText', () => {
  for (const [finish, words] of [
    ['length', 'incomplete'],
    ['content_filter', 'content filter'],
  ] as const) {
    it(`has a sentence for ${finish}`, () => {
      expect(earlyEndText({finish})).to.include(words)
    })
  }

  for (const finish of ['stop', 'tool_calls', 'constructor', undefined]) {
    it(`is empty for ${finish}`, () => {
      expect(earlyEndText({finish})).to.equal(undefined)
    })
  }
})

describe('emptyAnswer', () => {
  it('is empty for an answer with text', () => {
    expect(emptyAnswer('Hi', {...END, finish: 'length'})).to.equal(undefined)
  })

  for (const text of ['', ' \n\t']) {
    it(`treats ${JSON.stringify(text)} as an empty answer: exit 1, and names the model`, () => {
      const error = emptyAnswer(text, END)
      expect(error).to.include({code: 'EMPTY_ANSWER', exitCode: 1})
      expect(error?.message).to.include('openai: gpt-5')
      expect(error?.remedy).to.include('/model').and.to.include('--model')
    })
  }

  it('says why, where the server did', () => {
    expect(emptyAnswer('', {...END, finish: 'length'})?.message).to.include('length limit')
  })
})
