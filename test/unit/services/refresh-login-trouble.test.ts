import {expect} from 'chai'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {refreshTokens} from '../../../src/adapters/authorization-server/refresh.js'
import {RefreshRefusedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError, UnavailableError, UnreachableError} from '../../../src/domain/errors/remote.js'
import type {HttpAnswer} from '../../../src/domain/network/http.js'
import {attemptOf, type RefreshAttempt} from '../../../src/domain/refresh/refresh-attempt.js'
import type {RefreshFailure} from '../../../src/domain/refresh/refresh-failure.js'
import type {RefreshPorts} from '../../../src/services/refresh-ports.js'
import {makeAccount} from '../../support/make-account.js'
import {makeKey, NOW} from '../../support/make-credential.js'
import {METADATA} from './login-fixture.js'
import {
  failureOf,
  got,
  MINUTE,
  PID,
  refreshFixture,
  type RefreshWorld,
  tokensNamed,
  tokensOf,
} from './refresh-fixture.js'
import {instantText} from '../../../src/domain/text/instants.js'

const DISCOVERED = 'discover https://mogplex.com'
const ASKED = [DISCOVERED, 'ask refresh-one']
const OLD = 'access-one refresh-one'
const NEW = 'access-two refresh-two'
const FULL = new LocalFileError('/x is full.', 'Make room.')
const REFUSED = new RefreshRefusedError('mogplex.com', 'invalid_grant')
const DOCUMENT = {issuer: 'https://mogplex.com', token_endpoint: 'https://mogplex.com/token'}
const AWAY = new UnreachableError('No DNS.', undefined, false)
const CUT = new UnreachableError('It was cut.')
const SOON = new UnavailableError('It answers 503.', 'Wait.', 0)
const EARLIER = new Date('2026-11-23T15:00:00.000Z')

/** An earlier refresh with this token, of another process; in progress, unless it failed. */
function attempt(failure?: Partial<RefreshFailure>): RefreshAttempt {
  const before = attemptOf(tokensNamed('one'), 1234, EARLIER)
  const words = {message: 'It answers 503.', remedy: 'Wait.', exitCode: 69, at: EARLIER} as const
  return {...before, ...(failure && {failure: {...words, lost: false, ...failure}})}
}

