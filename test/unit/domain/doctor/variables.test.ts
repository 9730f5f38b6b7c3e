import {expect} from 'chai'
import {variableFindings} from '../../../../src/domain/doctor/variables.js'

const texts = (env: Record<string, string>): string[] => variableFindings(env).map(({what}) => what)

describe('variableFindings', () => {
  it('finds nothing where nothing is set, or what is set is right', () => {
    expect(texts({})).to.deep.equal([])
    expect(
      texts({MOGPLEX_URL: 'http://127.0.0.1:1', MOGPLEX_DEV: '1', MOGPLEX_LOG_LEVEL: 'off'}),
    ).to.deep.equal([])
  })

  it('names the variable that is read instead of one that is not', () => {
    expect(texts({MOGPLEX_TOKEN: 'x'})).to.deep.equal([
      'MOGPLEX_TOKEN is set, and is not read: MOGPLEX_API_KEY is',
    ])
    expect(texts({MOGPLEX_APIKEY: 'x'})[0]).to.include('MOGPLEX_API_KEY is')
    expect(texts({mogplex_url: 'x'})[0]).to.include('MOGPLEX_URL is')
  })

  it('says nothing of a variable of somebody else, an empty one, or beside the right one', () => {
    expect(texts({MOGPLEX_OF_MY_OWN_SCRIPT: 'x', MOGPLEX_TOKEN: ' '})).to.deep.equal([])
    expect(texts({MOGPLEX_TOKEN: 'x', MOGPLEX_API_KEY: 'y'})).to.deep.equal([])
  })

  it('tells NODE_ENV=production from a missing MOGPLEX_DEV', () => {
    const local = {MOGPLEX_ISSUER: 'http://localhost:1'}
    const [production] = variableFindings({...local, MOGPLEX_DEV: '1', NODE_ENV: 'production'})
    expect(production?.remedy).to.equal('unset NODE_ENV')
    expect(production?.what).to.include('MOGPLEX_ISSUER')
    const [missing] = variableFindings({...local, NODE_ENV: 'production'})
    expect(missing?.remedy).to.include('MOGPLEX_DEV=1')
  })
})
