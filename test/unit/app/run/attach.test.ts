import {expect} from 'chai'
import {ringingAtEnd} from '../../../../src/app/run/attach.js'
import type {RunView} from '../../../../src/app/run/run-view.js'
import {makeRun} from '../../../support/make-run.js'

describe('ringingAtEnd', () => {
  /** @returns what was shown, and whether the bell rang */
  function watch(statuses: readonly string[], ageMs: number, watchedMs: number) {
    const done: string[] = []
    let now = 1_000_000
    const shown: RunView = {
      namesRepository: false,
      show: (update) => void done.push(update.type),
      end: () => void done.push('end'),
      close: () => undefined,
    }
    const stdout = {write: (text: string) => done.push(text)}
    const view = ringingAtEnd(shown, stdout, () => new Date(now))
    for (const status of statuses) {
      view.show({type: 'run', run: makeRun({status, ageMs})}, undefined)
      now += watchedMs
    }
    view.end(makeRun({status: statuses.at(-1) ?? ''}))
    return done
  }

  it('rings after the end of a run that took over a minute, watched or not', () => {
    expect(watch(['streaming', 'success'], 0, 31_000)).to.deep.equal([
      'run',
      'run',
      'end',
      '\u0007',
    ])
    expect(watch(['pending', 'failed'], 60_000, 1)).to.include('\u0007')
  })

  it('does not ring for a short one, nor for one that had already ended', () => {
    expect(watch(['streaming', 'success'], 0, 30_000)).to.deep.equal(['run', 'run', 'end'])
    expect(watch(['success'], 600_000, 1)).to.deep.equal(['run', 'end'])
  })
})
