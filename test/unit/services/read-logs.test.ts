import {expect} from 'chai'
import {NoSuchLogError} from '../../../src/domain/errors/logs.js'
import {UsageError} from '../../../src/domain/errors/usage.js'
import {listLogs, type LogPorts, showLog} from '../../../src/services/read-logs.js'

const OLD = '2026-11-22T17-00-00-123Z-a1b2c3'
const NEW = '2026-11-23T17-00-00-123Z-a1b2c3'

function ports(ids: readonly string[] = [OLD, NEW]): LogPorts {
  return {
    ids: () => ids,
    pathOf: (id) => `/logs/${id}`,
    edgesOf: (path) => ({
      first: `{"command":"login","flags":["${path}"]}`,
      last: '{"event":"session.ended","exitCode":0}',
    }),
    linesOf: (path) => [
      {line: 1, text: `${path} hunter2`, toldBefore: 0, isWhole: true},
      {line: 2, text: 'begins', toldBefore: 0, isWhole: false},
      {line: 2, text: 'goes on', toldBefore: 3, isWhole: false},
      {line: 3, text: 'last', toldBefore: 0, isWhole: true},
    ],
    redact: (text) => text.replace('hunter2', '[redacted]'),
  }
}

describe('listLogs', () => {
  it('lists the newest session first', () => {
    expect(listLogs(ports()).map(({id, exitCode}) => [id, exitCode])).to.deep.equal([
      [NEW, 0],
      [OLD, 0],
    ])
  })
})

describe('showLog', () => {
  it('shows the newest log, redacted with current secrets, and leaves out lines that are too long', () => {
    const {id, lines} = showLog(ports())
    expect(id).to.equal(NEW)
    expect([...lines]).to.deep.equal([`/logs/${NEW} [redacted]`, undefined, 'last'])
  })

  it('shows the requested one', () => {
    expect(showLog(ports(), OLD).path).to.equal(`/logs/${OLD}`)
  })

  it('accepts any unique part of an id', () => {
    expect(showLog(ports(), '11-22').id).to.equal(OLD)
  })

  it('accepts a whole id that is also a part of another one', () => {
    expect(showLog(ports([OLD, `${OLD}9`]), OLD).id).to.equal(OLD)
  })

  it('names the matches of an ambiguous part, the newest first: exit 2', () => {
    expect(() => showLog(ports(), 'a1b2c3'))
      .to.throw(UsageError, new RegExp(`${NEW}\\s+${OLD}`))
      .with.property('exitCode', 2)
  })

  for (const id of ['', '..', 'nonsense', '/etc/passwd', `${OLD}/../x`, '\u001b[2J']) {
    it(`rejects ${JSON.stringify(id)} as an id: exit 2`, () => {
      expect(() => showLog(ports(), id))
        .to.throw(UsageError)
        .with.property('exitCode', 2)
    })
  }

  it('reports that there is no such log, or none at all: exit 1', () => {
    const absent = '2026-11-21T17-00-00-123Z-a1b2c3'
    expect(() => showLog(ports(), absent)).to.throw(NoSuchLogError, absent)
    expect(() => showLog(ports([]))).to.throw(NoSuchLogError, new NoSuchLogError(undefined).message)
  })
})
