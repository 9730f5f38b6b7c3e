import {expect} from 'chai'
import {listenForInterrupt} from '../../../src/terminal/interrupt.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {TimedOutError} from '../../../src/domain/errors/remote.js'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function listeners(): number[] {
  return SIGNALS.map((name) => process.listenerCount(name))
}

describe('listenForInterrupt', () => {
  const reason = new CancelledError('It was interrupted.', 'Run it again.')

  it('aborts with the reason, once', () => {
    const listening = listenForInterrupt(reason)
    expect(listening.signal.aborted).to.equal(false)
    listening.interrupt()
    listening.interrupt()
    expect(listening.signal.reason).to.equal(reason)
    listening.release()
  })

  it('listens to the given signals, and to no other', () => {
    const before = listeners()
    const [ctrlC = 0, ...others] = before
    const listening = listenForInterrupt(reason, {names: ['SIGINT']})
    expect(listeners()).to.deep.equal([ctrlC + 1, ...others])
    listening.release()
    expect(listeners()).to.deep.equal(before)
  })

  it('listens to the three signals until it is released', () => {
    const before = listeners()
    const listening = listenForInterrupt(reason)
    expect(listeners()).to.deep.equal(before.map((count) => count + 1))
    listening.release()
    expect(listeners()).to.deep.equal(before)
  })

  it('aborts with the reason of a time limit when that has passed, and not once it is released', async () => {
    const limit = {seconds: 0, reason: new TimedOutError('It', 0)}
    const released = listenForInterrupt(reason, {limit})
    released.release()
    const listening = listenForInterrupt(reason, {limit})
    await new Promise((resolve) => listening.signal.addEventListener('abort', resolve))
    expect(listening.signal.reason)
      .to.equal(limit.reason)
      .and.include({code: 'TIMED_OUT', exitCode: 69})
    expect(released.signal.aborted).to.equal(false)
    listening.release()
  })
})
