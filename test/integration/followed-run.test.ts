import {expect} from 'chai'
import {setFlagsFromString} from 'node:v8'
import {runInNewContext} from 'node:vm'
import {heapWhileFollowing, requestsOfQuietHour} from '../support/followed-run.js'

describe('following a run', function () {
  this.timeout(120_000)

  it('sends at most 200 requests in an hour in which nothing happens', async () => {
    expect(await requestsOfQuietHour()).to.be.within(100, 200)
  })

  it('does not accumulate memory, however often it polls', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const {before, after} = await heapWhileFollowing(300, 200, collectGarbage)
    // An answer is half a MB: if they were kept, that would be a hundred MB and more.
    expect(after - before).to.be.below(20)
  })
})
