import {expect} from 'chai'
import {variableFindings} from '../../../../src/domain/doctor/variables.js'

const texts = (env: Record<string, string>): string[] => variableFindings(env).map(({what}) => what)

describe('variableFindings', () => {
  it('finds nothing where nothing is set, or everything is correct', () => {
    expect(texts({})).to.deep.equal([])
    expect(
      texts({MOGPLEX_URL: 'http://127.0.0.1:1', MOGPLEX_DEV: '1', MOGPLEX_LOG_LEVEL: 'off'}),
    ).to.deep.equal([])
  })

  it('names the correct variable for a wrong name', () => {
    expect(texts({MOGPLEX_TOKEN: 'x'})).to.deep.equal([
      'MOGPLEX_TOKEN is set, and is not read: MOGPLEX_API_KEY is',
    ])
    expect(texts({MOGPLEX_APIKEY: 'x'})[0]).to.include('MOGPLEX_API_KEY is')
    expect(texts({mogplex_url: 'x'})[0]).to.include('MOGPLEX_URL is')
  })

  it('ignores a foreign variable, an empty one, or one beside the correct one', () => {
    expect(texts({MOGPLEX_OF_MY_OWN_SCRIPT: 'x', MOGPLEX_TOKEN: ' '})).to.deep.equal([])
    expect(texts({MOGPLEX_TOKEN: 'x', MOGPLEX_API_KEY: 'y'})).to.deep.equal([])
  })

  it('distinguishes NODE_ENV=production from a missing MOGPLEX_DEV', () => {
    const local = {MOGPLEX_ISSUER: 'http://localhost:1'}
    const [production] = variableFindings({...local, MOGPLEX_DEV: '1', NODE_ENV: 'production'})
    expect(production?.remedy).to.equal('unset NODE_ENV')
    expect(production?.what).to.include('MOGPLEX_ISSUER')
    const [missing] = variableFindings({...local, NODE_ENV: 'production'})
    expect(missing?.remedy).to.include('MOGPLEX_DEV=1')
  })
})
