import {expect} from 'chai'
import {PassThrough, Writable} from 'node:stream'
import {liveView} from '../../../../src/app/run/live-view.js'
import {watchRun} from '../../../../src/app/run/watch-run.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'
import type {RunSource} from '../../../../src/domain/run/run-source.js'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {RUN_ID} from '../../../support/make-run.js'

/** A source of runs without any updates. */
const silent: RunSource = {
  // eslint-disable-next-line require-yield -- it waits until nobody watches any more
  async *follow(_runId, signal) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    signal.throwIfAborted()
  },
  cancel: async () => Promise.resolve({wasOver: false}),
  repositoryName: async () => Promise.resolve(undefined),
}

describe('watchRun', () => {
  it('says on a signal that the run was left and continues, and how to attach again', async () => {
    const stream = new PassThrough() as unknown as NodeJS.WriteStream
    const watched = watchRun({
      source: silent,
      runId: RUN_ID,
      view: {namesRepository: false, show() {}, end() {}, close() {}},
      timeoutSeconds: undefined,
      stdout: stream,
      stderr: stream,
      stdin: undefined,
      isPatient: false,
    }).catch((error: unknown) => error)
    process.emit('SIGHUP')
    const error = await watched
    expect(error).to.be.an.instanceOf(CancelledError)
    expect(error).to.include({
      message: 'Left the run, which goes on.',
      remedy: `Run \`mogplex attach ${RUN_ID}\` to follow it again.`,
    })
  })

  it('draws nothing before signals are handled', async () => {
    const before = process.listenerCount('SIGTERM')
    const heard: boolean[] = []
    const stdout = new Writable({
      write(_text, _encoding, done) {
        heard.push(process.listenerCount('SIGTERM') > before)
        done()
      },
    }) as unknown as NodeJS.WriteStream
    const view = liveView({
      env: {},
      stdout,
      palette: paletteFor(false),
      now: () => new Date(),
      unicode: true,
      hint: 'q leaves',
    })
    const watched = watchRun({
      source: silent,
      runId: RUN_ID,
      view,
      timeoutSeconds: undefined,
      stdout,
      stderr: stdout,
      stdin: undefined,
      isPatient: false,
    }).catch((error: unknown) => error)
    expect(heard).to.include(true).and.not.to.include(false)
    process.emit('SIGTERM')
    expect(await watched).to.be.an.instanceOf(CancelledError)
  })
})
