import {expect} from 'chai'
import {valueOf} from '../../../../src/domain/settings/environment.js'

describe('valueOf', () => {
  for (const blank of [undefined, '', ' ', '\t\n ', '\u00A0']) {
    it(`counts ${JSON.stringify(blank)} as unset`, () => {
      expect(valueOf({NAME: blank}, 'NAME')).to.equal(undefined)
    })
  }

  it('trims a value, and keeps blanks inside it', () => {
    expect(valueOf({NAME: ' a b\n'}, 'NAME')).to.equal('a b')
  })

  it('tells apart variables by case', () => {
    expect(valueOf({name: 'a'}, 'NAME')).to.equal(undefined)
  })
})
