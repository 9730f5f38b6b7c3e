import {expect} from 'chai'
import {
  beat,
  holdRefresh,
  stop,
  untilStopped,
  wake,
} from '../support/reliability/stopped-refreshers.js'
import {useLab} from '../support/reliability/use-lab.js'
import {preload, shorterWaits} from '../support/preload.js'

describe('a refresh that hangs', () => {
  const use = useLab()

  it('loses to a logout, which does not wait for it', async () => {
    const {lab} = use
    const {meanwhile, refresher, tokens} = await beat(lab, 'logout')
    expect(meanwhile.code, meanwhile.stderr).to.equal(0)
    expect(refresher.code, refresher.stderr).to.equal(64)
    expect(lab.text()).not.to.include('accessToken')
    expect(await lab.server.knows(tokens.accessToken), 'it is of no use to anybody').to.equal(false)
    expect(lab.beside()).to.deep.equal([])
  }).timeout(60_000)

  it('loses to another login, which it then uses', async () => {
    const {lab} = use
    const {grantId} = lab.stored()
    const {meanwhile, refresher, tokens} = await beat(lab, 'login')
    expect(meanwhile.code, meanwhile.stderr).to.equal(0)
    expect(refresher.code, refresher.stderr).to.equal(0)
    expect(lab.stored().grantId).not.to.equal(grantId)
    expect(lab.text()).not.to.include(tokens.accessToken).and.not.to.include(tokens.refreshToken)
    expect(await lab.server.knows(lab.stored().accessToken)).to.equal(true)
    expect(await lab.server.knows(lab.stored().refreshToken ?? '')).to.equal(true)
  }).timeout(60_000)

  it('loses to a logout even when it was stopped in the middle of its write', async () => {
    const {lab} = use
    lab.expire()
    const env = preload('stopped-at-rename.cjs')
    const refresher = lab.start(['whoami', '--verify'], {env})
    await untilStopped(refresher.pid)
    const logout = await lab.run(['logout'], {env: shorterWaits})
    expect(logout.code, logout.stderr).to.equal(0)
    expect(lab.text()).not.to.include('accessToken')
    wake(refresher)
    const {code, stderr} = await refresher.exit
    expect(code, stderr).to.equal(64)
    expect(lab.text()).not.to.include('accessToken')
    expect(lab.beside()).to.deep.equal([])
  }).timeout(60_000)

  it('does not delay processes whose access token is valid', async () => {
    const {lab} = use
    lab.age()
    const held = holdRefresh(lab)
    const refresher = lab.start(['whoami', '--verify'])
    await held.arrived
    await stop(refresher)
    const {code, stderr} = await lab.run(['whoami', '--verify'], {env: shorterWaits})
    expect(code, stderr).to.equal(0)
    held.release()
    wake(refresher)
    expect((await refresher.exit).code).to.equal(0)
    expect(await lab.server.knows(lab.stored().accessToken)).to.equal(true)
  }).timeout(60_000)

  it('is finished before Ctrl+C ends the command', async () => {
    const {lab} = use
    lab.expire()
    const held = holdRefresh(lab)
    const refresher = lab.start(['whoami', '--verify'])
    const {accessToken, refreshToken} = await held.arrived
    refresher.kill('SIGINT')
    held.release()
    const {signal, code} = await refresher.exit
    expect(signal ?? code).to.be.oneOf(['SIGINT', 130])
    expect(lab.stored()).to.include({accessToken, refreshToken})
    expect(lab.beside()).to.deep.equal([])
  }).timeout(60_000)
})
