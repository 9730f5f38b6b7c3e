import {expect} from 'chai'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {BACK, outcomeText, troubleText, windowText} from '../../../../src/app/run/run-text.js'
import {textView} from '../../../../src/app/run/text-view.js'
import {RemoteError} from '../../../../src/domain/errors/remote.js'
import {makeEvent, makeRun, RUN_ID} from '../../../support/make-run.js'

const palette = paletteFor(false)

function view() {
  const written = {stdout: '', stderr: ''}
  const to = (name: 'stderr' | 'stdout') => ({write: (text: string) => (written[name] += text)})
  const now = () => new Date('2026-11-23T16:00:00Z')
  const shown = textView({stdout: to('stdout'), stderr: to('stderr'), palette, now})
  return {written, shown}
}

describe('textView', () => {
  it('prints the run once, and changes of its status', () => {
    const {written, shown} = view()
    shown.show({type: 'run', run: makeRun()}, 'ada/mend')
    expect(written.stdout).to.include(RUN_ID).and.include('ada/mend')
    const before = written.stdout
    shown.show({type: 'run', run: makeRun()}, 'ada/mend')
    expect(written.stdout).to.equal(before)
    shown.show({type: 'run', run: makeRun({status: 'success'})}, 'ada/mend')
    expect(written.stdout.slice(before.length)).to.equal('Status: success\n')
    expect(written.stderr).to.equal('')
  })

  it('prints each event, that the window is full, and the outcome', () => {
    const {written, shown} = view()
    shown.show({type: 'event', event: makeEvent()}, undefined)
    expect(written.stdout).to.match(/Hello\.\n$/)
    shown.show({type: 'window', shown: 500}, undefined)
    const run = makeRun({status: 'failed'})
    shown.end(run)
    expect(written.stdout).to.include(windowText(500)).and.include(outcomeText(run, palette))
  })

  it('reports a failure once until it is over, on stderr', () => {
    const {written, shown} = view()
    const error = new RemoteError('It is away.')
    const trouble = {type: 'trouble', error, retryMs: 5000} as const
    shown.show(trouble, undefined)
    shown.show(trouble, undefined)
    shown.show({type: 'back'}, undefined)
    shown.show(trouble, undefined)
    const told = troubleText(error, 5000)
    expect(written.stderr.trim().split('\n')).to.deep.equal([told, BACK, told])
    expect(written.stdout).to.equal('')
  })
})
