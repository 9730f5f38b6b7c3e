import {expect} from 'chai'
import {WorkQueue} from '../../../../src/services/mcp/work-queue.js'

describe('WorkQueue', () => {
  it('starts in order, respects the limit, and makes others wait', async () => {
    const lane = new WorkQueue({running: 2, waiting: 1})
    const begun: number[] = []
    const ends: (() => void)[] = []
    const added: number[] = []
    const add = async (number: number): Promise<void> => {
      await lane.add(async () => {
        begun.push(number)
        await new Promise<void>((resolve) => ends.push(resolve))
      })
      added.push(number)
    }
    const all = [1, 2, 3, 4].map(add)
    await Promise.all(all.slice(0, 3))
    expect(begun).to.deep.equal([1, 2])
    expect(added).to.deep.equal([1, 2, 3])
    ends[1]?.()
    await all[3]
    expect(begun).to.deep.equal([1, 2, 3])
    all.push(add(5))
    for (let index = 0; index < 5; index += 1) {
      ends[index]?.()
      await new Promise(setImmediate)
    }
    await lane.idle()
    expect(begun).to.deep.equal([1, 2, 3, 4, 5])
    expect(added).to.deep.equal([1, 2, 3, 4, 5])
  })

  it('is idle without work', async () => {
    await new WorkQueue({running: 1, waiting: 1}).idle()
  })
})
