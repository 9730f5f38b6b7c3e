import {expect} from 'chai'
import {clock, when} from '../../../src/app/when.js'

// In local time, as people read it: the tests work in every time zone.
const NOW = new Date(2026, 10, 23, 16, 0)

describe('clock', () => {
  it('is the time of day, with two digits each', () => {
    expect(clock(new Date(2026, 10, 23, 7, 0, 5))).to.equal('07:00:05')
  })
})

describe('when', () => {
  for (const [instant, text] of [
    [new Date(2026, 10, 23, 17, 0), '17:00'],
    [new Date(2026, 10, 23, 0, 5), '00:05'],
    [new Date(2026, 10, 23, 23, 59, 59), '23:59'],
    [new Date(2026, 10, 24, 0, 0), '24 Nov'],
    [new Date(2026, 10, 22, 16, 0), '22 Nov'],
    [new Date(2026, 11, 23, 16, 0), '23 Dec'],
    [new Date(2026, 0, 1), '1 Jan'],
    [new Date(2027, 0, 3), '3 Jan 2027'],
    [new Date(2025, 10, 23, 16, 0), '23 Nov 2025'],
  ] as const) {
    it(`is short: ${text}`, () => {
      expect(when(instant, NOW)).to.equal(text)
    })
  }

  it('knows every month', () => {
    const months = Array.from({length: 12}, (_, month) => when(new Date(2026, month, 9), NOW))
    expect(months.join(' ')).to.equal(
      '9 Jan 9 Feb 9 Mar 9 Apr 9 May 9 Jun 9 Jul 9 Aug 9 Sep 9 Oct 9 Nov 9 Dec',
    )
  })
})
