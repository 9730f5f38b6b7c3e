import type {AccountReport} from '@mogplex/plugin-kit/session'
import {expect} from 'chai'
import {AccountEventQueue} from '../../../src/services/account-events.js'

const ADA: AccountReport = {
  kind: 'oauth',
  id: 'usr_ada',
  email: 'ada@example.test',
  name: 'Ada',
  scopes: ['read'],
  source: {type: 'file', path: '/home/ada/.mogplex/auth.json'},
  issuer: 'https://mogplex.example',
  expiresAt: null,
  signedInUntil: null,
  verifiedAt: null,
}
const GRACE = {...ADA, id: 'usr_grace'}
const UNKNOWN = {...ADA, id: null}

function toldOf(before?: AccountReport, after?: AccountReport): string[] {
  const queue = new AccountEventQueue()
  queue.loggedIn(before, after)
  return queue.take().map(({event}) => event)
}

describe('AccountEventQueue', () => {
  it('reports a login, and a switch where another account was there', () => {
    expect(toldOf(undefined, ADA)).to.deep.equal(['mogplex:login'])
    expect(toldOf(ADA, ADA)).to.deep.equal(['mogplex:login'])
    expect(toldOf(ADA, GRACE)).to.deep.equal(['mogplex:login', 'mogplex:account-switched'])
    const elsewhere = {...ADA, issuer: 'https://other.example'}
    expect(toldOf(ADA, elsewhere)).to.deep.equal(['mogplex:login', 'mogplex:account-switched'])
  })

  it('reports no switch while the account is unknown', () => {
    expect(toldOf(UNKNOWN, ADA)).to.deep.equal(['mogplex:login'])
    expect(toldOf(ADA, UNKNOWN)).to.deep.equal(['mogplex:login'])
    expect(toldOf(ADA, undefined)).to.deep.equal(['mogplex:login'])
  })

  it('keeps the events, in order, until they are taken, once', () => {
    const queue = new AccountEventQueue()
    expect(queue.isEmpty).to.equal(true)
    queue.loggedIn(undefined, ADA)
    queue.loggedOut(ADA)
    expect(queue.isEmpty).to.equal(false)
    expect(queue.take()).to.deep.equal([
      {event: 'mogplex:login', previous: undefined},
      {event: 'mogplex:logout', previous: ADA},
    ])
    expect(queue.take()).to.deep.equal([])
  })
})
