import {expect} from 'chai'
import type {RunUpdate} from '../../../../src/domain/run/run-source.js'
import {SeenRun} from '../../../../src/domain/run/seen-run.js'
import {makeEvent, makeEvents, makeRun} from '../../../support/make-run.js'

const WINDOW = 5

function idsOf(updates: readonly RunUpdate[]): string[] {
  return updates.map((update) => (update.type === 'event' ? update.event.id : update.type))
}

describe('SeenRun', () => {
  let seen: SeenRun
  beforeEach(() => (seen = new SeenRun(WINDOW)))
  const take = (status: string, from: number, to: number): string[] =>
    idsOf(seen.take({run: makeRun({status}), events: makeEvents(from, to)}))

  it('returns the run first, and each event once', () => {
    expect(take('streaming', 1, 2)).to.deep.equal(['run', 'e1', 'e2'])
    expect(take('streaming', 1, 2)).to.deep.equal([])
    expect(take('streaming', 1, 3)).to.deep.equal(['e3'])
  })

  it('returns an event once that occurs twice in one answer', () => {
    const events = [makeEvent(), makeEvent(), makeEvent({id: 'e2'})]
    expect(idsOf(seen.take({run: makeRun(), events}))).to.deep.equal(['run', 'e1', 'e2'])
  })

  it('returns the run again when its status, its branch or its error changes, not its timestamps', () => {
    seen.take({run: makeRun(), events: []})
    expect(seen.take({run: makeRun({updatedAt: new Date()})})).to.deep.equal([])
    for (const change of [
      {status: 'failed'},
      {status: 'failed', error: 'why'},
      {status: 'failed', error: 'why', branch: {base: 'main', working: 'other'}},
    ]) {
      expect(idsOf(seen.take({run: makeRun(change)}))).to.deep.equal(['run'])
    }
  })

  it('remembers at most 50,000 events, and after that needs only the status', () => {
    let from = 1
    let told: string[] = []
    while (!seen.isWindowStill && from < 100_000) {
      told = take('streaming', from, from + 9999)
      from += 10_000
    }
    expect(from).to.equal(60_001)
    expect(told).to.deep.equal(['window'])
    expect(take('success', from, from)).to.deep.equal(['run'])
    expect(seen.isOver).to.equal(true)
  })

  it('reports once that the window is full, and after that needs only the status', () => {
    expect(take('streaming', 1, WINDOW)).to.deep.equal([
      'run',
      'e1',
      'e2',
      'e3',
      'e4',
      'e5',
      'window',
    ])
    expect(seen.isWindowStill).to.equal(false)
    expect(take('streaming', 1, WINDOW)).to.deep.equal([])
    expect(seen.isWindowStill).to.equal(true)
    expect(seen.isOver).to.equal(false)
    expect(idsOf(seen.take({run: makeRun({status: 'success'})}))).to.deep.equal(['run'])
    expect(seen.isOver).to.equal(true)
  })

  it('accepts new events, once, from a service whose window moves', () => {
    take('streaming', 1, WINDOW)
    expect(take('streaming', 3, WINDOW + 2)).to.deep.equal(['e6', 'e7'])
    expect(seen.isWindowStill).to.equal(false)
    expect(take('success', 4, WINDOW + 3)).to.deep.equal(['run', 'e8'])
    expect(seen.isOver).to.equal(true)
  })

  it('does not report it when the last event of an ended run is in the window', () => {
    const events = [...makeEvents(1, WINDOW - 1), makeEvent({id: 'last', type: 'finished'})]
    const updates = seen.take({run: makeRun({status: 'success'}), events})
    expect(idsOf(updates)).not.to.include('window')
    expect(seen.isOver).to.equal(true)
  })

  it('assumes no window when an answer has more events than requested', () => {
    expect(take('streaming', 1, WINDOW + 1)).not.to.include('window')
    expect(take('streaming', 1, WINDOW + 2)).to.deep.equal(['e7'])
  })

  it('accepts an ended run, including its last event, at once', () => {
    const events = [makeEvent({type: 'failed'})]
    seen.take({run: makeRun({status: 'failed'}), events})
    expect(seen.isOver).to.equal(true)
  })

  it('asks once more for an ended run without a last event', () => {
    take('success', 1, 2)
    expect(seen.isOver).to.equal(false)
    expect(take('success', 1, 2)).to.deep.equal([])
    expect(seen.isOver).to.equal(true)
  })

  it('accepts events after the end: it asks until nothing is new', () => {
    take('streaming', 1, 1)
    seen.take({run: makeRun({status: 'success'}), events: [makeEvent({id: 'f', type: 'finished'})]})
    expect(seen.hasEnded).to.equal(true)
    expect(seen.isOver).to.equal(false)
    expect(take('success', 2, 2)).to.deep.equal(['e2'])
    expect(seen.isOver).to.equal(false)
    expect(take('success', 2, 2)).to.deep.equal([])
    expect(seen.isOver).to.equal(true)
  })

  it('does not ask forever, whatever still comes', () => {
    take('success', 1, 1)
    for (const id of [2, 3]) {
      take('success', id, id)
      expect(seen.isOver).to.equal(false)
    }
    take('success', 4, 4)
    expect(seen.isOver).to.equal(true)
  })
})
