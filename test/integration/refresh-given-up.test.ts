import {expect} from 'chai'
import {useLab} from '../support/reliability/use-lab.js'
import {holdRefresh} from '../support/reliability/stopped-refreshers.js'
import {servicesOn} from '../support/services.js'

describe('a refresh that was sent', () => {
  const use = useLab()

  it('is stored although all callers have given up', async () => {
    const {lab} = use
    lab.expire()
    const held = holdRefresh(lab)
    const caller = new AbortController()
    const {hosted} = servicesOn(lab)
    const asked = hosted.sync({signal: caller.signal}).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    const {accessToken, refreshToken} = await held.arrived
    const reason = new Error('Enough.')
    caller.abort(reason)
    held.release()
    expect(await asked).to.equal(reason)
    expect(lab.stored()).to.include({accessToken, refreshToken})
    expect(lab.beside()).to.deep.equal([])
  })
})
