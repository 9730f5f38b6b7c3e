import {expect} from 'chai'
import {
  RemoteError,
  UnavailableError,
  UnreachableError,
} from '../../../../src/domain/errors/remote.js'
import {
  LONGEST_REFRESH_MS,
  type RefreshStart,
  RefreshTroubles,
} from '../../../../src/domain/refresh/refresh-troubles.js'
import {NOW} from '../../../support/make-credential.js'

const CUT = new UnreachableError('It was cut.')
const FAILED = new RemoteError('It answers 500.')
const SOON = new UnavailableError('It answers 503.', 'Wait.', 0)

function begun(changes: Partial<RefreshStart> = {}): RefreshTroubles {
  return new RefreshTroubles({begun: NOW, isOver: true, wasCut: false, ...changes})
}

function after(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000)
}

describe('RefreshTroubles', () => {
  it('repeats a lost request once, and an unprocessed one three times, in any order', () => {
    const troubles = begun()
    expect(troubles.mayBeSpent).to.equal(false)
    const waits = [SOON, CUT, SOON, FAILED, SOON, SOON].map((error) =>
      troubles.waitAfter(error, 'tokens', NOW),
    )
    expect(waits).to.deep.equal([300, 0, 300, undefined, 300, undefined])
    expect(troubles.mayBeSpent).to.equal(true)
  })

  it('repeats no lost request while the access token is valid', () => {
    const troubles = begun({isOver: false})
    expect(troubles.waitAfter(SOON, 'tokens', NOW)).to.equal(300)
    expect(troubles.waitAfter(CUT, 'tokens', NOW)).to.equal(undefined)
    expect(troubles.mayBeSpent).to.equal(true)
  })

  it('counts an earlier loss as the first one', () => {
    const troubles = begun({wasCut: true})
    expect(troubles.mayBeSpent).to.equal(true)
    expect(troubles.waitAfter(SOON, 'tokens', NOW)).to.equal(300)
    expect(troubles.waitAfter(CUT, 'tokens', NOW)).to.equal(undefined)
  })

  it('does not count a lost metadata request', () => {
    const troubles = begun()
    const waits = [CUT, FAILED, SOON, CUT].map((error) =>
      troubles.waitAfter(error, 'metadata', NOW),
    )
    expect(waits).to.deep.equal([250, 500, 300, undefined])
    expect(troubles.mayBeSpent).to.equal(false)
    expect(begun({isOver: false}).waitAfter(CUT, 'metadata', NOW)).to.equal(undefined)
  })

  it('ends after 15 s, except for a lost request', () => {
    expect(begun().waitAfter(SOON, 'tokens', after(15))).to.equal(undefined)
    expect(begun().waitAfter(CUT, 'metadata', after(15))).to.equal(undefined)
    expect(begun().waitAfter(CUT, 'tokens', after(30))).to.equal(0)
  })

  it('gives each request its time, and the last ones less of it', () => {
    const troubles = begun()
    const times = () => [0, 9, 15].map((seconds) => troubles.timeoutMs('metadata', after(seconds)))
    expect(times()).to.deep.equal([10_000, 6000, 1000])
    expect(troubles.timeoutMs('tokens', after(15))).to.equal(20_000)
    troubles.waitAfter(CUT, 'tokens', after(35))
    expect(troubles.timeoutMs('tokens', after(35))).to.equal(10_000)
    expect(LONGEST_REFRESH_MS).to.equal(45_000)
  })
})
