import {expect} from 'chai'
import {listenForInterrupt} from '../../../src/app/interrupt.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'

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

  it('listens to those that are wanted, and to no other', () => {
    const before = listeners()
    const [ctrlC = 0, ...others] = before
    const listening = listenForInterrupt(reason, ['SIGINT'])
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
})
