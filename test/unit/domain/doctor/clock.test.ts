import {expect} from 'chai'
import {clockFinding} from '../../../../src/domain/doctor/clock.js'

const AT = new Date('2026-11-29T12:00:00Z')
const told = (date?: string, age?: string) => ({
  at: AT,
  headers: {...(date !== undefined && {date}), ...(age !== undefined && {age})},
})

describe('clockFinding', () => {
  const rows: [
    name: string,
    date: string,
    age: string | undefined,
    state: string,
    words: string,
  ][] = [
    ['the same', 'Sun, 29 Nov 2026 12:00:00 GMT', undefined, 'fine', 'right'],
    ['four minutes', 'Sun, 29 Nov 2026 12:04:00 GMT', undefined, 'fine', 'right'],
    ['behind', 'Sun, 29 Nov 2026 12:30:00 GMT', undefined, 'wrong', '30 minutes behind'],
    ['ahead', 'Sun, 29 Nov 2026 03:00:00 GMT', undefined, 'wrong', '9 hours ahead of'],
    ['by days', 'Thu, 01 Jan 2026 12:00:00 GMT', undefined, 'wrong', '332 days ahead of'],
    ['kept by a cache', 'Sun, 29 Nov 2026 11:00:00 GMT', '3600', 'fine', 'right'],
  ]
  for (const [name, date, age, state, words] of rows) {
    it(`reports ${words}: ${name}`, () => {
      const finding = clockFinding([told(), told(date, age)])
      expect(finding.state).to.equal(state)
      expect(finding.what).to.include(words)
    })
  }

  it('is unknown where no server sends the time', () => {
    expect(clockFinding([told(), told('yesterday')]).state).to.equal('unknown')
    expect(clockFinding([]).state).to.equal('unknown')
  })
})
