import {expect} from 'chai'
import {NoSuchRunError} from '../../../src/domain/errors/run.js'
import type {RunSource, RunUpdate} from '../../../src/domain/run/run-source.js'
import {rememberedRuns} from '../../../src/services/remember-runs.js'
import {makeEvent, makeRun, RUN_ID} from '../../support/make-run.js'

describe('rememberedRuns', () => {
  let remembered: string[]

  async function follow(updates: () => Iterable<RunUpdate>): Promise<RunUpdate[]> {
    remembered = []
    const source: RunSource = {
      async *follow() {
        yield* updates()
        await Promise.resolve()
      },
      cancel: async () => Promise.resolve({wasOver: false}),
      repositoryName: async () => Promise.resolve(undefined),
    }
    const runs = rememberedRuns(source, async (id, {status}) => {
      remembered.push(`${id} ${status}`)
      return Promise.resolve()
    })
    const told: RunUpdate[] = []
    for await (const update of runs.follow(RUN_ID, new AbortController().signal)) told.push(update)
    return told
  }

  it('remembers a run once, and passes on all its updates', async () => {
    const updates: RunUpdate[] = [
      {type: 'run', run: makeRun()},
      {type: 'event', event: makeEvent()},
      {type: 'run', run: makeRun({status: 'success'})},
    ]
    expect(await follow(() => updates)).to.deep.equal(updates)
    expect(remembered).to.deep.equal([`${RUN_ID} streaming`])
  })

  it('does not remember an unknown run', async () => {
    const error: unknown = await follow(() => {
      throw new NoSuchRunError(RUN_ID, 'ada@example.com')
    }).catch((thrown: unknown) => thrown)
    expect(error).to.be.an.instanceOf(NoSuchRunError)
    expect(remembered).to.deep.equal([])
  })
})
