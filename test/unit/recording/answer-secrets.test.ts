import {expect} from 'chai'
import {AnswerTooLargeError} from '../../../src/domain/errors/remote.js'
import {answerSecrets} from '../../../src/recording/answer-secrets.js'

const HOST = 'mogplex.example.com'

/** Definitions of MCP servers with so many secrets of this length. */
function definitions(count: number, length = 16): string {
  const env = Object.fromEntries(
    Array.from({length: count}, (_, index) => [
      `KEY_${index}`,
      `s3cret-${String(index).padStart(length - 7, '0')}`,
    ]),
  )
  return JSON.stringify({ok: true, data: {servers: [{name: 'a', config: {env}}]}})
}

function refusalOf(body: string): string {
  try {
    answerSecrets(body, HOST)
  } catch (error) {
    if (error instanceof AnswerTooLargeError) return error.message
    throw error
  }
  throw new Error('It was taken.')
}

describe('answerSecrets', () => {
  it('are all of 2,000', () => {
    const secrets = answerSecrets(definitions(2000), HOST)
    expect(secrets).to.have.lengthOf(2000).and.include('s3cret-000001999')
  })

  it('count duplicates once', () => {
    const twice = `[${definitions(1500)},${definitions(1500)}]`
    expect(answerSecrets(twice, HOST)).to.have.lengthOf(1500)
  })

  it('are refused for an answer that has more, or longer ones', () => {
    expect(refusalOf(definitions(2001))).to.equal(`${HOST} answered with more than 2000 secrets.`)
    expect(refusalOf(definitions(180_000))).to.include('20000 values')
    expect(refusalOf(definitions(10, 30_000))).to.include('256 KB of secrets')
  })

  it('are found at any allowed depth, and deeper answers are refused', () => {
    const nested = (depth: number) =>
      `${'{"a":'.repeat(depth - 1)}{"token":"s3cret-value-0"}${'}'.repeat(depth - 1)}`
    expect(answerSecrets(nested(32), HOST)).to.deep.equal(['s3cret-value-0'])
    expect(refusalOf(nested(33))).to.include('32 objects and lists within each other')
    expect(refusalOf(nested(200_000))).to.include('32 objects and lists within each other')
  })

  it('are the first ones of a page, of which nothing is shown', () => {
    const page = `<html>${Array.from({length: 5000}, (_, index) => `aB3-${index}-${'x'.repeat(12)}`).join(' ')}`
    expect(answerSecrets(page, HOST)).to.have.lengthOf(2000)
  })
})
