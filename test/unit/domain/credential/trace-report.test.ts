import {expect} from 'chai'
import {traceReport} from '../../../../src/domain/credential/trace-report.js'
import {AUTH_PATH, makeLogin, resolve, stored} from '../../../support/make-credential.js'

describe('traceReport', () => {
  const env = {OPENAI_API_KEY: 'sk-shell-value', GROQ_API_KEY: ''}
  const {trace} = resolve({env, stored: stored(makeLogin())})
  const report = traceReport(trace)

  it('contains for each source the outcome, what outranks it, and the command that changes it', () => {
    const found = report.filter(({state}) => state !== 'absent')
    expect(found).to.deep.equal([
      {
        source: {type: 'file', path: AUTH_PATH},
        provider: 'mogplex',
        for: 'account',
        state: 'used',
        remedy: 'mogplex logout',
      },
      {
        source: {type: 'env', variable: 'OPENAI_API_KEY'},
        provider: 'openai',
        for: 'model',
        state: 'used',
        remedy: 'unset OPENAI_API_KEY',
      },
      {
        source: {type: 'env', variable: 'GROQ_API_KEY'},
        provider: 'groq',
        for: 'model',
        state: 'empty',
      },
      {
        source: {type: 'file', path: AUTH_PATH},
        provider: 'mogplex',
        for: 'model',
        state: 'outranked',
        by: 'OPENAI_API_KEY',
        remedy: 'unset OPENAI_API_KEY',
      },
    ])
  })

  it('keeps the order and leaves nothing out', () => {
    expect(report.map((entry) => entry.source)).to.deep.equal(trace.map(({source}) => source))
  })

  it('contains no credential, not even a redacted one', () => {
    expect(JSON.stringify(report)).not.to.match(/redacted|sk-shell-value|token-value/)
  })
})
