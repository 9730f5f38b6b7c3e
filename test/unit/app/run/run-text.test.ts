import {expect} from 'chai'
import {paletteFor} from '../../../../src/app/palette.js'
import {
  durationText,
  outcomeText,
  runText,
  troubleText,
  windowText,
} from '../../../../src/app/run/run-text.js'
import {RunRefusedError} from '../../../../src/domain/errors/run.js'
import {makeRun, RUN_ID} from '../../../support/make-run.js'

const palette = paletteFor(false)
const now = new Date('2026-11-23T16:01:00Z')

describe('the texts of a run', () => {
  it('say which run it is', () => {
    const lines = runText(makeRun(), 'ada/engine', {palette, now}).split('\n')
    expect(lines[0]).to.equal(`Run ${RUN_ID}`)
    expect(lines.slice(1).map((line) => line.trim().split(/ +/)[0])).to.deep.equal([
      ...['status', 'started', 'harness', 'repository', 'branch'],
    ])
    expect(lines.at(-2)).to.match(/ada\/engine$/)
    expect(lines.at(-1)).to.match(/mogplex\/mend from main$/)
  })

  it('say how it ended, how long it took, and why it failed', () => {
    expect(outcomeText(makeRun({status: 'success'}), palette)).to.equal(
      'Run ended: success after 20s',
    )
    expect(outcomeText(makeRun({status: 'failed', error: 'No memory.'}), palette)).to.equal(
      'Run ended: failed after 20s: No memory.',
    )
  })

  it('say what cannot be seen, and that it is tried again', () => {
    expect(windowText(200)).to.match(/only the first 200 events/)
    expect(troubleText(new RunRefusedError('h', 'why'), 2500)).to.equal(
      'h refuses: why. Still trying, next in 2s; the run goes on.',
    )
  })

  it('say how long', () => {
    const texts = [7000, 133_000, 3_720_000].map(durationText)
    expect(texts).to.deep.equal(['7s', '2m 13s', '1h 02m'])
  })
})
