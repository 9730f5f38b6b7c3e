import {BadPathError, requestPath, requireEvent} from '@mogplex/plugin-kit/rules'
import {fakeSession} from '@mogplex/plugin-kit/testing'
import {expect} from 'chai'
import type {RequestOptions} from '@mogplex/plugin-kit'

const OUTSIDE = [
  'repos',
  '',
  '//evil.example',
  'https://evil.example/',
  '/..',
  '/a/../b',
  '/%2e%2e/b',
  '/a//b',
  '/a/',
  '/a b',
  '/a\\b',
  '/a%2fb',
  '/a%252fb',
  '/a#b',
  '/%',
  '/a\nb',
  '/a?b c',
]
const ODD: RequestOptions[] = [
  {method: 'CONNECT' as 'GET'},
  {body: {}},
  {method: 'POST', idempotencyKey: 'a b'},
  {method: 'POST', contentType: 'text'},
  {responseType: 'blob' as 'text'},
]

describe('requestPath', () => {
  it('is below the API, with the query', () => {
    expect(requestPath('/repos')).to.equal('/api/v1/mogplex/repos')
    expect(requestPath('/api/v1/mogplex/repos')).to.equal('/api/v1/mogplex/repos')
    const query = {limit: 2, all: true, none: undefined, text: 'a b&c'}
    expect(requestPath('/runs/a%20b?x=1', {query})).to.equal(
      '/api/v1/mogplex/runs/a%20b?x=1&limit=2&all=true&text=a+b%26c',
    )
  })

  for (const path of OUTSIDE) {
    it(`refuses ${JSON.stringify(path)}, and so does the fake session`, async () => {
      expect(() => requestPath(path))
        .to.throw(BadPathError)
        .that.includes({code: 'BAD_PATH', exitCode: 1})
      const session = fakeSession({responses: {[path]: {}}})
      const error: unknown = await session.request(path).catch((thrown: unknown) => thrown)
      expect(error).to.include({code: 'BAD_PATH'})
      expect(session.requests).to.deep.equal([])
    })
  }

  it('refuses invalid options', () => {
    for (const options of ODD) {
      expect(() => requestPath('/repos', options), JSON.stringify(options)).to.throw(BadPathError)
    }
  })
})

describe('requireEvent', () => {
  it('accepts only dotted words in lower case', () => {
    for (const event of ['sync', 'sync.ended', 'a-b.c_d.2']) requireEvent(event)
    for (const event of ['', 'Sync', 'sync ended', '.sync', 'sync.', 'a..b', 'x'.repeat(101)]) {
      expect(() => requireEvent(event), event)
        .to.throw()
        .that.includes({code: 'BAD_EVENT'})
    }
  })
})
