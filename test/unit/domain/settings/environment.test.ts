import {expect} from 'chai'
import {environmentOf, valueOf} from '../../../../src/domain/settings/environment.js'

describe('valueOf', () => {
  for (const blank of [undefined, '', ' ', '\t\n ', '\u00A0']) {
    it(`counts ${JSON.stringify(blank)} as unset`, () => {
      expect(valueOf({NAME: blank}, 'NAME')).to.equal(undefined)
    })
  }

  it('trims a value, and keeps blanks inside it', () => {
    expect(valueOf({NAME: ' a b\n'}, 'NAME')).to.equal('a b')
  })

  it('distinguishes variables by case', () => {
    expect(valueOf({name: 'a'}, 'NAME')).to.equal(undefined)
  })
})

describe('environmentOf', () => {
  const variables = {Openai_Api_Key: 'sk', Path: 'p'}

  it('has names in capitals on Windows, where case is ignored', () => {
    expect(environmentOf(variables, 'win32')).to.deep.equal({OPENAI_API_KEY: 'sk', PATH: 'p'})
  })

  it('is an unchanged copy elsewhere', () => {
    const copy = environmentOf(variables, 'linux')
    expect(copy).to.deep.equal(variables)
    expect(copy).not.to.equal(variables)
  })
})
