import {expect} from 'chai'
import {inspect} from 'node:util'
import {
  answeredBy,
  requestIdOf,
  serverFactsOf,
  tryAgain,
} from '../../../../src/domain/errors/server-facts.js'

describe('answeredBy', () => {
  it('returns the same error, with the status and the id of the request', () => {
    const error = new Error('x')
    const answer = {status: 500, headers: {'x-vercel-id': 'iad1::abc'}}
    expect(answeredBy(answer, error)).to.equal(error)
    expect(serverFactsOf(error)).to.deep.equal({status: 500, requestId: 'iad1::abc'})
  })

  it('handles a response without an id', () => {
    const error = answeredBy({status: 404, headers: {}}, new Error('x'))
    expect(serverFactsOf(error)).to.deep.equal({status: 404})
  })
})

describe('requestIdOf', () => {
  it("is the server's own, otherwise the platform's, printable and truncated", () => {
    const platform = {'x-vercel-id': 'iad1::abc'}
    expect(requestIdOf({...platform, 'x-request-id': 'req_1'})).to.equal('req_1')
    expect(requestIdOf({...platform, 'x-request-id': ' '})).to.equal('iad1::abc')
    expect(requestIdOf({})).to.equal(undefined)
    expect(requestIdOf({'x-request-id': 'a\u001B[2J\u202Eb'})).to.equal('a [2J b')
    expect(requestIdOf({'x-request-id': 'x'.repeat(5000)})).to.have.length(129)
  })
})

describe('serverFactsOf', () => {
  for (const thrown of [undefined, null, 'text', new Error('x'), {status: 5, requestId: ''}]) {
    it(`finds nothing in ${inspect(thrown).split('\n', 1).join()}`, () => {
      expect(serverFactsOf(thrown)).to.deep.equal({})
    })
  }
})

describe('tryAgain', () => {
  for (const [seconds, said] of [
    [0, 'Try again now.'],
    [7, 'Try again in 7 s.'],
    [120, 'Try again in 120 s.'],
    [121, 'Try again in 3 min.'],
    [7200, 'Try again in 120 min.'],
    [7201, 'Try again in 3 h.'],
    [86_400, 'Try again in 24 h.'],
    [86_401, 'Try again tomorrow.'],
    [172_801, 'Try again later.'],
    [255_332_672, 'Try again later.'],
    [999_999_999, 'Try again later.'],
  ] as const) {
    it(`is "${said}" for ${seconds} s`, () => {
      expect(tryAgain(seconds)).to.equal(said)
    })
  }
})
