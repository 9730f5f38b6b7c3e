import {expect} from 'chai'
import type {RunQuery, RunsApi} from '../../../src/adapters/mogplex-api/runs-api.js'
import {
  CredentialRejectedError,
  NotLoggedInError,
  UnexpectedPageError,
} from '../../../src/domain/errors/authentication.js'
import {ScopeMissingError} from '../../../src/domain/errors/access.js'
import {RateLimitedError} from '../../../src/domain/errors/later.js'
import {RemoteError, UnreachableError} from '../../../src/domain/errors/remote.js'
import {NoSuchRunError} from '../../../src/domain/errors/run.js'
import type {FollowOptions, RunUpdate} from '../../../src/domain/run/run-source.js'
import type {RunAnswer} from '../../../src/domain/run/seen-run.js'
import {pollRuns} from '../../../src/services/poll-run.js'
import type {Credential} from '../../../src/domain/credential/credential.js'
import {givenAccess} from '../../support/given-access.js'
import {makeKey, makeLogin, makeShellKey} from '../../support/make-credential.js'
import {makeEvent, makeEvents, makeRun, RUN_ID} from '../../support/make-run.js'

const HOUR = 3_600_000
const OVER = {
  run: makeRun({status: 'success'}),
  events: [makeEvent({id: 'last', type: 'finished'})],
}

type Answer = (nowMs: number, count: number) => Error | RunAnswer

/** A service, and a time that passes only in pauses. */
class Fixture {
  nowMs = 0
  readonly asked: {readonly at: number; readonly what: string; readonly isKnown: boolean}[] = []
  readonly pauses: number[] = []
  wasOver = false
  onDisk: () => Credential | undefined = () => makeKey('mogplex')
  /** Called when a wait begins. */
  onPause: ((index: number) => void) | undefined
  readonly #answer: Answer
  readonly #window: number

  constructor(answer: Answer, window = 200) {
    this.#answer = answer
    this.#window = window
  }

  source(
    use = async <T>(call: (credential: Credential) => Promise<T>) => call(makeKey('mogplex')),
  ) {
    const tell = async (what: string, {isKnown = false}: Partial<RunQuery>) => {
      this.asked.push({at: this.nowMs, what, isKnown})
      const answer = this.#answer(this.nowMs, this.asked.length)
      if (answer instanceof Error) throw answer
      return Promise.resolve(answer)
    }
    const api: RunsApi = {
      run: async (question) => ({run: (await tell('run', question)).run}),
      async events(question) {
        const {run, events = []} = await tell('events', question)
        return {run, events: [...events]}
      },
      cancel: async () => Promise.resolve({run: makeRun(), wasOver: this.wasOver}),
      repositoryName: async (repoId) =>
        repoId === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve('ada/engine'),
    }
    return pollRuns({
      access: {use, peek: () => this.onDisk()},
      clock: {now: () => new Date(this.nowMs)},
      apiFor: () => api,
      window: this.#window,
      pause: async (ms, signal) => {
        this.pauses.push(ms)
        this.onPause?.(this.pauses.length)
        signal?.throwIfAborted()
        this.nowMs += ms
        return Promise.resolve()
      },
    })
  }

  async follow(signal = new AbortController().signal): Promise<RunUpdate[]> {
    const updates: RunUpdate[] = []
    for await (const update of this.source().follow(RUN_ID, signal)) updates.push(update)
    return updates
  }
}