describe('refreshLogin, when a refresh fails,', () => {
  let fixture: RefreshWorld
  beforeEach(async () => {
    fixture = await refreshFixture()
  })

  const text = (): string => readFileSync(fixture.path, 'utf8')
  const fails = (error: Error) => {
    fixture.server.ask = async () => Promise.reject(error)
  }
  /** Runs a function during the request to the server, which then answers, or refuses. */
  const meanwhile = (happens: () => unknown, error?: Error): void => {
    const {ask} = fixture.server
    fixture.server.ask = async (login, signal) => {
      await happens()
      return error === undefined ? ask(login, signal) : Promise.reject(error)
    }
  }
  /** The server's answer, as the adapter reads it. */
  const serves = (answer: Partial<HttpAnswer>) => {
    const http = async () => Promise.resolve({status: 200, headers: {}, body: '', ...answer})
    const transport = {http, loopbackHttp: false, metadata: {...METADATA, document: DOCUMENT}}
    fixture.server.ask = async (login) => refreshTokens(login, {...transport, now: fixture.now()})
  }

  for (const [what, error, exitCode, lost, waits] of [
    ['no address', AWAY, 69, false, [250, 500, 1000]],
    ['a timeout', new UnreachableError('It was slow.'), 69, true, []],
    ['a server that fails', new RemoteError('It answers 500.'), 69, true, []],
    ['too many requests', new RateLimitedError('mogplex.com', 7), 75, false, []],
  ] as const) {
    it(`changes nothing on ${what}, and records that the token ${lost ? 'may be' : 'is not'} spent`, async () => {
      fails(error)
      const before = text()
      expect(await failureOf(fixture.refresh()))
        .to.equal(error)
        .and.include({exitCode})
      expect(fixture.waits).to.deep.equal(waits)
      expect(fixture.steps).to.deep.equal([...ASKED, ...waits.map(() => 'ask refresh-one')])
      expect(text()).to.equal(before)
      const {message, remedy} = error
      const wait = error instanceof RateLimitedError && {retryAfterSeconds: 7}
      expect(await fixture.journal.read()).to.deep.equal({
        ...attemptOf(tokensNamed('one'), PID, NOW),
        failure: {at: fixture.now(), exitCode, message, remedy, lost, ...wait},
      })
    })
  }

  it('knows that nothing is spent where even the metadata did not arrive', async () => {
    const away = new UnreachableError('It was slow.')
    fixture.server.discover = async () => Promise.reject(away)
    expect(await failureOf(fixture.refresh())).to.equal(away)
    expect(fixture.steps).to.deep.equal([DISCOVERED])
    expect((await fixture.journal.read())?.failure?.lost).to.equal(false)
  })

  it('reports the failure even where it cannot be recorded', async () => {
    const away = new UnreachableError('It was slow.')
    fails(away)
    const {journal} = fixture.ports
    const write: typeof journal.write = async (noted) =>
      noted.failure === undefined ? journal.write(noted) : Promise.reject(FULL)
    expect(
      await failureOf(fixture.refresh({}, {changes: {journal: {...journal, write}}})),
    ).to.equal(away)
  })

  describe('with an expired access token,', () => {
    /** The server fails in these ways, in turn, and then works. */
    const failsOnce = (...errors: Error[]) => {
      const {ask} = fixture.server
      fixture.server.ask = async (login, signal) => {
        const error = errors.shift()
        return error === undefined ? ask(login, signal) : Promise.reject(error)
      }
    }
    const asks = (times: number) => [
      DISCOVERED,
      ...Array.from({length: times}, () => 'ask refresh-one'),
    ]

    it('repeats an unprocessed request, and a lost one once', async () => {
      failsOnce(SOON, CUT, AWAY)
      expect(got(await fixture.refresh({rejected: true}))).to.equal(NEW)
      expect(fixture.waits).to.deep.equal([300, 500])
      expect(fixture.steps).to.deep.equal(asks(4))
      expect(await fixture.journal.read()).to.equal(undefined)
    })

    it('does so, too, where that access token expired by itself', async () => {
      failsOnce(CUT)
      fixture.wait(60 * MINUTE)
      expect(got(await fixture.refresh())).to.equal(NEW)
    })

    it('repeats a lost request only once, and records it', async () => {
      failsOnce(CUT, new RemoteError('It answers 500.'))
      const error = await failureOf(fixture.refresh({rejected: true}))
      expect(error).to.have.property('message', 'It answers 500.')
      expect(fixture.steps).to.deep.equal(asks(2))
      expect((await fixture.journal.read())?.failure).to.include({lost: true})
    })

    it('records a loss even where the last request did not arrive', async () => {
      failsOnce(CUT, ...Array.from({length: 9}, () => SOON))
      expect(await failureOf(fixture.refresh({rejected: true}))).to.equal(SOON)
      expect(fixture.steps).to.deep.equal(asks(5))
      expect((await fixture.journal.read())?.failure).to.include({lost: true})
    })

    it('does not repeat a lost request again after an earlier refresh was lost', async () => {
      await fixture.journal.write(attempt({lost: true}))
      failsOnce(CUT)
      expect(await failureOf(fixture.refresh({rejected: true}))).to.equal(CUT)
      expect(fixture.steps).to.deep.equal(asks(1))
    })

    it('mentions the lost answer when its repeat is refused', async () => {
      failsOnce(CUT, REFUSED)
      const error = await failureOf(fixture.refresh({rejected: true}))
      expect(error).to.include({exitCode: 64})
      expect(error).property('message').to.include(instantText(NOW))
      expect(fixture.storedLogin()?.rejected?.why).to.include('got no usable answer')
    })

    it('gives up within 15 s, and at once where it would have to wait longer', async () => {
      const slow = new UnavailableError('It answers 503.', 'Wait.', 6)
      fails(slow)
      expect(await failureOf(fixture.refresh({rejected: true}))).to.equal(slow)
      expect(fixture.waits).to.deep.equal([6000, 6000])
      fixture = await refreshFixture()
      fails(new UnavailableError('It answers 503.', 'Wait.', 3600))
      await failureOf(fixture.refresh({rejected: true}))
      expect(fixture.waits).to.deep.equal([])
    })

    it('repeats the metadata request, and requests tokens afterwards', async () => {
      const errors = [CUT, new RemoteError('It answers 500.')]
      fixture.server.discover = async () => {
        const error = errors.shift()
        return error === undefined ? Promise.resolve(METADATA) : Promise.reject(error)
      }
      failsOnce(AWAY)
      expect(got(await fixture.refresh({rejected: true}))).to.equal(NEW)
      expect(fixture.waits).to.deep.equal([250, 500, 1000])
      const [ask] = asks(1).slice(1)
      expect(fixture.steps).to.deep.equal([DISCOVERED, DISCOVERED, DISCOVERED, ask, ask])
    })

    it('has no note while it waits, unless the token may be spent', async () => {
      const noted: (RefreshAttempt | undefined)[] = []
      const pause: RefreshPorts['pause'] = async () => void noted.push(await fixture.journal.read())
      failsOnce(SOON, CUT, SOON)
      await fixture.refresh({rejected: true}, {changes: {pause}})
      expect(noted[0]).to.equal(undefined)
      expect(noted[1]).to.include({pid: PID, failure: undefined})
    })

    for (const [what, happens, result] of [
      ['a logout', async () => fixture.authFile.remove(['mogplex']), 'changed'],
      [
        'another refresh',
        async () => fixture.authFile.store(tokensNamed('other'), NOW),
        'access-other refresh-other',
      ],
    ] as [string, () => Promise<unknown>, string][]) {
      it(`sends nothing more after ${what} while it waits`, async () => {
        const pause: RefreshPorts['pause'] = async () => {
          await happens()
        }
        fails(SOON)
        const asked = fixture.refresh({rejected: true}, {changes: {pause}})
        expect(got(await asked)).to.equal(result)
        expect(fixture.steps).to.deep.equal(asks(1))
        expect(await fixture.journal.read()).to.equal(undefined)
      })
    }
  })

  for (const error of [new CancelledError('Stop.', 'Again.'), new TypeError('a bug')]) {
    it(`leaves the note of a refresh in progress after ${error.name}: it may have arrived`, async () => {
      fails(error)
      expect(await failureOf(fixture.refresh())).to.equal(error)
      const noted = await fixture.journal.read()
      expect(noted).to.deep.equal({...attemptOf(tokensNamed('one'), PID, NOW), failure: undefined})
    })
  }

  for (const [what, status, body, outcome] of [
    ['a 400 with nothing in it', 400, '', 64],
    ['a 401 with nothing in it', 401, ' ', 64],
    ['invalid_grant', 400, '{"error": "invalid_grant"}', 64],
    ['another error', 400, '{"error": "invalid_client"}', 69],
    ['a 408', 408, '', 69],
    ['a 429', 429, 'Slowly!', 75],
    ['a 500', 500, '', 69],
    ['a 503', 503, '<!doctype html>', 69],
    ['HTML', 200, '<!doctype html>', 69],
    ['HTML with a 401', 401, '<!doctype html>', 69],
  ] as const) {
    it(`${outcome === 64 ? 'ends' : 'keeps'} the sign-in on ${what}`, async () => {
      serves({status, body})
      expect(await failureOf(fixture.refresh())).to.include({exitCode: outcome})
      expect(tokensOf(fixture.storedLogin())).to.equal(OLD)
      expect(fixture.storedLogin()?.rejected !== undefined).to.equal(outcome === 64)
    })
  }

  describe('after an earlier refresh,', () => {
    for (const [what, failure, at] of [
      ['in the instant when we began', {exitCode: 75}, NOW],
      ['after we began', {lost: true}, new Date(NOW.getTime() + 1)],
    ] as const) {
      it(`shares the error of another process ${what}`, async () => {
        await fixture.journal.write(attempt({...failure, at}))
        const error = await failureOf(fixture.refresh({rejected: true}))
        expect(error).to.include({message: 'It answers 503.', remedy: 'Wait.'})
        expect(error).to.include({exitCode: 'exitCode' in failure ? 75 : 69})
        expect(fixture.steps).to.deep.equal([])
      })
    }

    it('tries again where that failed before we began, and did not arrive', async () => {
      await fixture.journal.write(attempt({at: new Date(NOW.getTime() - 1)}))
      expect(got(await fixture.refresh())).to.equal(NEW)
      expect(fixture.steps).to.deep.equal(ASKED)
    })

    it('tries where that was with another refresh token', async () => {
      await fixture.journal.write({...attempt(), fingerprint: 'another'})
      expect(got(await fixture.refresh())).to.equal(NEW)
    })

    for (const [what, lostAttempt, words] of [
      ['was cut off', attempt(), 'was cut off before its answer was stored (process 1234)'],
      ['lost its answer', attempt({lost: true}), 'got no usable answer'],
    ] as [string, RefreshAttempt, string][]) {
      it(`that ${what}, continues with the access token while it is valid`, async () => {
        await fixture.journal.write(lostAttempt)
        expect(got(await fixture.refresh())).to.equal(OLD)
        expect(fixture.steps).to.deep.equal([])
        expect(await fixture.journal.read()).not.to.equal(undefined)
      })

      it(`that ${what}, tries once more when the access token has expired`, async () => {
        await fixture.journal.write(lostAttempt)
        fixture.wait(60 * MINUTE)
        expect(got(await fixture.refresh())).to.equal(NEW)
        expect(fixture.steps).to.deep.equal(ASKED)
        expect(await fixture.journal.read()).to.equal(undefined)
      })

      it(`that ${what}, tries once more when the server rejected the access token`, async () => {
        await fixture.journal.write(lostAttempt)
        expect(got(await fixture.refresh({rejected: true}))).to.equal(NEW)
      })

      it(`that ${what}, mentions it when the token is refused`, async () => {
        await fixture.journal.write(lostAttempt)
        fails(REFUSED)
        const why = `invalid_grant; a refresh at 2026-11-23 15:00 UTC ${words}`
        const error = await failureOf(fixture.refresh({rejected: true}))
        expect(error)
          .property('message')
          .to.equal(`mogplex.com ended the login of ada@example.com: ${why}.`)
        expect(fixture.storedLogin()?.rejected).to.deep.equal({at: NOW, why})
      })
    }

    it('with an unknown outcome, records the first one again, as in progress', async () => {
      await fixture.journal.write(attempt({lost: true}))
      let inFlight: RefreshAttempt | undefined
      fixture.server.ask = async () => {
        inFlight = await fixture.journal.read()
        return Promise.reject(new UnreachableError('No DNS.', undefined, false))
      }
      await failureOf(fixture.refresh({rejected: true}))
      expect(inFlight).to.deep.equal({...attempt(), failure: undefined})
      // This one did not arrive; the first one may have.
      const {failure, ...noted} = (await fixture.journal.read()) ?? attempt()
      expect(noted).to.deep.equal(attempt())
      expect(failure).to.include({lost: true, message: 'No DNS.'})
    })
  })

  describe('where nothing can be written,', () => {
    const fail = async () => Promise.reject(FULL)
    for (const [what, failing] of [
      ['the login', ({authFile}) => ({authFile: {...authFile, rehearse: fail}})],
      ['the note', ({journal}) => ({journal: {...journal, write: fail}})],
    ] as [string, (ports: RefreshPorts) => Partial<RefreshPorts>][]) {
      it(`sends nothing when it is ${what}: exit 1`, async () => {
        const error = await failureOf(fixture.refresh({}, {changes: failing(fixture.ports)}))
        expect(error).to.equal(FULL).and.include({exitCode: 1})
        expect(fixture.steps).to.deep.equal([DISCOVERED])
        expect(await fixture.journal.read()).to.equal(undefined)
      })
    }

    const storing = (work: () => Promise<boolean>) => ({
      changes: {authFile: {...fixture.ports.authFile, amend: work}},
    })

    it('after the server rotated, returns the new tokens, and leaves the note', async () => {
      const refreshed = await fixture.refresh({}, storing(fail))
      expect(got(refreshed)).to.equal(NEW)
      expect(refreshed).to.have.property('unstored', FULL)
      expect(tokensOf(fixture.storedLogin())).to.equal(OLD)
      expect(await fixture.journal.read()).to.include({pid: PID, failure: undefined})
      expect(fixture.steps).to.deep.equal(ASKED)
    })

    it('hides no bug behind that', async () => {
      const bug = new TypeError('a bug')
      expect(
        await failureOf(
          fixture.refresh(
            {},
            storing(async () => Promise.reject(bug)),
          ),
        ),
      ).to.equal(bug)
    })

    it('returns the new tokens, too, where the file was removed with its folder', async () => {
      meanwhile(() => rmSync(fixture.path))
      const refreshed = await fixture.refresh()
      expect(got(refreshed)).to.equal(NEW)
      expect(refreshed).to.have.nested.property(
        'unstored.message',
        `${fixture.path} was removed after the refresh began.`,
      )
      expect(refreshed).to.have.nested.property(
        'unstored.remedy',
        'Put it back, or run `mogplex login`.',
      )
      expect(await fixture.journal.read()).not.to.equal(undefined)
      expect(fixture.steps).to.deep.equal(ASKED)
    })

    it('and the file is broken meanwhile, returns the new tokens', async () => {
      meanwhile(() => writeFileSync(fixture.path, '{"mogplex'))
      const refreshed = await fixture.refresh()
      expect(refreshed).to.have.nested.property('unstored.code', 'AUTH_FILE_BROKEN')
    })
  })

  describe('when another process was faster,', () => {
    const GRACE = makeAccount({id: 'usr_2', email: 'grace@example.com'})
    for (const [what, after, isRevoked] of [
      ['signed out', undefined, true],
      ['stored a key', makeKey('mogplex'), true],
      ['signed in with another account', {account: GRACE}, true],
      ['signed in elsewhere', {issuer: 'https://id.example.com'}, true],
      // Revoking a token of the old grant can end the new login.
      ['signed in again', {}, false],
      ['signed in with an unknown account', {account: undefined}, false],
    ] as const) {
      it(`stores nothing after it ${what}, and ${isRevoked ? 'revokes' : 'leaves alone'} the new tokens`, async () => {
        let left = ''
        meanwhile(async () => {
          await fixture.authFile.remove(['mogplex'])
          if (after !== undefined) {
            const login = tokensNamed('other', {grantId: 'grant-2'})
            await fixture.authFile.store('type' in after ? after : {...login, ...after}, NOW)
          }
          left = text()
        })
        expect(await fixture.refresh()).to.equal('changed')
        expect(text()).to.equal(left).and.not.include('two')
        expect(fixture.steps).to.deep.equal([...ASKED, ...(isRevoked ? ['revoke access-two'] : [])])
        expect(await fixture.journal.read()).to.equal(undefined)
      })
    }

    it('returns nothing after it signed out, though the tokens cannot be revoked either', async () => {
      meanwhile(async () => fixture.authFile.remove(['mogplex']))
      let isTried = false
      fixture.server.revoke = async () => {
        await new Promise(setImmediate)
        isTried = true
        throw new RemoteError('It answers 503.')
      }
      expect(await fixture.refresh()).to.equal('changed')
      expect(isTried).to.equal(true)
      expect(text()).not.to.include('two')
    })
  })

  describe('with a slow disk,', () => {
    /** The note of a refresh exists a turn later. */
    const slowly = (): Partial<RefreshPorts> => {
      const {journal} = fixture.ports
      const turn = async () => new Promise(setImmediate)
      return {
        journal: {
          ...journal,
          write: async (noted) => turn().then(async () => journal.write(noted)),
          clear: async () => turn().then(async () => journal.clear()),
        },
      }
    }

    it('releases the lock only after the failure is recorded', async () => {
      fails(new RemoteError('It answers 500.'))
      await failureOf(fixture.refresh({}, {changes: slowly()}))
      expect((await fixture.journal.read())?.failure?.message).to.equal('It answers 500.')
    })

    for (const [what, before] of [
      ['the tokens are stored', () => undefined],
      ['somebody signed out', () => meanwhile(async () => fixture.authFile.remove(['mogplex']))],
      ['the server refused', () => fails(REFUSED)],
    ] as const) {
      it(`releases the lock only after the note is removed, because ${what}`, async () => {
        before()
        await failureOf(fixture.refresh({}, {changes: slowly()}))
        expect(await fixture.journal.read()).to.equal(undefined)
      })
    }
  })

  describe('when the server refuses the refresh token,', () => {
    it('marks its login, keeps it, and names its account: exit 64', async () => {
      fails(REFUSED)
      fixture.wait(MINUTE)
      const error = await failureOf(fixture.refresh())
      expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
      expect(error)
        .property('message')
        .to.equal('mogplex.com ended the login of ada@example.com: invalid_grant.')
      const login = fixture.storedLogin()
      expect(tokensOf(login)).to.equal(OLD)
      expect(login?.rejected).to.deep.equal({at: fixture.now(), why: 'invalid_grant'})
      expect(await fixture.journal.read()).to.equal(undefined)
    })

    for (const [account, name] of [
      [{id: 'usr_1'}, 'usr_1'],
      [undefined, 'an unnamed account'],
    ] as const) {
      it(`calls it that of ${name} where no more is known`, async () => {
        fixture = await refreshFixture(tokensNamed('one', {account}))
        fails(REFUSED)
        const error = await failureOf(fixture.refresh({}, {held: tokensNamed('one', {account})}))
        expect(error).property('message').to.include(`ended the login of ${name}: `)
      })
    }

    const unmarked = (error: Error) => ({
      changes: {authFile: {...fixture.ports.authFile, amend: async () => Promise.reject(error)}},
    })

    it('reports it, too, where that cannot be marked, and why it cannot', async () => {
      fails(REFUSED)
      const error = await failureOf(fixture.refresh({}, unmarked(FULL)))
      expect(error).to.include({exitCode: 64})
      expect(error).property('message').to.include('invalid_grant').and.include(FULL.message)
      expect(fixture.storedLogin()?.rejected).to.equal(undefined)
    })

    it('does not mention it where it cannot be marked, and there is another token', async () => {
      meanwhile(async () => fixture.authFile.store(tokensNamed('other'), NOW), REFUSED)
      expect(await fixture.refresh({}, unmarked(FULL))).to.equal('changed')
    })

    it('hides no bug behind that', async () => {
      fails(REFUSED)
      const bug = new TypeError('a bug')
      expect(await failureOf(fixture.refresh({}, unmarked(bug)))).to.equal(bug)
    })

    for (const [what, after] of [
      ['another refresh token', tokensNamed('other')],
      ['another grant', tokensNamed('one', {grantId: 'grant-2'})],
      ['nothing', undefined],
    ] as const) {
      it(`ends nothing where there is ${what} by now`, async () => {
        let left = ''
        meanwhile(async () => {
          await fixture.authFile.remove(['mogplex'])
          if (after !== undefined) await fixture.authFile.store(after, NOW)
          left = text()
        }, REFUSED)
        expect(await fixture.refresh()).to.equal('changed')
        expect(text()).to.equal(left)
        expect(await fixture.journal.read()).to.equal(undefined)
        expect(fixture.steps).to.deep.equal(ASKED)
      })
    }
  })

  describe('with tokens that could not be stored,', () => {
    const held = tokensNamed('kept')
    const inPlaceOf = tokensNamed('one')

    it('sends their refresh token, and never the one on disk', async () => {
      expect(got(await fixture.refresh({inPlaceOf}, {held}))).to.equal(NEW)
      expect(fixture.steps).to.deep.equal([DISCOVERED, 'ask refresh-kept'])
      expect(tokensOf(fixture.storedLogin())).to.equal(NEW)
    })

    it('uses what another process got meanwhile', async () => {
      await fixture.authFile.store(tokensNamed('other'), NOW)
      expect(got(await fixture.refresh({inPlaceOf}, {held}))).to.equal('access-other refresh-other')
      expect(fixture.steps).to.deep.equal([])
    })

    it('ends the login on disk when the server refuses them', async () => {
      fails(REFUSED)
      expect(await failureOf(fixture.refresh({inPlaceOf}, {held}))).to.include({exitCode: 64})
      expect(fixture.storedLogin()?.rejected?.why).to.equal('invalid_grant')
    })

    it('ends nothing where another process got newer ones meanwhile', async () => {
      meanwhile(async () => fixture.authFile.store(tokensNamed('other'), NOW), REFUSED)
      expect(await fixture.refresh({inPlaceOf}, {held})).to.equal('changed')
      expect(fixture.storedLogin()?.rejected).to.equal(undefined)
    })
  })

  describe('when it is aborted,', () => {
    it('does not begin', async () => {
      const reason = new CancelledError('Stop.', 'Again.')
      const signal = AbortSignal.abort(reason)
      expect(await failureOf(fixture.refresh({signal}))).to.equal(reason)
      expect(fixture.steps).to.deep.equal([])
    })

    for (const who of ['the caller', 'the user']) {
      it(`ends its requests when ${who} needs it`, async () => {
        const [caller, user] = [new AbortController(), new AbortController()]
        const seen: AbortSignal[] = []
        fixture.server.discover = async (_issuer, signal) => {
          seen.push(signal)
          expect(signal.aborted).to.equal(false)
          ;(who === 'the user' ? user : caller).abort(new Error(who))
          return Promise.reject(signal.reason as Error)
        }
        const uninterrupted: RefreshPorts['uninterrupted'] = async (work) => work(user.signal)
        const {signal} = caller
        const error = await failureOf(fixture.refresh({signal}, {changes: {uninterrupted}}))
        expect(error).to.have.property('message', who)
        expect(seen.map(({aborted}) => aborted)).to.deep.equal([true])
        expect(fixture.steps).to.deep.equal([DISCOVERED])
        expect(await fixture.journal.read()).to.equal(undefined)
      })
    }

    it('sends nothing more where that comes with the metadata', async () => {
      const caller = new AbortController()
      fixture.server.discover = async () => {
        caller.abort(new Error('Enough.'))
        return Promise.resolve(METADATA)
      }
      const error = await failureOf(fixture.refresh({signal: caller.signal}))
      expect(error).to.have.property('message', 'Enough.')
      expect(fixture.steps).to.deep.equal([DISCOVERED])
    })

    it('stores the answer to what was sent by then', async () => {
      const caller = new AbortController()
      meanwhile(() => caller.abort(new Error('Enough.')))
      expect(got(await fixture.refresh({signal: caller.signal}))).to.equal(NEW)
      expect(tokensOf(fixture.storedLogin())).to.equal(NEW)
      expect(await fixture.journal.read()).to.equal(undefined)
    })

    it('abandons a sent request, and leaves the note', async () => {
      const user = new AbortController()
      meanwhile(() => user.abort(), CUT)
      const uninterrupted: RefreshPorts['uninterrupted'] = async (work) => work(user.signal)
      const asked = fixture.refresh({rejected: true}, {changes: {uninterrupted}})
      expect(await failureOf(asked)).to.equal(CUT)
      expect(fixture.steps).to.deep.equal(ASKED)
      expect(await fixture.journal.read()).to.include({pid: PID, failure: undefined})
    })

    it('repeats nothing that failed meanwhile, and records it', async () => {
      const caller = new AbortController()
      meanwhile(() => caller.abort(new Error('Enough.')), SOON)
      const {signal} = caller
      expect(await failureOf(fixture.refresh({signal, rejected: true}))).to.equal(SOON)
      expect(fixture.steps).to.deep.equal(ASKED)
      expect((await fixture.journal.read())?.failure).to.include({lost: false})
    })

    it('ends its wait, and leaves no note of an unprocessed request', async () => {
      const caller = new AbortController()
      fails(SOON)
      const pause: RefreshPorts['pause'] = async (_milliseconds, signal) => {
        expect(signal).to.equal(caller.signal)
        return Promise.reject(new Error('Enough.'))
      }
      const asked = fixture.refresh({signal: caller.signal, rejected: true}, {changes: {pause}})
      expect(await failureOf(asked)).to.have.property('message', 'Enough.')
      expect(await fixture.journal.read()).to.equal(undefined)
    })

    it('defers signals from the first request until the answer is stored', async () => {
      const uninterrupted: RefreshPorts['uninterrupted'] = async (work) => {
        expect(fixture.steps).to.deep.equal([])
        const result = await work(new AbortController().signal)
        expect(tokensOf(fixture.storedLogin())).to.equal(NEW)
        return result
      }
      expect(got(await fixture.refresh({}, {changes: {uninterrupted}}))).to.equal(NEW)
    })
  })
})
