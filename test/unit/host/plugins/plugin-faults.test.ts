import {expect} from 'chai'
import {shortMessageOf} from '../../../../src/host/plugins/plugin-faults.js'

describe('shortMessageOf', () => {
  it('does not say who required whom', () => {
    const error = new Error("Cannot find module 'x'\nRequire stack:\n- /a.js\n- /b.js")
    expect(shortMessageOf(error)).to.equal("Cannot find module 'x'")
  })

  it('has a text for an error without a message, with one that is not a text, and for anything', () => {
    const odd = Object.defineProperty(new Error('x'), 'message', {value: {a: 1}})
    const thrown = [new Error(''), odd, null, 'text', Object.create(null)] as unknown[]
    expect(thrown.map(shortMessageOf)).to.deep.equal([
      'Error',
      '[object Object]',
      'null',
      'text',
      'An unknown value was thrown.',
    ])
  })
})
