import {expect} from 'chai'
import {parseRun} from '../../src/domain/run.js'
import {parseEvents} from '../../src/domain/run-event.js'
import {durationText, agoText} from '../../src/text/duration.js'
import {runText, statusText} from '../../src/text/run-text.js'
import {eventsText} from '../../src/text/tables.js'

const NOW = new Date('2026-08-01T10:05:00Z')
const GIVEN = {
  runId: 'r1',
  status: 'streaming',
  harness: 'codex',
  repoId: 'id-of-repo',
  error: null,
  branch: {base: 'main', working: 'mogplex/x'},
  createdAt: '2026-08-01T10:02:47Z',
  updatedAt: '2026-08-01T10:04:00Z',
}
const DISPLAY_OPTIONS = {
  now: NOW,
  color: false,
  site: 'https://m.example',
  attach: 'mogplex attach',
  repository: 'ada/engine',
}

describe('a run as text', () => {
  it('shows its status, its duration, its address, and how to follow it', () => {
    expect(runText(parseRun(GIVEN), DISPLAY_OPTIONS).split('\n')).to.deep.equal([
      'Run r1',
      '  status      streaming for 2m 13s',
      '  repository  ada/engine',
      '  branch      mogplex/x from main',
      '  harness     codex',
      '  started     2m 13s ago',
      '  address     https://m.example/api/v1/mogplex/runs/r1',
      '  follow      mogplex attach r1',
    ])
  })

  it('shows how long it took, and why it failed', () => {
    const failed = parseRun({...GIVEN, status: 'failed', error: 'Out of\u001B[2J memory.'})
    const text = runText(failed, {...DISPLAY_OPTIONS, repository: undefined})
    expect(text).to.match(/ {2}status {6}failed after 1m 13s\n {2}repository {2}id-of-repo\n/)
    expect(text).to.include('error       Out of [2J memory.')
    expect(text).to.include('look        mogplex attach r1')
  })

  it('has a colour for each status, and none for an unknown one', () => {
    const inColour = (status: string): string =>
      statusText(parseRun({...GIVEN, status, createdAt: undefined}), {now: NOW, color: true})
    expect(inColour('success')).to.equal('\u001B[32msuccess\u001B[39m')
    expect(inColour('failed')).to.equal('\u001B[31mfailed\u001B[39m')
    expect(inColour('pending')).to.equal('\u001B[36mpending\u001B[39m')
    expect(inColour('napping')).to.equal('napping')
  })

  it('formats durations for people', () => {
    expect([0, 59_999, 133_000, 3_720_000, 200_000_000, -5].map(durationText)).to.deep.equal([
      '0s',
      '59s',
      '2m 13s',
      '1h 02m',
      '2d 7h',
      '0s',
    ])
    expect(agoText(undefined, NOW)).to.equal('')
  })

  it('lists events', () => {
    const events = parseEvents([{type: 'finished', message: 'Done.'}])
    expect(eventsText(events, {now: NOW, color: true, width: 60}).split('\n')[1]).to.equal(
      '      \u001B[32mfinished\u001B[39m  Done.',
    )
  })
})
