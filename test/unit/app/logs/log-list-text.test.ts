import {expect} from 'chai'
import {logListText, logReport} from '../../../../src/app/logs/log-list-text.js'
import {DISPLAY_OPTIONS} from '../make-display-options.js'

const ID = '2026-11-23T17-00-00-123Z-a1b2c3'
const ended = {
  id: ID,
  startedAt: new Date(2026, 10, 23, 9, 5),
  command: 'login',
  flags: ['--json'],
  exitCode: 64,
  durationMs: 12,
}
const killed = {...ended, startedAt: new Date(2026, 10, 20, 9, 5), command: '', exitCode: undefined}

describe('logListText', () => {
  it('shows the time, the command, and the result', () => {
    const done = {...ended, flags: [], exitCode: 0}
    expect(logListText([ended, done, killed], {...DISPLAY_OPTIONS, columns: undefined})).to.equal(
      [
        'session                          when           command               outcome',
        `${ID}  09:05          mogplex login --json  exit code 64`,
        `${ID}  09:05          mogplex login         done`,
        `${ID}  20 Nov, 09:05  mogplex --json        running, or killed`,
      ].join('\n'),
    )
  })

  it('says that there is none', () => {
    expect(logListText([], {...DISPLAY_OPTIONS, columns: 80})).to.equal('No session has a log yet.')
  })
})

describe('logReport', () => {
  it('has null for unknown values', () => {
    expect(logReport({...killed, durationMs: undefined})).to.deep.equal({
      id: ID,
      startedAt: killed.startedAt.toISOString(),
      command: '',
      flags: ['--json'],
      profile: 'default',
      exitCode: null,
      durationMs: null,
    })
  })
})
