import {expect} from 'chai'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {refreshTokens} from '../../../src/adapters/authorization-server/refresh.js'
import {RefreshRefusedError} from '../../../src/domain/errors/authentication.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError, UnreachableError} from '../../../src/domain/errors/remote.js'
import type {HttpAnswer} from '../../../src/domain/network/http.js'
import {attemptOf, type RefreshAttempt} from '../../../src/domain/refresh/refresh-attempt.js'
import type {RefreshFailure} from '../../../src/domain/refresh/refresh-failure.js'
import type {RefreshPorts} from '../../../src/services/refresh-login.js'
import {makeAccount} from '../../support/make-account.js'
import {makeKey, NOW} from '../../support/make-credential.js'
import {METADATA} from './login-world.js'
import {
  failureOf,
  got,
  MINUTE,
  PID,
  refreshWorld,
  type RefreshWorld,
  tokensNamed,
  tokensOf,
} from './refresh-world.js'

const DISCOVERED = 'discover https://mogplex.com'
const ASKED = [DISCOVERED, 'ask refresh-one']
const OLD = 'access-one refresh-one'
const NEW = 'access-two refresh-two'
const FULL = new LocalFileError('/x is full.', 'Make room.')
const REFUSED = new RefreshRefusedError('mogplex.com', 'invalid_grant')
const DOCUMENT = {issuer: 'https://mogplex.com', token_endpoint: 'https://mogplex.com/token'}
const EARLIER = new Date('2026-11-23T15:00:00.000Z')

/** An earlier refresh with this token, of another process; in flight, unless it failed. */
function attempt(failure?: Partial<RefreshFailure>): RefreshAttempt {
  const before = attemptOf(tokensNamed('one'), 1234, EARLIER)
  const words = {message: 'It answers 503.', remedy: 'Wait.', exitCode: 69, at: EARLIER} as const
  return {...before, ...(failure && {failure: {...words, lost: false, ...failure}})}
}

