import {expect} from 'chai'
import {existsSync, readFileSync} from 'node:fs'
import type {LockWait} from '../../../src/adapters/file-lock.js'
import type {OAuthCredential} from '../../../src/domain/credential/credential.js'
import {LockedError} from '../../../src/domain/errors/later.js'
import {attemptOf, type RefreshAttempt} from '../../../src/domain/refresh/refresh-attempt.js'
import type {RefreshPorts, RefreshRequest} from '../../../src/services/refresh-ports.js'
import {makeAccount, plain} from '../../support/make-account.js'
import {makeKey, NOW} from '../../support/make-credential.js'
import {
  failureOf,
  got,
  PID,
  refreshFixture,
  type RefreshWorld,
  tokensNamed,
  tokensOf,
} from './refresh-fixture.js'

const DISCOVERED = 'discover https://mogplex.com'
const ASKED = [DISCOVERED, 'ask refresh-one']
const NEW = 'access-two refresh-two'

/** Everything that a refresh could have changed, as it is on disk. */
function onDisk({path}: RefreshWorld): string {
  return readFileSync(path, 'utf8')
}

/** The right to refresh, with a function that runs just before it is acquired. */
function afterWaiting(
  {ports: {journal}}: RefreshWorld,
  happens: (patience: LockWait<unknown>) => Promise<unknown>,
): Pick<RefreshPorts, 'journal'> {
  const exclusively: RefreshPorts['journal']['exclusively'] = async (work, patience) => {
    await happens(patience)
    return journal.exclusively(work, {waitMs: 0})
  }
  return {journal: {...journal, exclusively}}
}

