import {expect} from 'chai'
import {parseEvents} from '../../src/domain/run-event.js'
import {hasEnded, parseRun, requireRunId} from '../../src/domain/run.js'
import {parseSandboxes} from '../../src/domain/sandbox.js'

describe('a run', () => {
  it('is parsed with all known fields, and keeps the original', () => {
    const given = {
      runId: 'r1',
      status: 'napping',
      branch: {base: 'main'},
      createdAt: 'never',
      more: 1,
    }
    const run = parseRun(given)
    expect(run).to.include({id: 'r1', status: 'napping', base: 'main', working: '', error: ''})
    expect(run.createdAt).to.equal(undefined)
    expect(run.given).to.equal(given)
    expect(hasEnded(run)).to.equal(false)
    expect(hasEnded({status: 'cancelled'})).to.equal(true)
  })

  for (const value of [undefined, null, [], 'run', {}, {runId: 'a/b', status: 'x'}, {runId: 'a'}]) {
    it(`is not ${JSON.stringify(value)}: 69`, () => {
      expect(() => parseRun(value))
        .to.throw('The service did not answer with a run.')
        .that.includes({exitCode: 69})
    })
  }

  for (const id of ['', 'a/b', '..', 'a b', 'x'.repeat(129)]) {
    it(`has no id ${JSON.stringify(id.slice(0, 9))}: 2`, () => {
      expect(() => requireRunId(id))
        .to.throw('not a run id')
        .that.includes({exitCode: 2})
    })
  }

  it('has events with a text for their contents', () => {
    const events = parseEvents([
      {type: 'log', message: 'a\u001B[31mb', createdAt: '2026-08-01T10:00:00Z'},
      {type: 'status_changed', payload: {from: 'pending', to: 'streaming'}},
      {type: 'tool_finished', toolName: 'shell', payload: {exitCode: 0}},
      {payload: {}},
      3,
    ])
    expect(events.map(({message}) => message)).to.deep.equal([
      'a [31mb',
      'pending → streaming',
      '{"exitCode":0}',
      '',
    ])
    expect(events[2]?.tool).to.equal('shell')
  })

  it('has a sandbox, of any shape', () => {
    expect(parseSandboxes([{id: 's1', status: 7}, {}])).to.have.length(2)
    expect(parseSandboxes({})).to.deep.equal([])
  })
})
