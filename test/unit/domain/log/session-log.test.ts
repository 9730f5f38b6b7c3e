import {expect} from 'chai'
import {
  isWanted,
  logLevelOf,
  logLine,
  outdatedSessions,
  sessionIdOf,
  startOfSession,
} from '../../../../src/domain/log/session-log.js'

const NOW = new Date('2026-11-23T17:00:00.123Z')
const DAY = 24 * 60 * 60 * 1000

const idAt = (time: number, nonce = 'a1b2c3'): string => sessionIdOf(new Date(time), nonce)

describe('the id of a session', () => {
  it('contains the start time, and sorts by it', () => {
    const id = sessionIdOf(NOW, 'a1b2c3')
    expect(id).to.equal('2026-11-23T17-00-00-123Z-a1b2c3')
    expect(startOfSession(id)).to.deep.equal(NOW)
    expect([idAt(2 * DAY), idAt(DAY)].sort()).to.deep.equal([idAt(DAY), idAt(2 * DAY)])
  })

  for (const id of [
    '',
    '..',
    '../../etc/passwd',
    '2026-11-23T17-00-00-123Z-a1b2c3/..',
    'x'.repeat(9),
  ]) {
    it(`is not ${JSON.stringify(id)}`, () => {
      expect(startOfSession(id)).to.equal(undefined)
    })
  }

  it('is invalid when the day does not exist', () => {
    expect(startOfSession('2026-99-99T17-00-00-123Z-a1b2c3')).to.equal(undefined)
  })
})

describe('logLine', () => {
  it('is one line of JSON, in the order in which it is read', () => {
    const line = logLine('id', {
      time: NOW,
      level: 'info',
      event: 'error',
      fields: {message: 'a\nb', absent: undefined},
    })
    expect(line).to.equal(
      '{"time":"2026-11-23T17:00:00.123Z","level":"info","event":"error","session":"id","message":"a\\nb"}',
    )
  })
})

describe('logLevelOf', () => {
  it('is info, unless MOGPLEX_LOG_LEVEL names another one', () => {
    expect(logLevelOf({})).to.equal('info')
    expect(logLevelOf({MOGPLEX_LOG_LEVEL: ' '})).to.equal('info')
    expect(logLevelOf({MOGPLEX_LOG_LEVEL: 'loud'})).to.equal('info')
    expect(logLevelOf({MOGPLEX_LOG_LEVEL: 'DEBUG'})).to.equal('debug')
    expect(logLevelOf({MOGPLEX_LOG_LEVEL: 'off'})).to.equal(undefined)
  })

  it('includes records of at least that severity', () => {
    expect(isWanted('error', 'info')).to.equal(true)
    expect(isWanted('info', 'info')).to.equal(true)
    expect(isWanted('debug', 'info')).to.equal(false)
    expect(isWanted('info', 'error')).to.equal(false)
  })
})

describe('outdatedSessions', () => {
  it('are those of more than 30 days ago', () => {
    const now = NOW.getTime()
    const [old, young] = [idAt(now - 31 * DAY), idAt(now - 29 * DAY)]
    expect(outdatedSessions([young, old], NOW)).to.deep.equal([old])
  })

  it('are those beyond the limit once a new one begins: 200 stay in total', () => {
    const ids = Array.from({length: 210}, (_, index) => idAt(NOW.getTime() - index * 1000))
    const outdated = outdatedSessions(ids.toReversed(), NOW)
    expect(ids.length - outdated.length).to.equal(199)
    expect(outdated).to.deep.equal(ids.slice(199))
  })

  it('never include files that are not our logs', () => {
    expect(outdatedSessions(['notes', '1999-01-01'], NOW)).to.deep.equal([])
  })
})
