import {expect} from 'chai'
import {RateLimitedError} from '../../../../src/domain/errors/later.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {serverTrouble} from '../../../../src/domain/network/server-trouble.js'

const HOST = 'https://mogplex.com'
const DATE = 'Mon, 23 Nov 2026 16:00:00 GMT'

function secondsOf(headers: Record<string, string>): number | undefined {
  const trouble = serverTrouble({status: 429, headers, body: ''}, HOST)
  if (trouble instanceof RateLimitedError) return trouble.retryAfterSeconds
  throw new Error('A 429 was not told.')
}

describe('serverTrouble', () => {
  for (const status of [200, 202, 204, 302, 307, 400, 401, 403, 404, 409, 410, 499]) {
    it(`is empty for ${status}`, () => {
      expect(serverTrouble({status, headers: {}, body: ''}, HOST)).to.equal(undefined)
    })
  }

  for (const status of [408, 500, 502, 503, 599]) {
    it(`reports ${status} as a server failure, exit 69`, () => {
      const headers = {'retry-after': '5'}
      const trouble = serverTrouble({status, headers, body: '<html>hunter2'}, HOST)
      expect(trouble).to.be.instanceOf(RemoteError)
      expect(trouble?.exitCode).to.equal(69)
      expect(trouble?.message).to.equal(`mogplex.com is in trouble: it answers ${status}.`)
      expect(trouble?.remedy).to.include('Nothing stored was changed.')
    })
  }

  it('names the request of a 5xx, and when to come back', () => {
    const headers = {'retry-after': '10800', 'x-vercel-id': 'iad1::abc'}
    const trouble = serverTrouble({status: 503, headers, body: ''}, HOST)
    expect(trouble).to.include({status: 503, retryAfterSeconds: 10_800, requestId: 'iad1::abc'})
    const said = 'mogplex.com is in trouble: it answers 503 (request id iad1::abc).'
    expect(trouble?.message).to.equal(said)
    expect(trouble?.remedy).to.equal('Try again in 3 h. Nothing stored was changed.')
  })

  it('reports 429 as a reason to come back later, exit 75', () => {
    const trouble = serverTrouble({status: 429, headers: {'retry-after': '60'}, body: ''}, HOST)
    expect(trouble).to.include({exitCode: 75, retryAfterSeconds: 60})
    expect(trouble?.message).to.include('mogplex.com')
  })

  for (const [what, headers, seconds] of [
    ['seconds', {'retry-after': '7'}, 7],
    ['no seconds', {'retry-after': '0'}, 0],
    ['seconds of the hosted service', {'x-retry-after': '9'}, 9],
    ['the standard before the other', {'retry-after': '7', 'x-retry-after': '9'}, 7],
    [
      'the other, where the standard one is absent',
      {'retry-after': 'soon', 'x-retry-after': '9'},
      9,
    ],
    ['a date', {'retry-after': 'Mon, 23 Nov 2026 16:01:30 GMT', date: DATE}, 90],
    ['a past date', {'retry-after': 'Mon, 23 Nov 2026 15:00:00 GMT', date: DATE}, 0],
    ['a date, where the server has no clock', {'retry-after': DATE}, undefined],
    ['nothing', {}, undefined],
    ['an empty text', {'retry-after': '', date: DATE}, undefined],
    ['words', {'retry-after': 'soon', date: DATE}, undefined],
    ['a fraction', {'retry-after': '\u0031e99', date: DATE}, undefined],
    ['more than anybody waits', {'retry-after': '9'.repeat(40), date: DATE}, undefined],
  ] as [string, Record<string, string>, number | undefined][]) {
    it(`reads ${what} as ${seconds ?? 'an unknown time'}`, () => {
      expect(secondsOf(headers)).to.equal(seconds)
    })
  }
})
