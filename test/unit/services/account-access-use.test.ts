import {expect} from 'chai'
import {CredentialRejectedError} from '../../../src/domain/errors/authentication.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {bearerOf, type Credential} from '../../../src/domain/credential/credential.js'
import {makeKey, NOW} from '../../support/make-credential.js'
import {accountOf, ONE, TWO} from './account-world.js'
import {failureOf, MINUTE, tokensNamed, tokensOf} from './refresh-world.js'

const FULL = new LocalFileError('/x is full.', 'Make room.')
const UNAUTHORIZED = new CredentialRejectedError('It answers 401.', 'Sign in.', true)
const OLD = tokensOf(ONE)
const NEW = tokensOf(TWO)
const HOUR = 60 * MINUTE

/** A request that is answered by these in turn, the last one again and again. */
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
  it('makes it once, and gives its answer', async () => {
    const world = accountOf()
    const {bearers, request} = requestTo('hello')
    expect(await world.access.use(request)).to.equal('hello')
    expect(bearers).to.deep.equal(['access-one'])
    expect(world.refreshes).to.deep.equal([])
  })

  it('refreshes first where the token would not hold for it', async () => {
    const world = accountOf()
    const {bearers, request} = requestTo('hello')
    world.wait(30 * MINUTE)
    await world.access.use(request, {validForMs: 40 * MINUTE})
    expect(bearers).to.deep.equal(['access-two'])
  })

  it('refreshes after a 401, however long the token should hold, and asks once more', async () => {
    const world = accountOf()
    const {bearers, request} = requestTo(UNAUTHORIZED, 'hello')
    expect(await world.access.use(request)).to.equal('hello')
    expect(bearers).to.deep.equal(['access-one', 'access-two'])
    expect(world.refreshes).to.deep.equal([[OLD, true, undefined]])
  })

  it('takes what the refresh gives, though it be due again: an answer was lost', async () => {
    const world = accountOf()
    world.refresh = async (login) => Promise.resolve({credential: login})
    world.wait(HOUR - MINUTE)
    expect(await world.bearer()).to.equal(OLD)
    expect(world.refreshes).to.have.lengthOf(1)
  })

  it('leaves it at a second 401', async () => {
    const world = accountOf()
    const second = new CredentialRejectedError('It answers 401 again.', 'Sign in.', true)
    const {bearers, request} = requestTo(UNAUTHORIZED, second)
    expect(await failureOf(world.access.use(request))).to.equal(second)
    expect(bearers).to.deep.equal(['access-one', 'access-two'])
    expect(world.refreshes).to.have.lengthOf(1)
  })

  for (const [what, error, first, env] of [
    ['another failure', new RemoteError('It answers 503.'), ONE, {}],
    ['a rejection that is no plain 401', new CredentialRejectedError('No.'), ONE, {}],
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
      const world = accountOf(first, env)
      const {bearers, request} = requestTo(error)
      expect(await failureOf(world.access.use(request))).to.equal(error)
      expect(bearers).to.have.lengthOf(1)
      expect(world.refreshes).to.deep.equal([])
    })
  }

  it('fails with the refresh when that fails, and does not ask again', async () => {
    const world = accountOf()
    const away = new RemoteError('It answers 503.')
    world.refresh = async () => Promise.reject(away)
    const {bearers, request} = requestTo(UNAUTHORIZED, 'hello')
    expect(await failureOf(world.access.use(request))).to.equal(away)
    expect(bearers).to.have.lengthOf(1)
  })

  for (const [what, credentials, bearer] of [
    ['another login', [tokensNamed('other', {grantId: 'grant-2'})], 'access-other'],
    ['a key', [makeKey('mogplex')], 'stored-mogplex-key'],
    ['nothing', [], undefined],
  ] as [string, Credential[], string | undefined][]) {
    it(`asks once more with what is there by then: ${what}`, async () => {
      const world = accountOf()
      world.refresh = async () => {
        world.put(...credentials)
        return Promise.resolve('changed')
      }
      const {bearers, request} = requestTo(UNAUTHORIZED, 'hello')
      const asked = world.access.use(request)
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
    /** A refresh that goes on until it is told how it ends. */
    const slow = (world: ReturnType<typeof accountOf>) => {
      const ends: ((error?: Error) => void)[] = []
      world.refresh = async () =>
        new Promise((resolve, reject) => {
          ends.push((error) => {
            if (error !== undefined) {
              reject(error)
              return
            }
            world.put(TWO)
            resolve({credential: TWO})
          })
        })
      return ends
    }

    it('between all who want one at the same time, and begins anew afterwards', async () => {
      const world = accountOf()
      world.wait(HOUR)
      const ends = slow(world)
      const both = Promise.all([world.bearer(), world.bearer()])
      ends[0]?.()
      expect(await both).to.deep.equal([NEW, NEW])
      expect(world.refreshes).to.have.lengthOf(1)
      world.put(ONE)
      const third = world.bearer()
      ends[1]?.()
      expect(await third).to.equal(NEW)
      expect(world.refreshes).to.have.lengthOf(2)
    })

    it('with its failure, and begins anew afterwards', async () => {
      const world = accountOf()
      world.wait(HOUR)
      const ends = slow(world)
      const away = new RemoteError('It answers 503.')
      const both = [failureOf(world.bearer()), failureOf(world.bearer())]
      ends[0]?.(away)
      expect(await Promise.all(both)).to.deep.equal([away, away])
      const third = world.bearer()
      ends[1]?.()
      expect(await third).to.equal(NEW)
    })

    it('with nobody who has another token', async () => {
      const world = accountOf()
      world.wait(HOUR)
      const ends = slow(world)
      const first = world.bearer()
      world.put(tokensNamed('other', {grantId: 'grant-2'}))
      const second = world.bearer()
      expect(world.refreshes.map(([tokens]) => tokens)).to.deep.equal([
        OLD,
        'access-other refresh-other',
      ])
      ends[0]?.()
      await first
      // The second one still goes on, and is shared.
      world.put(tokensNamed('other', {grantId: 'grant-2'}))
      const third = world.bearer()
      expect(world.refreshes).to.have.lengthOf(2)
      ends[1]?.()
      expect(await Promise.all([second, third])).to.deep.equal([NEW, NEW])
    })

    it('of which one who gives up takes nothing from the others', async () => {
      const world = accountOf()
      world.wait(HOUR)
      const ends = slow(world)
      const over = new AbortController()
      const [first, second] = [failureOf(world.bearer({signal: over.signal})), world.bearer()]
      const reason = new Error('Enough.')
      over.abort(reason)
      expect(await first).to.equal(reason)
      expect(world.signals[0]?.aborted).to.equal(false)
      ends[0]?.()
      expect(await second).to.equal(NEW)
      expect(world.refreshes).to.have.lengthOf(1)
    })

    it('until all give up: then it ends, and who comes afterwards begins anew', async () => {
      const world = accountOf()
      const ends = slow(world)
      const over = new AbortController()
      const {signal} = over
      world.wait(HOUR)
      const first = failureOf(world.bearer({signal}))
      over.abort(new Error('Enough.'))
      expect(world.signals[0]).to.include({aborted: true, reason: signal.reason as unknown})
      const second = world.bearer()
      expect(world.refreshes).to.have.lengthOf(2)
      const ended = new Error('It ended.')
      ends[0]?.(ended)
      expect(await first).to.equal(ended)
      const third = world.bearer()
      ends[1]?.()
      expect(await Promise.all([second, third])).to.deep.equal([NEW, NEW])
      expect(world.refreshes).to.have.lengthOf(2)
    })

    it('but not one that is content with the old token, when the server rejected that', async () => {
      const world = accountOf()
      const ends = slow(world)
      let reject = (): void => undefined
      let requests = 0
      const asked = world.access.use(async () => {
        requests += 1
        if (requests === 2) return 'hello'
        return new Promise<string>((_, fail) => (reject = () => fail(UNAUTHORIZED)))
      })
      await new Promise(setImmediate)
      world.wait(HOUR - MINUTE)
      const due = world.bearer()
      reject()
      await new Promise(setImmediate)
      const alsoDue = world.bearer()
      expect(world.refreshes.map(([, isRejected]) => isRejected)).to.deep.equal([false, true])
      ends[0]?.(new RemoteError('Somebody else goes on refreshing.'))
      expect(await due).to.equal(OLD)
      ends[1]?.()
      expect(await Promise.all([asked, alsoDue])).to.deep.equal(['hello', NEW])
      expect(world.refreshes).to.have.lengthOf(2)
    })

    it('between two that meet a 401, of which one gives up', async () => {
      const world = accountOf()
      const ends = slow(world)
      const over = new AbortController()
      const reason = new Error('Enough.')
      const [one, two] = [requestTo(UNAUTHORIZED), requestTo(UNAUTHORIZED, 'hello')]
      const first = failureOf(world.access.use(one.request, {signal: over.signal}))
      const second = world.access.use(two.request)
      await new Promise(setImmediate)
      over.abort(reason)
      expect(await first).to.equal(reason)
      ends[0]?.()
      expect(await second).to.equal('hello')
      expect(world.refreshes).to.deep.equal([[OLD, true, undefined]])
    })

    it('after a 401 with one who only wants a credential, and takes nothing with him', async () => {
      const world = accountOf()
      const ends = slow(world)
      const {request} = requestTo(UNAUTHORIZED, 'hello')
      const asked = world.access.use(request)
      await new Promise(setImmediate)
      world.wait(HOUR)
      const over = new AbortController()
      const reason = new Error('Enough.')
      const joined = failureOf(world.bearer({signal: over.signal}))
      over.abort(reason)
      expect(await joined).to.equal(reason)
      expect(world.signals[0]?.aborted).to.equal(false)
      ends[0]?.()
      expect(await asked).to.equal('hello')
      expect(world.refreshes).to.have.lengthOf(1)
    })

    it('and begins none for who gave up before', async () => {
      const world = accountOf()
      world.wait(HOUR)
      const reason = new Error('Enough.')
      const signal = AbortSignal.abort(reason)
      expect(await failureOf(world.bearer({signal}))).to.equal(reason)
      expect(world.refreshes).to.deep.equal([])
    })
  })

  describe('that comes after tokens could not be stored,', () => {
    const KEPT = tokensOf(tokensNamed('kept'))
    const kept = (minutes: number) =>
      tokensNamed('kept', {
        obtainedAt: new Date(NOW.getTime() + HOUR),
        expiresAt: new Date(NOW.getTime() + HOUR + minutes * MINUTE),
      })

    /** The refresh token on the disk is spent, and the new ones are only in memory. */
    const setUp = async (minutes = 60) => {
      const world = accountOf()
      world.refresh = async () => Promise.resolve({credential: kept(minutes), unstored: FULL})
      world.wait(HOUR)
      expect(await world.bearer()).to.equal(KEPT)
      return world
    }

    it('says so once, and goes on with them', async () => {
      const world = await setUp()
      expect(world.warnings).to.deep.equal([
        'The login was refreshed, and the new tokens could not be stored: /x is full. This command goes on with them; the next one may have to sign in again. Make room.',
      ])
      expect(await world.bearer()).to.equal(KEPT)
      world.isFileMissing = true
      world.put()
      expect(await world.bearer()).to.equal(KEPT)
      expect(world.warnings).to.have.lengthOf(1)
      expect(world.refreshes).to.have.lengthOf(1)
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
      it(`lets them go where ${what}`, async () => {
        const world = await setUp()
        world.put(...credentials)
        expect(bearerOf(await world.access.credential()).reveal()).to.equal(bearer)
        expect(world.refreshes).to.have.lengthOf(1)
      })
    }

    it('takes a missing file for what it is where nothing was kept', async () => {
      const world = Object.assign(accountOf(), {isFileMissing: true})
      world.put()
      expect(await failureOf(world.bearer())).to.include({code: 'NOT_LOGGED_IN'})
    })

    it('lets them go where another terminal signed out', async () => {
      const world = await setUp()
      world.put()
      expect(await failureOf(world.bearer())).to.include({code: 'NOT_LOGGED_IN'})
    })

    it('refreshes them in place of those on the disk, again and again', async () => {
      const world = await setUp(10)
      world.refreshes.length = 0
      const next = tokensNamed('next', {
        obtainedAt: new Date(NOW.getTime() + HOUR + 10 * MINUTE),
        expiresAt: new Date(NOW.getTime() + HOUR + 20 * MINUTE),
      })
      world.refresh = async () => Promise.resolve({credential: next, unstored: FULL})
      world.wait(10 * MINUTE)
      expect(await world.bearer()).to.equal('access-next refresh-next')
      world.refresh = async () => {
        world.put(TWO)
        return Promise.resolve({credential: TWO})
      }
      world.wait(10 * MINUTE)
      expect(await world.bearer()).to.equal(NEW)
      expect(await world.bearer()).to.equal(NEW)
      expect(world.refreshes).to.deep.equal([
        [KEPT, false, OLD],
        ['access-next refresh-next', false, OLD],
      ])
      expect(world.warnings).to.have.lengthOf(2)
    })
  })
})
