import {expect} from 'chai'
import {InterruptibleWork} from '../../../../src/app/composer/interruptible-work.js'
import {CancelledError} from '../../../../src/domain/errors/cancelled.js'

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

async function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
}

describe('InterruptibleWork', () => {
  it('returns the result of the work, and throws its errors', async () => {
    const work = new InterruptibleWork()
    expect(await work.run(async () => Promise.resolve(3))).to.equal(3)
    const error = new Error('no')
    expect(await failureOf(work.run(async () => Promise.reject(error)))).to.equal(error)
    expect(work.isRunning).to.equal(false)
  })

  it('is interrupted once', async () => {
    const work = new InterruptibleWork()
    expect(work.interrupt()).to.equal(false)
    const failure = failureOf(work.run(aborted))
    expect(work.isRunning).to.equal(true)
    expect([work.interrupt(), work.interrupt()]).to.deep.equal([true, false])
    expect(await failure).to.be.instanceOf(CancelledError)
    expect(work.interrupt()).to.equal(false)
  })

  it('is abandoned when it ignores that, and otherwise ends by itself', async () => {
    const work = new InterruptibleWork()
    const heedless = failureOf(work.run(async () => new Promise(() => {})))
    work.giveUp()
    expect(await heedless).to.be.instanceOf(CancelledError)
    const own = new Error('its own')
    const heeding = failureOf(
      work.run(async (signal) => aborted(signal).catch(async () => Promise.reject(own))),
    )
    work.giveUp()
    expect(await heeding).to.equal(own)
  })
})