describe('refreshLogin, in trouble,', () => {
  let world: RefreshWorld
  beforeEach(async () => {
    world = await refreshWorld()
  })

  const text = (): string => readFileSync(world.path, 'utf8')
  const fails = (error: Error) => {
    world.server.ask = async () => Promise.reject(error)
  }
  /** Something happens while the server is asked, which then answers, or refuses. */
  const meanwhile = (happens: () => unknown, error?: Error): void => {
    const {ask} = world.server
    world.server.ask = async (login, signal) => {
      await happens()
      return error === undefined ? ask(login, signal) : Promise.reject(error)
    }
  }
  /** What the server sends, as the adapter reads it. */
  const serves = (answer: Partial<HttpAnswer>) => {
    const http = async () => Promise.resolve({status: 200, headers: {}, body: '', ...answer})
    const transport = {http, loopbackHttp: false, metadata: {...METADATA, document: DOCUMENT}}
    world.server.ask = async (login) => refreshTokens(login, {...transport, now: world.now()})
  }

  for (const [what, error, exitCode, lost] of [
    ['no address', new UnreachableError('No DNS.', undefined, false), 69, false],
    ['a timeout', new UnreachableError('It was slow.'), 69, true],
    ['a server that fails', new RemoteError('It answers 500.'), 69, true],
    ['too many requests', new RateLimitedError('mogplex.com', 7), 75, false],
  ] as const) {
    it(`changes nothing by ${what}, and notes that the token ${lost ? 'may be' : 'is not'} spent`, async () => {
      fails(error)
      const before = text()
      expect(await failureOf(world.refresh()))
        .to.equal(error)
        .and.include({exitCode})
      expect(world.steps).to.deep.equal(ASKED)
      expect(text()).to.equal(before)
      const {message, remedy} = error
      const wait = error instanceof RateLimitedError && {retryAfterSeconds: 7}
      expect(await world.journal.read()).to.deep.equal({
        ...attemptOf(tokensNamed('one'), PID, NOW),
        failure: {at: NOW, exitCode, message, remedy, lost, ...wait},
      })
    })
  }

  it('knows that nothing is spent where even the metadata did not come', async () => {
    const away = new UnreachableError('It was slow.')
    world.server.discover = async () => Promise.reject(away)
    expect(await failureOf(world.refresh())).to.equal(away)
    expect(world.steps).to.deep.equal([DISCOVERED])
    expect((await world.journal.read())?.failure?.lost).to.equal(false)
  })

  it('shows the failure even where it cannot be noted', async () => {
    const away = new UnreachableError('It was slow.')
    fails(away)
    const {journal} = world.ports
    const write: typeof journal.write = async (noted) =>
      noted.failure === undefined ? journal.write(noted) : Promise.reject(FULL)
    expect(await failureOf(world.refresh({}, {changes: {journal: {...journal, write}}}))).to.equal(
      away,
    )
  })

  for (const error of [new CancelledError('Stop.', 'Again.'), new TypeError('a bug')]) {
    it(`leaves the note of a refresh in flight after ${error.name}: who knows where it got`, async () => {
      fails(error)
      expect(await failureOf(world.refresh())).to.equal(error)
      const noted = await world.journal.read()
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
    it(`${outcome === 64 ? 'ends' : 'keeps'} the sign-in by ${what}`, async () => {
      serves({status, body})
      expect(await failureOf(world.refresh())).to.include({exitCode: outcome})
      expect(tokensOf(world.storedLogin())).to.equal(OLD)
      expect(world.storedLogin()?.rejected !== undefined).to.equal(outcome === 64)
    })
  }

  describe('after an earlier refresh,', () => {
    for (const [what, failure, at] of [
      ['in the instant in which we began', {exitCode: 75}, NOW],
      ['after we began', {lost: true}, new Date(NOW.getTime() + 1)],
    ] as const) {
      it(`shares what somebody else was told ${what}`, async () => {
        await world.journal.write(attempt({...failure, at}))
        const error = await failureOf(world.refresh({rejected: true}))
        expect(error).to.include({message: 'It answers 503.', remedy: 'Wait.'})
        expect(error).to.include({exitCode: 'exitCode' in failure ? 75 : 69})
        expect(world.steps).to.deep.equal([])
      })
    }

    it('asks again where that failed before we began, and did not get there', async () => {
      await world.journal.write(attempt({at: new Date(NOW.getTime() - 1)}))
      expect(got(await world.refresh())).to.equal(NEW)
      expect(world.steps).to.deep.equal(ASKED)
    })

    it('asks where that was with another refresh token', async () => {
      await world.journal.write({...attempt(), fingerprint: 'another'})
      expect(got(await world.refresh())).to.equal(NEW)
    })

    for (const [what, lostAttempt, words] of [
      [...['was cut off', attempt()], 'was cut off before its answer was stored (process 1234)'],
      ['lost its answer', attempt({lost: true}), 'got no usable answer'],
    ] as [string, RefreshAttempt, string][]) {
      it(`that ${what}, goes on with the access token while it holds`, async () => {
        await world.journal.write(lostAttempt)
        expect(got(await world.refresh())).to.equal(OLD)
        expect(world.steps).to.deep.equal([])
        expect(await world.journal.read()).not.to.equal(undefined)
      })

      it(`that ${what}, asks once more when the access token is over`, async () => {
        await world.journal.write(lostAttempt)
        world.wait(60 * MINUTE)
        expect(got(await world.refresh())).to.equal(NEW)
        expect(world.steps).to.deep.equal(ASKED)
        expect(await world.journal.read()).to.equal(undefined)
      })

      it(`that ${what}, asks once more when the server rejected the access token`, async () => {
        await world.journal.write(lostAttempt)
        expect(got(await world.refresh({rejected: true}))).to.equal(NEW)
      })

      it(`that ${what}, tells of it when the token is refused`, async () => {
        await world.journal.write(lostAttempt)
        fails(REFUSED)
        const why = `invalid_grant; a refresh at 2026-11-23 15:00 UTC ${words}`
        const error = await failureOf(world.refresh({rejected: true}))
        expect(error)
          .property('message')
          .to.equal(`mogplex.com ended the login of ada@example.com: ${why}.`)
        expect(world.storedLogin()?.rejected).to.deep.equal({at: NOW, why})
      })
    }

    it('of which nobody knows, notes the first one again, and as in flight', async () => {
      await world.journal.write(attempt({lost: true}))
      let inFlight: RefreshAttempt | undefined
      world.server.ask = async () => {
        inFlight = await world.journal.read()
        return Promise.reject(new UnreachableError('No DNS.', undefined, false))
      }
      await failureOf(world.refresh({rejected: true}))
      expect(inFlight).to.deep.equal({...attempt(), failure: undefined})
      // This one did not get there; the first one may have.
      const {failure, ...noted} = (await world.journal.read()) ?? attempt()
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
        const error = await failureOf(world.refresh({}, {changes: failing(world.ports)}))
        expect(error).to.equal(FULL).and.include({exitCode: 1})
        expect(world.steps).to.deep.equal([DISCOVERED])
        expect(await world.journal.read()).to.equal(undefined)
      })
    }

    const storing = (work: () => Promise<boolean>) => ({
      changes: {authFile: {...world.ports.authFile, amend: work}},
    })

    it('after the server rotated, hands the new tokens on, and leaves the note', async () => {
      const refreshed = await world.refresh({}, storing(fail))
      expect(got(refreshed)).to.equal(NEW)
      expect(refreshed).to.have.property('unstored', FULL)
      expect(tokensOf(world.storedLogin())).to.equal(OLD)
      expect(await world.journal.read()).to.include({pid: PID, failure: undefined})
      expect(world.steps).to.deep.equal(ASKED)
    })

    it('hides no bug behind that', async () => {
      const bug = new TypeError('a bug')
      expect(
        await failureOf(
          world.refresh(
            {},
            storing(async () => Promise.reject(bug)),
          ),
        ),
      ).to.equal(bug)
    })

    it('hands the new tokens on, too, where the file has gone with its folder', async () => {
      meanwhile(() => rmSync(world.path))
      const refreshed = await world.refresh()
      expect(got(refreshed)).to.equal(NEW)
      expect(refreshed).to.have.nested.property(
        'unstored.message',
        `${world.path} has gone since the refresh began.`,
      )
      expect(refreshed).to.have.nested.property(
        'unstored.remedy',
        'Put it back, or run `mogplex login`.',
      )
      expect(await world.journal.read()).not.to.equal(undefined)
      expect(world.steps).to.deep.equal(ASKED)
    })

    it('and the file is broken meanwhile, hands the new tokens on', async () => {
      meanwhile(() => writeFileSync(world.path, '{"mogplex'))
      const refreshed = await world.refresh()
      expect(refreshed).to.have.nested.property('unstored.code', 'AUTH_FILE_BROKEN')
    })
  })

  describe('because somebody was faster,', () => {
    const GRACE = makeAccount({id: 'usr_2', email: 'grace@example.com'})
    for (const [what, after, isRevoked] of [
      ['signed out', undefined, true],
      ['stored a key', makeKey('mogplex'), true],
      ['signed in as somebody else', {account: GRACE}, true],
      ['signed in elsewhere', {issuer: 'https://id.example.com'}, true],
      // To revoke a token of the old grant can end the new login.
      ['signed in again', {}, false],
      ['signed in as nobody knows whom', {account: undefined}, false],
    ] as const) {
      it(`stores nothing after they ${what}, and ${isRevoked ? 'revokes' : 'leaves alone'} what it got`, async () => {
        let left = ''
        meanwhile(async () => {
          await world.authFile.remove(['mogplex'])
          if (after !== undefined) {
            const login = tokensNamed('other', {grantId: 'grant-2'})
            await world.authFile.store('type' in after ? after : {...login, ...after}, NOW)
          }
          left = text()
        })
        expect(await world.refresh()).to.equal('changed')
        expect(text()).to.equal(left).and.not.include('two')
        expect(world.steps).to.deep.equal([...ASKED, ...(isRevoked ? ['revoke access-two'] : [])])
        expect(await world.journal.read()).to.equal(undefined)
      })
    }

    it('hands nothing on after they signed out, though it cannot be revoked either', async () => {
      meanwhile(async () => world.authFile.remove(['mogplex']))
      let isTried = false
      world.server.revoke = async () => {
        await new Promise(setImmediate)
        isTried = true
        throw new RemoteError('It answers 503.')
      }
      expect(await world.refresh()).to.equal('changed')
      expect(isTried).to.equal(true)
      expect(text()).not.to.include('two')
    })
  })

  describe('with a disk that takes its time,', () => {
    /** What is written down of a refresh is there a turn later. */
    const slowly = (): Partial<RefreshPorts> => {
      const {journal} = world.ports
      const turn = async () => new Promise(setImmediate)
      return {
        journal: {
          ...journal,
          write: async (noted) => turn().then(async () => journal.write(noted)),
          clear: async () => turn().then(async () => journal.clear()),
        },
      }
    }

    it('lets the lock go only after the failure is noted', async () => {
      fails(new RemoteError('It answers 500.'))
      await failureOf(world.refresh({}, {changes: slowly()}))
      expect((await world.journal.read())?.failure?.message).to.equal('It answers 500.')
    })

    for (const [what, before] of [
      ['the tokens are stored', () => undefined],
      ['somebody signed out', () => meanwhile(async () => world.authFile.remove(['mogplex']))],
      ['the server refused', () => fails(REFUSED)],
    ] as const) {
      it(`lets the lock go only after the note is gone, because ${what}`, async () => {
        before()
        await failureOf(world.refresh({}, {changes: slowly()}))
        expect(await world.journal.read()).to.equal(undefined)
      })
    }
  })

  describe('because the server refuses the refresh token,', () => {
    it('marks the login that has it, keeps it, and says whose it was: exit 64', async () => {
      fails(REFUSED)
      world.wait(MINUTE)
      const error = await failureOf(world.refresh())
      expect(error).to.include({code: 'CREDENTIAL_REJECTED', exitCode: 64})
      expect(error)
        .property('message')
        .to.equal('mogplex.com ended the login of ada@example.com: invalid_grant.')
      const login = world.storedLogin()
      expect(tokensOf(login)).to.equal(OLD)
      expect(login?.rejected).to.deep.equal({at: world.now(), why: 'invalid_grant'})
      expect(await world.journal.read()).to.equal(undefined)
    })

    for (const [account, name] of [
      [{id: 'usr_1'}, 'usr_1'],
      [undefined, 'an unnamed account'],
    ] as const) {
      it(`calls it that of ${name} where no more is known`, async () => {
        world = await refreshWorld(tokensNamed('one', {account}))
        fails(REFUSED)
        const error = await failureOf(world.refresh({}, {held: tokensNamed('one', {account})}))
        expect(error).property('message').to.include(`ended the login of ${name}: `)
      })
    }

    it('says so, too, where that cannot be marked', async () => {
      fails(REFUSED)
      const authFile = {...world.ports.authFile, amend: async () => Promise.reject(FULL)}
      const error = await failureOf(world.refresh({}, {changes: {authFile}}))
      expect(error).to.include({exitCode: 64})
    })

    for (const [what, after] of [
      ['another refresh token', tokensNamed('other')],
      ['another grant', tokensNamed('one', {grantId: 'grant-2'})],
      ['nothing', undefined],
    ] as const) {
      it(`ends nothing where there is ${what} by now`, async () => {
        let left = ''
        meanwhile(async () => {
          await world.authFile.remove(['mogplex'])
          if (after !== undefined) await world.authFile.store(after, NOW)
          left = text()
        }, REFUSED)
        expect(await world.refresh()).to.equal('changed')
        expect(text()).to.equal(left)
        expect(await world.journal.read()).to.equal(undefined)
        expect(world.steps).to.deep.equal(ASKED)
      })
    }
  })

  describe('with tokens that could not be stored,', () => {
    const held = tokensNamed('kept')
    const inPlaceOf = tokensNamed('one')

    it('sends the refresh token of those, and never the one on the disk', async () => {
      expect(got(await world.refresh({inPlaceOf}, {held}))).to.equal(NEW)
      expect(world.steps).to.deep.equal([DISCOVERED, 'ask refresh-kept'])
      expect(tokensOf(world.storedLogin())).to.equal(NEW)
    })

    it('takes what somebody else got meanwhile', async () => {
      await world.authFile.store(tokensNamed('other'), NOW)
      expect(got(await world.refresh({inPlaceOf}, {held}))).to.equal('access-other refresh-other')
      expect(world.steps).to.deep.equal([])
    })

    it('ends the login on the disk when the server refuses them', async () => {
      fails(REFUSED)
      expect(await failureOf(world.refresh({inPlaceOf}, {held}))).to.include({exitCode: 64})
      expect(world.storedLogin()?.rejected?.why).to.equal('invalid_grant')
    })

    it('ends nothing where somebody else got newer ones meanwhile', async () => {
      meanwhile(async () => world.authFile.store(tokensNamed('other'), NOW), REFUSED)
      expect(await world.refresh({inPlaceOf}, {held})).to.equal('changed')
      expect(world.storedLogin()?.rejected).to.equal(undefined)
    })
  })

  describe('because it is told to stop,', () => {
    it('does not begin', async () => {
      const reason = new CancelledError('Stop.', 'Again.')
      const signal = AbortSignal.abort(reason)
      expect(await failureOf(world.refresh({signal}))).to.equal(reason)
      expect(world.steps).to.deep.equal([])
    })

    for (const who of ['the caller', 'the user']) {
      it(`ends its requests when ${who} wants it`, async () => {
        const [caller, user] = [new AbortController(), new AbortController()]
        const seen: AbortSignal[] = []
        world.server.discover = async (_issuer, signal) => {
          seen.push(signal)
          return Promise.resolve(METADATA)
        }
        world.server.ask = async (_login, signal) => {
          seen.push(signal)
          expect(signal.aborted).to.equal(false)
          ;(who === 'the user' ? user : caller).abort(new Error(who))
          return Promise.reject(signal.reason as Error)
        }
        const uninterrupted: RefreshPorts['uninterrupted'] = async (work) => work(user.signal)
        const {signal} = caller
        const error = await failureOf(world.refresh({signal}, {changes: {uninterrupted}}))
        expect(error).to.have.property('message', who)
        expect(seen.map(({aborted}) => aborted)).to.deep.equal([true, true])
      })
    }

    it('keeps signals off from the first request until the answer is stored', async () => {
      const uninterrupted: RefreshPorts['uninterrupted'] = async (work) => {
        expect(world.steps).to.deep.equal([])
        const result = await work(new AbortController().signal)
        expect(tokensOf(world.storedLogin())).to.equal(NEW)
        return result
      }
      expect(got(await world.refresh({}, {changes: {uninterrupted}}))).to.equal(NEW)
    })
  })
})
