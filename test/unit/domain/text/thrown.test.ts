import {expect} from 'chai'
import {fieldOf, messageOf, stackOf} from '../../../../src/domain/text/thrown.js'

const same = (text: string): string => text

describe('stackOf', () => {
  it('is redacted before it is truncated', () => {
    const secret = 'hunter2hunter2'
    const error = new Error('x')
    error.stack = `${'x'.repeat(19_990)}${secret}`
    const stack = stackOf(error, (text) => text.replaceAll(secret, '[redacted]'))
    expect(stack).to.equal(`${'x'.repeat(19_990)}[redacted]`)
  })

  it('contains the stacks of at most five causes', () => {
    const error = new Error('0')
    error.cause = error
    expect(stackOf(error, same)?.split('Caused by: ')).to.have.length(6)
    expect(stackOf(new Error('a', {cause: 'b'}), same)).not.to.include('Caused by')
  })

  it('is undefined for anything but an error, and empty without a stack', () => {
    expect(stackOf('text', same)).to.equal(undefined)
    expect(stackOf(Object.assign(new Error(), {stack: {}}), same)).to.equal('')
  })
})

describe('messageOf', () => {
  it('is the message of an error, or another value as a text', () => {
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