describe('refreshLogin', () => {
  let fixture: RefreshWorld
  beforeEach(async () => {
    fixture = await refreshFixture()
  })

  describe('sends a request to the server', () => {
    it('once, and stores the answer before it releases the lock', async () => {
      let isLockedAtWrite: boolean | undefined
      const {path, ports} = fixture
      const amend: RefreshPorts['authFile']['amend'] = async (...args) => {
        isLockedAtWrite = existsSync(`${path}.refresh.lock`)
        return ports.authFile.amend(...args)
      }
      const changes = {authFile: {...ports.authFile, amend}}
      const refreshed = await fixture.refresh({}, {changes})
      expect(got(refreshed)).to.equal(NEW)
      expect(refreshed).not.to.have.property('unstored')
      expect(fixture.steps).to.deep.equal(ASKED)
      expect(tokensOf(fixture.storedLogin())).to.equal(NEW)
      expect(isLockedAtWrite).to.equal(true)
      expect(existsSync(`${path}.refresh.lock`)).to.equal(false)
    })

    it('after it was recorded, until the answer is stored', async () => {
      const {ask} = fixture.server
      let inFlight: RefreshAttempt | undefined
      fixture.server.ask = async (login, signal) => {
        inFlight = await fixture.journal.read()
        return ask(login, signal)
      }
      await fixture.refresh()
      expect(inFlight).to.deep.equal({
        ...attemptOf(tokensNamed('one'), PID, NOW),
        failure: undefined,
      })
      expect(await fixture.journal.read()).to.equal(undefined)
    })

    it('and keeps changes of the account made meanwhile', async () => {
      const {ask} = fixture.server
      const account = makeAccount({id: 'usr_1', email: 'ada@new.example.com', name: 'Ada L.'})
      const prompts = {accepted: false, at: NOW}
      fixture.server.ask = async (login, signal) => {
        await fixture.authFile.amend(login.grantId, (stored) => ({
          ...stored,
          account,
          verifiedAt: NOW,
          prompts,
        }))
        return ask(login, signal)
      }
      await fixture.refresh()
      const {account: kept, verifiedAt, obtainedAt, prompts: learnt} = fixture.storedLogin() ?? {}
      expect(learnt).to.deep.equal(prompts)
      expect(plain(kept)).to.deep.equal(plain(account))
      expect([verifiedAt, obtainedAt]).to.deep.equal([NOW, NOW])
    })

    it("with the metadata of the login's issuer", async () => {
      const issuer = 'https://id.example.com'
      const elsewhere = await refreshFixture(tokensNamed('one', {issuer}))
      await elsewhere.refresh({}, {held: tokensNamed('one', {issuer})})
      expect(elsewhere.steps[0]).to.equal(`discover ${issuer}`)
    })
  })

  describe('reads the disk', () => {
    it('and uses what another process got, without a lock and without a request', async () => {
      await fixture.authFile.store(tokensNamed('other'), NOW)
      const refreshed = await fixture.journal.exclusively(async () => fixture.refresh(), {
        waitMs: 0,
      })
      expect(got(refreshed)).to.equal('access-other refresh-other')
      expect(fixture.steps).to.deep.equal([])
    })

    it('and uses what another process got while it waited, without a request', async () => {
      const changes = afterWaiting(fixture, async () =>
        fixture.authFile.store(tokensNamed('other'), NOW),
      )
      const refreshed = await fixture.refresh({}, {changes})
      expect(got(refreshed)).to.equal('access-other refresh-other')
      expect(fixture.steps).to.deep.equal([])
    })

    it('and uses it even though the server rejected the token that it had', async () => {
      await fixture.authFile.store(tokensNamed('other'), NOW)
      expect(got(await fixture.refresh({rejected: true}))).to.equal('access-other refresh-other')
      expect(fixture.steps).to.deep.equal([])
    })

    it('and sends the refresh token from there, where that has expired, too', async () => {
      await fixture.authFile.store(tokensNamed('other', {expiresAt: NOW}), NOW)
      expect(got(await fixture.refresh())).to.equal(NEW)
      expect(fixture.steps).to.deep.equal([DISCOVERED, 'ask refresh-other'])
    })

    const rejected = {at: NOW, why: 'invalid_grant'}
    for (const [what, after] of [
      ['nothing', undefined],
      ['a key', makeKey('mogplex')],
      ['another grant', tokensNamed('other', {grantId: 'grant-2'})],
      ["another issuer's login", tokensNamed('other', {issuer: 'https://id.example.com'})],
      ['a login that was ended', tokensNamed('one', {rejected})],
    ] as const) {
      const become = async (): Promise<void> => {
        await fixture.authFile.remove(['mogplex'])
        if (after !== undefined) await fixture.authFile.store(after, NOW)
      }

      it(`and leaves it alone where there is ${what}`, async () => {
        await become()
        const before = onDisk(fixture)
        expect(await fixture.refresh()).to.equal('changed')
        expect(fixture.steps).to.deep.equal([])
        expect(onDisk(fixture)).to.equal(before)
      })

      it(`and leaves it alone where there is ${what} after it waited`, async () => {
        const changes = afterWaiting(fixture, become)
        expect(await fixture.refresh({rejected: true}, {changes})).to.equal('changed')
        expect(fixture.steps).to.deep.equal([])
      })
    }
  })

  describe('waits for the lock', () => {
    const patienceOf = async (request: Partial<RefreshRequest>, held?: OAuthCredential) => {
      let given: LockWait<unknown> | undefined
      const changes = afterWaiting(fixture, async (patience) => {
        given = patience
      })
      await fixture.refresh(request, {...(held && {held}), changes})
      return given
    }
    const OVER = tokensNamed('one', {expiresAt: NOW})

    it('for two seconds while the access token is valid, otherwise longer than a refresh takes', async () => {
      expect((await patienceOf({}))?.waitMs).to.equal(2000)
      for (const [request, held] of [
        [{}, OVER],
        [{rejected: true}, tokensNamed('one')],
      ] as const) {
        fixture = await refreshFixture(held)
        expect((await patienceOf(request, held))?.waitMs).to.equal(50_000)
      }
    })

    it('and notices meanwhile when it is no longer needed', async () => {
      const {signal} = new AbortController()
      const patience = await patienceOf({signal})
      expect(patience?.signal).to.equal(signal)
      expect(patience?.unless?.()).to.have.nested.property('credential.grantId', 'grant-1')
      await fixture.authFile.remove(['mogplex'])
      expect(patience?.unless?.()).to.equal('changed')
      await fixture.authFile.store(OVER, NOW)
      expect(patience?.unless?.()).to.equal(undefined)
    })

    it('and never refreshes without it: exit 75', async () => {
      const locked = new LockedError('is refreshing the login', undefined)
      const changes = afterWaiting(fixture, async () => Promise.reject(locked))
      const error = await failureOf(fixture.refresh({rejected: true}, {changes}))
      expect(error).to.equal(locked).and.include({exitCode: 75})
      expect(fixture.steps).to.deep.equal([])
    })

    /** The lock is lost after so many checks. */
    const losing = (looks: number): {journal: RefreshPorts['journal']} => {
      const exclusively: RefreshPorts['journal']['exclusively'] = async (work) =>
        work({nonce: 'mine', isStillMine: () => looks-- > 0})
      return {journal: {...fixture.ports.journal, exclusively}}
    }

    for (const [what, looks] of [
      ['got ready', 0],
      ['wrote down that it will', 1],
    ] as const) {
      it(`and sends nothing, and leaves no note, when it lost it while it ${what}`, async () => {
        const changes = losing(looks)
        expect(await fixture.refresh({rejected: true}, {changes})).to.equal('changed')
        expect(fixture.steps).to.deep.equal([DISCOVERED])
        expect(await fixture.journal.read()).to.equal(undefined)
      })
    }

    it('and then leaves the note of the current holder', async () => {
      const theirs = attemptOf(tokensNamed('one'), 1234, NOW)
      const {journal} = losing(1)
      const write: RefreshPorts['journal']['write'] = async () => fixture.journal.write(theirs)
      const changes = {journal: {...journal, write}}
      expect(await fixture.refresh({rejected: true}, {changes})).to.equal('changed')
      expect(await fixture.journal.read()).to.include({pid: 1234})
    })

    it('and then leaves the note of the refresh that was lost before', async () => {
      const before = attemptOf(tokensNamed('one'), 1234, NOW)
      await fixture.journal.write(before)
      const changes = losing(1)
      expect(await fixture.refresh({rejected: true}, {changes})).to.equal('changed')
      expect(await fixture.journal.read()).to.deep.equal({...before, failure: undefined})
    })
  })
})