function named(updates: readonly RunUpdate[]): string[] {
  return updates.map((update) => (update.type === 'event' ? update.event.id : update.type))
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('pollRuns', () => {
  it('returns an ended run after one request', async () => {
    const fixture = new Fixture(() => OVER)
    expect(named(await fixture.follow())).to.deep.equal(['run', 'last'])
    expect(fixture.asked).to.deep.equal([{at: 0, what: 'events', isKnown: false}])
  })

  it('asks soon after something happened, and returns every event once', async () => {
    const fixture = new Fixture((_now, count) =>
      count < 4
        ? {run: makeRun(), events: makeEvents(1, count)}
        : {...OVER, events: [...makeEvents(1, 3), ...OVER.events]},
    )
    expect(named(await fixture.follow())).to.deep.equal(['run', 'e1', 'e2', 'e3', 'run', 'last'])
    expect(fixture.pauses).to.deep.equal([1500, 1500, 1500, 1500])
  })

  it('needs at most 200 requests for an hour in which nothing happens', async () => {
    const quiet = {run: makeRun(), events: makeEvents(1, 3)}
    const fixture = new Fixture((now) => (now < HOUR ? quiet : OVER))
    await fixture.follow()
    const within = fixture.asked.filter(({at}) => at < HOUR)
    expect(within.length).to.be.within(100, 200)
    // Never more than the limit of a key in any minute, alone or together with another one.
    for (const {at} of within) {
      const minute = within.filter((other) => other.at >= at && other.at < at + 60_000)
      expect(minute.length).to.be.at.most(30)
    }
  })

  it('never sends more than 40 requests a minute, however much happens', async () => {
    const fixture = new Fixture((now, count) =>
      now < 60_000 ? {run: makeRun(), events: makeEvents(1, count)} : OVER,
    )
    await fixture.follow()
    expect(fixture.asked.filter(({at}) => at < 60_000).length).to.be.at.most(40)
  })

  it('reports that the window is full, and requests only the status from then on', async () => {
    const full = {run: makeRun(), events: makeEvents(1, 5)}
    const fixture = new Fixture((_now, count) => (count < 4 ? full : OVER), 5)
    const updates = await fixture.follow()
    expect(named(updates)).to.deep.equal(['run', 'e1', 'e2', 'e3', 'e4', 'e5', 'window', 'run'])
    expect(fixture.asked.map(({what}) => what)).to.deep.equal(['events', 'events', 'run', 'run'])
  })

  it('reports a failure, keeps trying for minutes, and misses nothing', async () => {
    const gone = new UnreachableError('There is no network.', undefined, false)
    const fixture = new Fixture((now, count) => {
      if (count === 1) return {run: makeRun(), events: makeEvents(1, 1)}
      return now < 5 * 60_000 ? gone : {...OVER, events: [...makeEvents(1, 3), ...OVER.events]}
    })
    const updates = named(await fixture.follow())
    const troubles = updates.filter((name) => name === 'trouble').length
    expect(troubles).to.be.within(8, 20)
    expect(updates.filter((name) => name !== 'trouble')).to.deep.equal([
      'run',
      'e1',
      'back',
      'run',
      'e2',
      'e3',
      'last',
    ])
    expect(Math.max(...fixture.pauses)).to.equal(30_000)
  })

  it('waits as long as the server says, and polls less often afterwards', async () => {
    const fixture = new Fixture((_now, count) => {
      if (count === 2) return new RateLimitedError('h', 60)
      return count < 5 ? {run: makeRun(), events: makeEvents(1, count)} : OVER
    })
    await fixture.follow()
    expect(fixture.pauses).to.deep.equal([1500, 60_000, 3000, 3000, 3000])
  })

  it("polls again after an answer that is not the API's, once it has had one", async () => {
    const html = new UnexpectedPageError('h does not accept the stored login.')
    const fixture = new Fixture((_now, count) =>
      count === 2 ? html : count === 1 ? {run: makeRun(), events: []} : OVER,
    )
    expect(named(await fixture.follow())).to.deep.equal(['run', 'trouble', 'back', 'run', 'last'])
    expect(fixture.asked.map(({isKnown}) => isKnown).slice(0, 3)).to.deep.equal([false, true, true])
    expect(await failureOf(new Fixture(() => html).follow())).to.equal(html)
  })

  it('fails when for two minutes there was nothing else', async () => {
    const html = new UnexpectedPageError('h does not accept the stored login.')
    const fixture = new Fixture((_now, count) =>
      count === 1 ? {run: makeRun(), events: []} : html,
    )
    expect(await failureOf(fixture.follow())).to.equal(html)
    expect(fixture.nowMs).to.be.within(115_000, 130_000)
    const gone = new UnreachableError('There is no network.', undefined, false)
    const longer = new Fixture((now, count) => {
      if (count === 1) return {run: makeRun(), events: []}
      return now > HOUR ? OVER : count % 2 === 0 ? gone : html
    })
    expect(named(await longer.follow()).at(-1)).to.equal('last')
  })

  it('returns events after the end', async () => {
    const fixture = new Fixture((_now, count) => {
      if (count === 1) return {run: makeRun(), events: []}
      const late = count > 2 ? [makeEvent({id: 'late'})] : []
      return {...OVER, events: [...OVER.events, ...late]}
    })
    expect(named(await fixture.follow())).to.deep.equal(['run', 'run', 'last', 'late'])
  })

  describe('at the beginning', () => {
    it('waits out a short failure, and reports it', async () => {
      const fixture = new Fixture((_now, count) => (count < 3 ? new RemoteError('502') : OVER))
      expect(named(await fixture.follow())).to.deep.equal([
        'trouble',
        'trouble',
        'back',
        'run',
        'last',
      ])
      expect(fixture.pauses).to.deep.equal([1000, 2000])
    })

    it('gives up after three attempts, and at once where nothing answers', async () => {
      const trouble = new RemoteError('502')
      const fixture = new Fixture(() => trouble)
      expect(await failureOf(fixture.follow())).to.equal(trouble)
      expect(fixture.asked).to.have.length(3)
      const nobody = new UnreachableError('refused', undefined, false)
      const other = new Fixture(() => nobody)
      expect(await failureOf(other.follow())).to.equal(nobody)
      expect(other.asked).to.have.length(1)
    })
  })

  for (const error of [
    new NoSuchRunError(RUN_ID, 'a'),
    new ScopeMissingError('m', 'r'),
    new NotLoggedInError(),
    new CredentialRejectedError('401', 'r', true),
    new CredentialRejectedError('The server ended the login.'),
    new TypeError('a bug'),
  ]) {
    it(`fails with ${error.name} ${error.message}, at the beginning and later`, async () => {
      expect(await failureOf(new Fixture(() => error).follow())).to.equal(error)
      const later = new Fixture((_now, count) => (count === 1 ? {run: makeRun()} : error))
      expect(await failureOf(later.follow())).to.equal(error)
    })
  }

  it('fails with the reason of its signal, during a wait and a request', async () => {
    const reason = new Error('Enough.')
    for (const when of ['pause', 'trouble'] as const) {
      const controller = new AbortController()
      const fixture = new Fixture((_now, count) =>
        when === 'trouble' && count === 2 ? new RemoteError('502') : {run: makeRun()},
      )
      fixture.onPause = (index) => {
        if (index === (when === 'pause' ? 1 : 2)) controller.abort(reason)
      }
      expect(await failureOf(fixture.follow(controller.signal))).to.equal(reason)
    }
  })

  it('fails with the reason of its signal where that aborted a request, and reports no failure', async () => {
    const controller = new AbortController()
    const reason = new Error('Enough.')
    const fixture = new Fixture((_now, count) => {
      if (count === 1) return {run: makeRun()}
      controller.abort(reason)
      return new RemoteError('502')
    })
    const told: string[] = []
    const follow = async (): Promise<void> => {
      const {signal} = controller
      for await (const {type} of fixture.source().follow(RUN_ID, signal)) told.push(type)
    }
    expect(await failureOf(follow())).to.equal(reason)
    expect(told).to.deep.equal(['run'])
  })

  describe('after the sign-in has ended', () => {
    const ended = new CredentialRejectedError('The server ended the login of Ada.')
    const another = makeLogin({grantId: 'grant-2'})

    /** After so many answers the credential is rejected, until another one is on disk. */
    function refuse(over: Credential, answers = 1) {
      const fixture = new Fixture((_now, count) => (count <= answers ? {run: makeRun()} : OVER))
      fixture.onDisk = () => (fixture.nowMs < 60_000 ? undefined : another)
      const updates: RunUpdate[] = []
      const follow = async (options?: FollowOptions): Promise<unknown> => {
        const source = fixture.source(async (call) => {
          const credential = fixture.asked.length < answers ? over : fixture.onDisk()
          if (credential === undefined) throw ended
          return call(credential)
        })
        const updated = source.follow(RUN_ID, new AbortController().signal, options)
        return failureOf(
          (async () => {
            for await (const update of updated) updates.push(update)
          })(),
        )
      }
      return {fixture, updates, follow}
    }

    it('waits for a new one, sends nothing meanwhile, and continues by itself', async () => {
      const {fixture, updates, follow} = refuse(makeLogin())
      expect(await follow({waitsForSignIn: true})).to.equal(undefined)
      expect(named(updates)).to.deep.equal(['run', 'signed-out', 'signed-in', 'run', 'last'])
      expect(fixture.asked.map(({at}) => at).filter((at) => at > 0 && at < 60_000)).to.deep.equal(
        [],
      )
    })

    it('ends at once where nobody can sign in', async () => {
      const {fixture, updates, follow} = refuse(makeLogin())
      expect(await follow()).to.equal(ended)
      expect(named(updates)).to.deep.equal(['run'])
      expect(fixture.pauses).to.have.length(1)
    })

    it('ends at once where a variable signs in, and where the run was never seen', async () => {
      for (const {fixture, follow} of [refuse(makeShellKey()), refuse(makeLogin(), 0)]) {
        expect(await follow({waitsForSignIn: true})).to.equal(ended)
        expect(fixture.nowMs).to.be.below(10_000)
      }
    })
  })

  it('uses any credential that is valid now', async () => {
    const fixture = new Fixture((_now, count) => (count < 3 ? {run: makeRun()} : OVER))
    const used: string[] = []
    let turn = 0
    const source = fixture.source(async (call) => {
      const key = makeKey('mogplex', {account: {id: `usr_${(turn += 1)}`}})
      used.push(key.account?.id ?? '')
      return call(key)
    })
    for await (const _update of source.follow(RUN_ID, new AbortController().signal)) {
      // Its events are the same.
    }
    expect(used).to.deep.equal(['usr_1', 'usr_2', 'usr_3', 'usr_4'])
  })

  it('polls at once after a cancellation', async () => {
    let isCancelled = false
    const fixture = new Fixture(() => (isCancelled ? OVER : {run: makeRun()}))
    let wait: AbortSignal | undefined
    const waits: (() => void)[] = []
    const api: RunsApi = {
      run: async () => Promise.reject(new Error('not asked')),
      events: async () =>
        Promise.resolve(
          isCancelled ? {run: OVER.run, events: [...OVER.events]} : {run: makeRun(), events: []},
        ),
      cancel: async () => {
        isCancelled = true
        return Promise.resolve({run: makeRun(), wasOver: false})
      },
      repositoryName: async () => Promise.resolve(undefined),
    }
    const source = pollRuns({
      access: givenAccess(() => makeKey('mogplex')),
      clock: {now: () => new Date(0)},
      apiFor: () => api,
      window: 200,
      pause: async (_ms, signal) =>
        new Promise((resolve, reject) => {
          wait = signal
          signal?.addEventListener('abort', () => reject(new Error('cut')))
          if (isCancelled) resolve()
          for (const tell of waits.splice(0)) tell()
        }),
    })
    const waiting = new Promise<void>((resolve) => waits.push(resolve))
    const updates = source.follow(RUN_ID, new AbortController().signal)[Symbol.asyncIterator]()
    expect((await updates.next()).value).to.include({type: 'run'})
    const next = updates.next()
    await waiting
    expect(wait?.aborted).to.equal(false)
    expect(await source.cancel(RUN_ID, new AbortController().signal)).to.deep.equal({
      wasOver: false,
    })
    expect((await next).value).to.deep.equal({type: 'run', run: OVER.run})
    expect(fixture.asked).to.have.length(0)
  })

  it('finds the name of the repository, or continues without', async () => {
    const source = new Fixture(() => OVER).source()
    const {signal} = new AbortController()
    expect(await source.repositoryName(makeRun(), signal)).to.equal('ada/engine')
    expect(await source.repositoryName(makeRun({repoId: 'bad'}), signal)).to.equal(undefined)
    expect(await source.repositoryName(makeRun({repoId: ''}), signal)).to.equal(undefined)
  })
})
