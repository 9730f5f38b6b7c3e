import {expect} from 'chai'
import {childEnvironment} from '../../../src/domain/child-environment.js'
import {PROVIDERS} from '../../../src/domain/provider-table.js'

describe('childEnvironment', () => {
  for (const {variable} of PROVIDERS) {
    it(`leaves out ${variable}, whatever is in it`, () => {
      expect(childEnvironment({[variable]: 'hunter2', PATH: '/bin'})).to.deep.equal({PATH: '/bin'})
      expect(childEnvironment({[variable]: ''})).to.deep.equal({})
    })
  }

  it('hands on everything else, blank values too, and drops what is unset', () => {
    const env = {PATH: '/bin', EMPTY: '', HTTPS_PROXY: 'http://proxy:3128', UNSET: undefined}
    const {UNSET: _, ...rest} = env
    expect(childEnvironment(env)).to.deep.equal(rest)
  })
})
