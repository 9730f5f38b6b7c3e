import {expect} from 'chai'
import {withPlainTexts} from '../../../../src/domain/text/plain-texts.js'

describe('withPlainTexts', () => {
  it('removes terminal control from all texts, including names, and keeps lines', () => {
    const value = {'a\u001B[2J': ['one\u001B]0;x\u0007\ntwo', {deep: 'c\u009B1mc\u0007'}], count: 1}
    expect(withPlainTexts(value)).to.deep.equal({a: ['one\ntwo', {deep: 'cc '}], count: 1})
  })

  it('leaves anything but JSON unchanged', () => {
    const load = () => 'x\u001B'
    const url = new URL('https://a.example')
    const same = withPlainTexts({load, url, nothing: null, absent: undefined})
    expect(same.load).to.equal(load)
    expect(same.url).to.equal(url)
    expect(same).to.include({nothing: null, absent: undefined})
  })
})
