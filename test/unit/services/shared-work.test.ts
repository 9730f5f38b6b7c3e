import {expect} from 'chai'
import {SharedWork} from '../../../src/services/shared-work.js'
import {failureOf} from './refresh-fixture.js'

/** Work that continues until a test ends it. */
function slowWork() {
  let given: AbortSignal | undefined
  let end = (_result: string): void => undefined
  let fail = (_error: Error): void => undefined
  const work = new SharedWork(
    async (signal) =>
      new Promise<string>((resolve, reject) => {
        ;[given, end, fail] = [signal, resolve, reject]
      }),
  )
  const isTold = (): boolean => given?.aborted === true
  return {work, end, fail, isTold, reason: (): unknown => given?.reason}
}

describe('SharedWork', () => {
  it('returns its result to all who wait, and to later callers', async () => {
    const {work, end} = slowWork()
    const both = Promise.all([work.wait(), work.wait(new AbortController().signal)])
    end('done')
    expect(await both).to.deep.equal(['done', 'done'])
    expect(await work.wait()).to.equal('done')
  })

  it('throws its failure to all who wait', async () => {
    const {work, fail} = slowWork()
    const both = Promise.all([failureOf(work.wait()), failureOf(work.wait())])
    const failure = new Error('It failed.')
    fail(failure)
    expect(await both).to.deep.equal([failure, failure])
  })

  it('releases one at once, and continues for the others', async () => {
    for (const place of [0, 1]) {
      const {work, end, isTold} = slowWork()
      const callers = [new AbortController(), new AbortController()]
      const waits = callers.map(async ({signal}) => work.wait(signal))
      const reason = new Error('Enough.')
      callers[place]?.abort(reason)
      expect(await failureOf(waits[place] ?? Promise.resolve())).to.equal(reason)
      expect([isTold(), work.isGivenUp]).to.deep.equal([false, false])
      end('done')
      expect(await waits[1 - place]).to.equal('done')
    }
  })

  it('is aborted when the last one gives up, who waits for the result', async () => {
    const {work, fail, isTold, reason} = slowWork()
    const callers = [new AbortController(), new AbortController()]
    const [first, last] = callers.map(async ({signal}) => failureOf(work.wait(signal)))
    const [early, late] = [new Error('Enough.'), new Error('Me, too.')]
    callers[0]?.abort(early)
    callers[1]?.abort(late)
    expect(await first).to.equal(early)
    expect([isTold(), work.isGivenUp, reason()]).to.deep.equal([true, true, late])
    const stopped = new Error('It was stopped.')
    fail(stopped)
    expect(await last).to.equal(stopped)
  })

  it('is aborted when the only one had given up before', async () => {
    const {work, fail, isTold} = slowWork()
    const wait = failureOf(work.wait(AbortSignal.abort(new Error('Enough.'))))
    expect(isTold()).to.equal(true)
    const stopped = new Error('It was stopped.')
    fail(stopped)
    expect(await wait).to.equal(stopped)
  })

  it('is not aborted by a caller that gives up when it is done', async () => {
    const {work, end, isTold} = slowWork()
    const caller = new AbortController()
    const wait = work.wait(caller.signal)
    end('done')
    expect(await wait).to.equal('done')
    caller.abort(new Error('Enough.'))
    expect(isTold()).to.equal(false)
  })
})
