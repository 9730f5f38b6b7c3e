import {expect} from 'chai'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {bearerOf, type Credential} from '../../../src/domain/credential/credential.js'
import {makeKey, NOW} from '../../support/make-credential.js'
import {accountOf, ONE, TWO} from './account-fixture.js'
import {failureOf, MINUTE, tokensNamed, tokensOf} from './refresh-fixture.js'

const FULL = new LocalFileError('/x is full.', 'Make room.')
const UNAUTHORIZED = new CredentialRejectedError('It answers 401.', 'Sign in.', true)
const OLD = tokensOf(ONE)
const NEW = tokensOf(TWO)
const HOUR = 60 * MINUTE

/** A request with these results in turn; the last one is repeated. */
function requestTo(...answers: (Error | string)[]) {
  const bearers: string[] = []
  const request = async (credential: Credential): Promise<string> => {
    const answer = answers[Math.min(bearers.length, answers.length - 1)] ?? ''
    bearers.push(bearerOf(credential).reveal())
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  return {bearers, request}
}

describe('AccountAccess, for a request,', () => {
  it('sends it once, and returns its answer', async () => {
    const fixture = accountOf()
    const {bearers, request} = requestTo('hello')
    expect(await fixture.access.use(request)).to.equal('hello')
    expect(bearers).to.deep.equal(['access-one'])
    expect(fixture.refreshes).to.deep.equal([])
  })

  it('refreshes first where the token is about to expire', async () => {
    const fixture = accountOf()
    const {bearers, request} = requestTo('hello')
    fixture.wait(HOUR - MINUTE)
    await fixture.access.use(request)
    expect(bearers).to.deep.equal(['access-two'])
  })

  it('refreshes after a 401, whatever the expiry, and sends it once more', async () => {
    const fixture = accountOf()
    const {bearers, request} = requestTo(UNAUTHORIZED, 'hello')
    expect(await fixture.access.use(request)).to.equal('hello')
    expect(bearers).to.deep.equal(['access-one', 'access-two'])
    expect(fixture.refreshes).to.deep.equal([[OLD, true, undefined]])
  })

  it('uses the refreshed token, even if it is due again: an answer was lost', async () => {
    const fixture = accountOf()
    fixture.refresh = async (login) => Promise.resolve({credential: login})
    fixture.wait(HOUR - MINUTE)
    expect(await fixture.bearer()).to.equal(OLD)
    expect(fixture.refreshes).to.have.lengthOf(1)
  })

  it('stops at a second 401', async () => {
    const fixture = accountOf()
    const second = new CredentialRejectedError('It answers 401 again.', 'Sign in.', true)
    const {bearers, request} = requestTo(UNAUTHORIZED, second)
    expect(await failureOf(fixture.access.use(request))).to.equal(second)
    expect(bearers).to.deep.equal(['access-one', 'access-two'])
    expect(fixture.refreshes).to.have.lengthOf(1)
  })

  for (const [what, error, first, env] of [
    ['another failure', new RemoteError('It answers 503.'), ONE, {}],
    ['a rejection that is not a plain 401', new CredentialRejectedError('No.'), ONE, {}],
    ['a 401 to a key of the environment', UNAUTHORIZED, ONE, {MOGPLEX_API_KEY: 'mog_1'}],
    ['a 401 to a stored key', UNAUTHORIZED, makeKey('mogplex'), {}],
    [
      'a 401 to a login without a refresh token',
      UNAUTHORIZED,
      tokensNamed('one', {refreshToken: undefined}),
      {},
    ],
  ] as [string, Error, Credential, Record<string, string>][]) {
    it(`refreshes nothing after ${what}`, async () => {
      const fixture = accountOf(first, env)
      const {bearers, request} = requestTo(error)
      expect(await failureOf(fixture.access.use(request))).to.equal(error)
      expect(bearers).to.have.lengthOf(1)
      expect(fixture.refreshes).to.deep.equal([])
    })
  }

  it('fails with the error of the refresh, and does not send it again', async () => {
    const fixture = accountOf()
    const away = new RemoteError('It answers 503.')
    fixture.refresh = async () => Promise.reject(away)
    const {bearers, request} = requestTo(UNAUTHORIZED, 'hello')
    expect(await failureOf(fixture.access.use(request))).to.equal(away)
    expect(bearers).to.have.lengthOf(1)
  })

  for (const [what, credentials, bearer] of [
    ['another login', [tokensNamed('other', {grantId: 'grant-2'})], 'access-other'],
    ['a key', [makeKey('mogplex')], 'stored-mogplex-key'],
    ['nothing', [], undefined],
  ] as [string, Credential[], string | undefined][]) {
    it(`sends it once more with the current credential: ${what}`, async () => {
      const fixture = accountOf()
      fixture.refresh = async () => {
        fixture.put(...credentials)
        return Promise.resolve('changed')
      }
      const {bearers, request} = requestTo(UNAUTHORIZED, 'hello')
      const asked = fixture.access.use(request)
      if (bearer === undefined) {
        expect(await failureOf(asked)).to.include({code: 'NOT_LOGGED_IN'})
        expect(bearers).to.deep.equal(['access-one'])
      } else {
        expect(await asked).to.equal('hello')
        expect(bearers).to.deep.equal(['access-one', bearer])
      }
    })
  }

  describe('shares a refresh', () => {
    /** A refresh that continues until a test ends it. */
    const slow = (fixture: ReturnType<typeof accountOf>) => {
      const ends: ((error?: Error) => void)[] = []
      fixture.refresh = async () =>
        new Promise((resolve, reject) => {
          ends.push((error) => {
            if (error !== undefined) {
              reject(error)
              return
            }
            fixture.put(TWO)
            resolve({credential: TWO})
          })
        })
      return ends
    }

    it('between all simultaneous callers, and starts a new one afterwards', async () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      const ends = slow(fixture)
      const both = Promise.all([fixture.bearer(), fixture.bearer()])
      ends[0]?.()
      expect(await both).to.deep.equal([NEW, NEW])
      expect(fixture.refreshes).to.have.lengthOf(1)
      fixture.put(ONE)
      const third = fixture.bearer()
      ends[1]?.()
      expect(await third).to.equal(NEW)
      expect(fixture.refreshes).to.have.lengthOf(2)
    })

    it('with its failure, and starts a new one afterwards', async () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      const ends = slow(fixture)
      const away = new RemoteError('It answers 503.')
      const both = [failureOf(fixture.bearer()), failureOf(fixture.bearer())]
      ends[0]?.(away)
      expect(await Promise.all(both)).to.deep.equal([away, away])
      const third = fixture.bearer()
      ends[1]?.()
      expect(await third).to.equal(NEW)
    })

    it('with no caller that has another token', async () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      const ends = slow(fixture)
      const first = fixture.bearer()
      fixture.put(tokensNamed('other', {grantId: 'grant-2'}))
      const second = fixture.bearer()
      expect(fixture.refreshes.map(([tokens]) => tokens)).to.deep.equal([
        OLD,
        'access-other refresh-other',
      ])
      ends[0]?.()
      await first
      // The second one is still in progress, and shared.
      fixture.put(tokensNamed('other', {grantId: 'grant-2'}))
      const third = fixture.bearer()
      expect(fixture.refreshes).to.have.lengthOf(2)
      ends[1]?.()
      expect(await Promise.all([second, third])).to.deep.equal([NEW, NEW])
    })

    it('of which one caller can give up without affecting the others', async () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      const ends = slow(fixture)
      const over = new AbortController()
      const [first, second] = [failureOf(fixture.bearer({signal: over.signal})), fixture.bearer()]
      const reason = new Error('Enough.')
      over.abort(reason)
      expect(await first).to.equal(reason)
      expect(fixture.signals[0]?.aborted).to.equal(false)
      ends[0]?.()
      expect(await second).to.equal(NEW)
      expect(fixture.refreshes).to.have.lengthOf(1)
    })

    it('until all give up: then it ends, and a later caller starts a new one', async () => {
      const fixture = accountOf()
      const ends = slow(fixture)
      const over = new AbortController()
      const {signal} = over
      fixture.wait(HOUR)
      const first = failureOf(fixture.bearer({signal}))
      over.abort(new Error('Enough.'))
      expect(fixture.signals[0]).to.include({aborted: true, reason: signal.reason as unknown})
      const second = fixture.bearer()
      expect(fixture.refreshes).to.have.lengthOf(2)
      const ended = new Error('It ended.')
      ends[0]?.(ended)
      expect(await first).to.equal(ended)
      const third = fixture.bearer()
      ends[1]?.()
      expect(await Promise.all([second, third])).to.deep.equal([NEW, NEW])
      expect(fixture.refreshes).to.have.lengthOf(2)
    })

    it('but not one that would accept the old token, when the server rejected that', async () => {
      const fixture = accountOf()
      const ends = slow(fixture)
      let reject = (): void => undefined
      let requests = 0
      const asked = fixture.access.use(async () => {
        requests += 1
        if (requests === 2) return 'hello'
        return new Promise<string>((_, fail) => (reject = () => fail(UNAUTHORIZED)))
      })
      await new Promise(setImmediate)
      fixture.wait(HOUR - MINUTE)
      const due = fixture.bearer()
      reject()
      await new Promise(setImmediate)
      const alsoDue = fixture.bearer()
      expect(fixture.refreshes.map(([, isRejected]) => isRejected)).to.deep.equal([false, true])
      ends[0]?.(new RemoteError('Somebody else goes on refreshing.'))
      expect(await due).to.equal(OLD)
      ends[1]?.()
      expect(await Promise.all([asked, alsoDue])).to.deep.equal(['hello', NEW])
      expect(fixture.refreshes).to.have.lengthOf(2)
    })

    it('between two callers with a 401, of which one gives up', async () => {
      const fixture = accountOf()
      const ends = slow(fixture)
      const over = new AbortController()
      const reason = new Error('Enough.')
      const [one, two] = [requestTo(UNAUTHORIZED), requestTo(UNAUTHORIZED, 'hello')]
      const first = failureOf(fixture.access.use(one.request, {signal: over.signal}))
      const second = fixture.access.use(two.request)
      await new Promise(setImmediate)
      over.abort(reason)
      expect(await first).to.equal(reason)
      ends[0]?.()
      expect(await second).to.equal('hello')
      expect(fixture.refreshes).to.deep.equal([[OLD, true, undefined]])
    })

    it('after a 401 with a caller that only needs a credential, without side effects', async () => {
      const fixture = accountOf()
      const ends = slow(fixture)
      const {request} = requestTo(UNAUTHORIZED, 'hello')
      const asked = fixture.access.use(request)
      await new Promise(setImmediate)
      fixture.wait(HOUR)
      const over = new AbortController()
      const reason = new Error('Enough.')
      const joined = failureOf(fixture.bearer({signal: over.signal}))
      over.abort(reason)
      expect(await joined).to.equal(reason)
      expect(fixture.signals[0]?.aborted).to.equal(false)
      ends[0]?.()
      expect(await asked).to.equal('hello')
      expect(fixture.refreshes).to.have.lengthOf(1)
    })

    it('and starts none for a caller that gave up before', async () => {
      const fixture = accountOf()
      fixture.wait(HOUR)
      const reason = new Error('Enough.')
      const signal = AbortSignal.abort(reason)
      expect(await failureOf(fixture.bearer({signal}))).to.equal(reason)
      expect(fixture.refreshes).to.deep.equal([])
    })
  })

  describe('after tokens could not be stored,', () => {
    const KEPT = tokensOf(tokensNamed('kept'))
    const kept = (minutes: number) =>
      tokensNamed('kept', {
        obtainedAt: new Date(NOW.getTime() + HOUR),
        expiresAt: new Date(NOW.getTime() + HOUR + minutes * MINUTE),
      })

    /** The refresh token on disk is spent, and the new tokens are only in memory. */
    const setUp = async (minutes = 60) => {
      const fixture = accountOf()
      fixture.refresh = async () => Promise.resolve({credential: kept(minutes), unstored: FULL})
      fixture.wait(HOUR)
      expect(await fixture.bearer()).to.equal(KEPT)
      return fixture
    }

    it('reports it once, and continues with them', async () => {
      const fixture = await setUp()
      expect(fixture.warnings).to.deep.equal([
        'The login was refreshed, and the new tokens could not be stored: /x is full. This command goes on with them; the next one may have to sign in again. Make room.',
      ])
      expect(await fixture.bearer()).to.equal(KEPT)
      fixture.isFileMissing = true
      fixture.put()
      expect(await fixture.bearer()).to.equal(KEPT)
      expect(fixture.warnings).to.have.lengthOf(1)
      expect(fixture.refreshes).to.have.lengthOf(1)
    })

    const later = {expiresAt: TWO.expiresAt, obtainedAt: TWO.obtainedAt}
    for (const [what, credentials, bearer] of [
      ['another terminal refreshed', [TWO], 'access-two'],
      [
        'another terminal signed in',
        [tokensNamed('other', {...later, grantId: 'g'})],
        'access-other',
      ],
      [
        'a new login has the old token',
        [tokensNamed('one', {...later, grantId: 'g'})],
        'access-one',
      ],
      ['a key was stored', [makeKey('mogplex')], 'stored-mogplex-key'],
    ] as [string, Credential[], string][]) {
      it(`drops them where ${what}`, async () => {
        const fixture = await setUp()
        fixture.put(...credentials)
        expect(bearerOf(await fixture.access.credential()).reveal()).to.equal(bearer)
        expect(fixture.refreshes).to.have.lengthOf(1)
      })
    }

    it('treats a missing file as such where nothing was held', async () => {
      const fixture = Object.assign(accountOf(), {isFileMissing: true})
      fixture.put()
      expect(await failureOf(fixture.bearer())).to.include({code: 'NOT_LOGGED_IN'})
    })

    it('drops them where another terminal signed out', async () => {
      const fixture = await setUp()
      fixture.put()
      expect(await failureOf(fixture.bearer())).to.include({code: 'NOT_LOGGED_IN'})
    })

    it('refreshes them in place of those on disk, repeatedly', async () => {
      const fixture = await setUp(10)
      fixture.refreshes.length = 0
      const next = tokensNamed('next', {
        obtainedAt: new Date(NOW.getTime() + HOUR + 10 * MINUTE),
        expiresAt: new Date(NOW.getTime() + HOUR + 20 * MINUTE),
      })
      fixture.refresh = async () => Promise.resolve({credential: next, unstored: FULL})
      fixture.wait(10 * MINUTE)
      expect(await fixture.bearer()).to.equal('access-next refresh-next')
      fixture.refresh = async () => {
        fixture.put(TWO)
        return Promise.resolve({credential: TWO})
      }
      fixture.wait(10 * MINUTE)
      expect(await fixture.bearer()).to.equal(NEW)
      expect(await fixture.bearer()).to.equal(NEW)
      expect(fixture.refreshes).to.deep.equal([
        [KEPT, false, OLD],
        ['access-next refresh-next', false, OLD],
      ])
      expect(fixture.warnings).to.have.lengthOf(2)
    })
  })
})
