import {expect} from 'chai'
import {instantOf, isRunId, isUuid, outcomeOf, parseRun} from '../../../../src/domain/run/run.js'
import {makeRun, RUN_ID} from '../../../support/make-run.js'

const WIRE = {
  runId: RUN_ID,
  status: 'streaming',
  harness: 'codex',
  repoId: 'r1',
  error: null,
  branch: {base: 'main', working: 'fix', createBranch: true},
  createdAt: '2026-11-23T16:00:00.000Z',
  updatedAt: '2026-11-23T16:00:05.000Z',
}

describe('a run', () => {
  it('is parsed from the answer, with its age by the service’s clock', () => {
    const run = parseRun(WIRE, new Date('2026-11-23T16:01:00Z'))
    expect(run).to.deep.include({runId: RUN_ID, status: 'streaming', ageMs: 60_000, error: null})
    expect(run?.branch).to.deep.equal({base: 'main', working: 'fix'})
    expect(run?.createdAt?.getTime()).to.equal(Date.parse(WIRE.createdAt))
  })

  it('has no age where the service sends no time, and never a negative one', () => {
    expect(parseRun(WIRE, undefined)?.ageMs).to.equal(undefined)
    expect(parseRun(WIRE, new Date('2020-01-01'))?.ageMs).to.equal(0)
    expect(parseRun({...WIRE, createdAt: 'soon'}, new Date())?.ageMs).to.equal(undefined)
  })

  it('needs an id and a status, and nothing else', () => {
    expect(parseRun({runId: 'r', status: 'pending'}, undefined)).to.include({
      harness: '',
      repoId: '',
      error: null,
    })
    expect(parseRun({status: 'pending'}, undefined, 'r')).to.include({runId: 'r'})
    for (const value of [undefined, null, [], 'run', {}, {runId: 'r'}, {status: 'pending'}]) {
      expect(parseRun(value, undefined)).to.equal(undefined)
    }
  })

  it('has printable texts only', () => {
    const evil = '\u001B]0;owned\u0007\u202E'
    const run = parseRun(
      {...WIRE, status: `failed${evil}`, harness: evil, error: evil, branch: {working: evil}},
      undefined,
    )
    expect(JSON.stringify(run)).not.to.match(/\\u001b|\\u0007|\u202E/)
  })

  it('has ended when its status says so, with any other fields', () => {
    for (const status of ['success', 'failed', 'cancelled']) {
      expect(outcomeOf(makeRun({status}))).to.equal(status)
    }
    for (const status of ['pending', 'streaming', 'paused', 'SUCCESS', '']) {
      expect(outcomeOf(makeRun({status}))).to.equal(undefined)
    }
  })

  it('has an id that can be part of an address', () => {
    for (const id of ['a', RUN_ID, 'run_ABC-123', 'x'.repeat(128)]) {
      expect(isRunId(id), id).to.equal(true)
    }
    for (const id of ['', 'a/b', '..', 'a b', 'a?b', 'é', 'a\n', 'x'.repeat(129)]) {
      expect(isRunId(id), id).to.equal(false)
    }
    expect(isUuid(RUN_ID)).to.equal(true)
    expect(isUuid('run_1')).to.equal(false)
  })

  it('has timestamps where they are valid', () => {
    expect(instantOf('2026-11-23T16:00:00Z')?.toISOString()).to.equal('2026-11-23T16:00:00.000Z')
    expect(parseRun({status: 'pending'}, undefined, 'r')).to.include({runId: 'r'})
    for (const value of [undefined, null, '', 'soon', 7, {}]) {
      expect(instantOf(value)).to.equal(undefined)
    }
  })
})
