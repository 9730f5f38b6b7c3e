import {expect} from 'chai'
import {pause} from '../../../src/adapters/pause.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'

async function endOf(signal: AbortSignal): Promise<unknown> {
  return pause(60_000, signal).catch((error: unknown) => error)
}

describe('pause', () => {
  it('ends after its time', async () => {
    await pause(1)
    await pause(1, new AbortController().signal)
  })

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController()
    const reason = new CancelledError('Enough.', 'Run it again.')
    const ended = endOf(controller.signal)
    controller.abort(reason)
    expect(await ended).to.equal(reason)
    expect(await endOf(controller.signal)).to.equal(reason)
  })

  it('is cancelled by a signal without a reason', async () => {
    expect(await endOf(AbortSignal.abort())).to.be.instanceOf(CancelledError)
  })
})
