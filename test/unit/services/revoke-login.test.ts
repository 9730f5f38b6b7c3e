import {expect} from 'chai'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {revokeLogin} from '../../../src/services/revoke-login.js'
import {ISSUER, makeLogin} from '../../support/make-credential.js'

const ENDS = {
  accessTokenEnds: new Date('2026-11-23T17:00:00.000Z'),
  refreshTokenEnds: new Date('2026-12-23T16:00:00.000Z'),
}

describe('revokeLogin', () => {
  it('sends nothing for a login that the server has ended', async () => {
    const at = new Date('2026-11-23T12:00:00.000Z')
    const login = makeLogin({rejected: {at, why: 'invalid_grant'}})
    const report = await revokeLogin(login, async () => Promise.reject(new Error('asked')))
    expect(report).to.deep.equal({state: 'over', issuer: ISSUER, since: at})
  })

  it('says when the tokens expire where the server has no revocation endpoint', async () => {
    const report = await revokeLogin(makeLogin(), async () => Promise.resolve(false))
    expect(report).to.deep.equal({state: 'not-offered', issuer: ISSUER, ...ENDS})
  })

  it('says why not, in the words of the error, and when the tokens expire', async () => {
    const failure = new RemoteError('mogplex.com is in trouble: it answers 503.')
    const report = await revokeLogin(makeLogin(), async () => Promise.reject(failure))
    const why = 'mogplex.com is in trouble: it answers 503.'
    expect(report).to.deep.equal({state: 'failed', issuer: ISSUER, why, ...ENDS})
  })

  it('gives the server five seconds, and reports that they were not enough', async () => {
    let given: AbortSignal | undefined
    const report = await revokeLogin(makeLogin({expiresAt: undefined}), async (_login, signal) => {
      given = signal
      return Promise.reject(new DOMException('hunter2', 'TimeoutError'))
    })
    expect(given?.aborted).to.equal(false)
    const why = 'mogplex.com did not answer within 5 s.'
    const ends = {...ENDS, accessTokenEnds: undefined}
    expect(report).to.deep.equal({state: 'failed', issuer: ISSUER, why, ...ends})
  })
})
