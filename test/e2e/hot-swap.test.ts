import {expect} from 'chai'
import {createHash} from 'node:crypto'
import {bundledWorker} from '../support/bundled-worker.js'
import {useLab} from '../support/reliability/use-lab.js'

describe('a long-running process', () => {
  const use = useLab()

  it('uses a refresh, a logout or a login of another terminal from its next request on', async () => {
    const {lab} = use
    const runner = lab.start([], {command: await bundledWorker('long-runner')})
    let asked = 0
    const next = async (): Promise<string> => {
      asked += 1
      runner.write('')
      await runner.waitFor(new RegExp(`^(.*\n){${asked}}`), 'stdout', 30_000)
      return runner.stdout.split('\n')[asked - 1] ?? ''
    }
    const inUse = (): string =>
      `200 ${createHash('sha256').update(lab.stored().accessToken).digest('hex').slice(0, 12)}`

    const first = await next()
    expect(first).to.equal(inUse())

    lab.expire()
    lab.refreshes()
    expect((await lab.run(['whoami', '--verify'])).code).to.equal(0)
    expect(lab.refreshes()).to.equal(1)
    const refreshed = await next()
    expect(refreshed).to.equal(inUse()).and.not.to.equal(first)
    expect(lab.refreshes(), 'the refresh of the other one is enough').to.equal(0)

    expect((await lab.run(['logout'])).code).to.equal(0)
    expect(await next()).to.match(/^exit 64 /)

    await lab.signIn()
    const again = await next()
    expect(again).to.equal(inUse()).and.not.to.equal(refreshed)

    lab.expire()
    expect(await next(), 'now it refreshes for all').to.equal(inUse())
    expect(lab.refreshes()).to.equal(1)
    runner.endInput()
    expect((await runner.exit).code).to.equal(0)
  }).timeout(60_000)
})
