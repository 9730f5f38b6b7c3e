import {expect} from 'chai'
import {fieldOf, messageOf, stackOf} from '../../../../src/domain/text/thrown.js'

const same = (text: string): string => text

describe('stackOf', () => {
  it('is redacted before it is cut short', () => {
    const secret = 'hunter2hunter2'
    const error = new Error('x')
    error.stack = `${'x'.repeat(19_990)}${secret}`
    const stack = stackOf(error, (text) => text.replaceAll(secret, '[redacted]'))
    expect(stack).to.equal(`${'x'.repeat(19_990)}[redacted]`)
  })

  it('holds the stacks of five causes at most', () => {
    const error = new Error('0')
    error.cause = error
    expect(stackOf(error, same)?.split('Caused by: ')).to.have.length(6)
    expect(stackOf(new Error('a', {cause: 'b'}), same)).not.to.include('Caused by')
  })

  it('is nothing of what is no error, and empty where there is none', () => {
    expect(stackOf('text', same)).to.equal(undefined)
    expect(stackOf(Object.assign(new Error(), {stack: {}}), same)).to.equal('')
  })
})

describe('messageOf', () => {
  it('is what an error says, or what something else is as a text', () => {
    expect([messageOf(new Error('No.')), messageOf(null), messageOf(5n)]).to.deep.equal([
      'No.',
      'null',
      '5',
    ])
  })
})

describe('fieldOf', () => {
  it('is undefined where there is none', () => {
    expect([fieldOf(undefined, 'a'), fieldOf(null, 'a'), fieldOf(5, 'a')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ])
  })
})
