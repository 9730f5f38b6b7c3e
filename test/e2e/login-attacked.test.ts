import {expect} from 'chai'
import {once} from 'node:events'
import {createServer} from 'node:net'
import {badCallbacks} from '../support/reliability/bad-callbacks.js'
import {expectNoLoss, useLab} from '../support/reliability/use-lab.js'
import {addressOn} from '../support/sign-in-stage.js'
import {isFree} from '../support/free-ports.js'
import {onCleanup} from '../support/cleanup.js'

describe('a login under attack', () => {
  const use = useLab()

  it('succeeds, without growing memory, after hundreds of bad callbacks', async () => {
    const result = await badCallbacks(use.lab, {callbacks: 800})
    expectNoLoss(result)
    const [early = 0, most = Infinity] = [...result.notes.values()]
    expect(most - early, 'MB').to.be.below(80)
  }).timeout(120_000)

  it('reveals nothing to a program that occupied its port first', async () => {
    const {lab} = use
    const [first = 0] = (lab.env.MOGPLEX_CALLBACK_PORTS ?? '').split(',').map(Number)
    let heard = 0
    const squatter = createServer((socket) => {
      heard += 1
      socket.destroy()
    })
    squatter.listen(first, '127.0.0.1')
    await once(squatter, 'listening')
    onCleanup(() => void squatter.close())
    const login = lab.start(['login', '--no-browser'])
    const address = await addressOn(login)
    expect(address).not.to.include(`%3A${first}%2F`)
    await lab.server.browser().visit(address)
    const {code, stderr} = await login.exit
    expect(code, stderr).to.equal(0)
    expect(heard).to.equal(0)
  }).timeout(60_000)

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`frees its port at once on ${signal}, with connections half open`, async () => {
      const login = use.lab.start(['login', '--no-browser'])
      const address = await addressOn(login)
      const {port} = new URL(new URL(address).searchParams.get('redirect_uri') ?? '')
      void fetch(`http://127.0.0.1:${port}/auth/callback`).catch(() => undefined)
      login.kill(signal)
      await login.exit
      expect(await isFree(Number(port))).to.equal(true)
      expect(use.lab.stored().rejected, 'the old login is unchanged').to.equal(undefined)
    })
  }
})
