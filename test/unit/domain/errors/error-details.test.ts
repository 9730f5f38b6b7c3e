import {expect} from 'chai'
import {detailsOf} from '../../../../src/domain/errors/error-details.js'

const redact = (text: string): string => text.replaceAll('hunter2', '[redacted]')

describe('detailsOf', () => {
  it('is the JSON, without secrets and control sequences', () => {
    const details = {
      repos: ['a', 'hunter2', 'c\u001B[2J'],
      deep: {hunter2: true, count: 2, none: null},
    }
    expect(detailsOf(details, redact)).to.deep.equal({
      repos: ['a', '[redacted]', 'c'],
      deep: {'[redacted]': true, count: 2, none: null},
    })
  })

  it('leaves out anything but JSON, including instances of classes', () => {
    class Request {
      readonly authorization = 'Bearer x'
    }
    const odd = {request: new Request(), run: () => 1, many: NaN, big: 1n, list: [new Request()]}
    expect(detailsOf({...odd, kept: 1}, redact)).to.deep.equal({list: [null], kept: 1})
    expect(detailsOf(new Request(), redact)).to.equal(undefined)
  })

  it('is nothing where it is large, endless, or throws', () => {
    const endless: Record<string, unknown> = {}
    endless.self = endless
    expect(JSON.stringify(detailsOf(endless, redact)).length).to.be.below(100)
    expect(detailsOf('x'.repeat(20_000), redact)).to.equal(undefined)
    const throwing = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('on purpose')
      },
    })
    expect(detailsOf(throwing, redact)).to.equal(undefined)
    expect(detailsOf(undefined, redact)).to.equal(undefined)
  })
})
