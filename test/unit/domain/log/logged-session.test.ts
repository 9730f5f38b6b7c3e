import {expect} from 'chai'
import {loggedSession} from '../../../../src/domain/log/logged-session.js'

const ID = '2026-11-23T17-00-00-123Z-a1b2c3'
const FIRST =
  '{"time":"2026-11-23T17:00:00.000Z","event":"session.started","command":"login","flags":["--json"]}'
const LAST = '{"event":"session.ended","exitCode":64,"durationMs":12}'

describe('loggedSession', () => {
  it('is read from the first and the last line', () => {
    expect(loggedSession(ID, FIRST, LAST)).to.deep.equal({
      id: ID,
      startedAt: new Date('2026-11-23T17:00:00.000Z'),
      command: 'login',
      flags: ['--json'],
      exitCode: 64,
      durationMs: 12,
    })
  })

  it('has no end when the process was killed in the middle of a line', () => {
    const {exitCode, durationMs} = loggedSession(ID, FIRST, '{"event":"session.en') ?? {}
    expect([exitCode, durationMs]).to.deep.equal([undefined, undefined])
  })

  it('accepts any content', () => {
    const startedAt = new Date('2026-11-23T17:00:00.123Z')
    const nothing = {
      id: ID,
      startedAt,
      command: '',
      flags: [],
      exitCode: undefined,
      durationMs: undefined,
    }
    expect(loggedSession(ID, '', '')).to.deep.equal(nothing)
    expect(loggedSession(ID, '[]', 'null')).to.deep.equal(nothing)
    expect(loggedSession(ID, '{"time":1,"command":[],"flags":[1,{}]}', LAST)?.command).to.equal('')
    expect(loggedSession(ID, '{"command":"\\u001b[2J"}', LAST)?.command).to.equal('[2J')
    expect(loggedSession('nonsense', FIRST, LAST)).to.equal(undefined)
  })
})
