import {expect} from 'chai'
import type {PollAnswer} from '../../../src/adapters/authorization-server/device-poll.js'
import {CancelledError} from '../../../src/domain/errors/cancelled.js'
import {RemoteError} from '../../../src/domain/errors/remote.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {readSettings} from '../../../src/domain/settings/settings.js'
import {
  type DeviceLoginEvent,
  type DeviceLoginPorts,
  logInByDevice,
} from '../../../src/services/log-in-by-device.js'
import {makeLogin, NOW} from '../../support/make-credential.js'
import {METADATA, TOKENS} from './login-fixture.js'
import {storePorts} from './store-ports.js'

const GIVEN = {
  deviceCode: new Secret('device-code-value'),
  userCode: 'WDJB-MJHT',
  verificationUri: new URL('https://mogplex.com/device'),
  verificationUriComplete: undefined,
  expiresInSeconds: 600,
  intervalSeconds: 5,
}
const OFFERED = {...METADATA, deviceAuthorizationEndpoint: new URL('https://mogplex.com/d')}
const PENDING: PollAnswer = {kind: 'pending'}
const SLOW: PollAnswer = {kind: 'slow-down'}
const AWAY: PollAnswer = {kind: 'trouble', why: 'mogplex.com cannot be reached.'}
const GOT: PollAnswer = {kind: 'tokens', tokens: TOKENS}

interface Fixture {
  readonly ports?: Partial<DeviceLoginPorts>
  /** The answers to the polls, in turn; the last one is repeated. */
  readonly answers?: readonly PollAnswer[]
  readonly given?: Partial<typeof GIVEN>
  readonly timeoutSeconds?: number
  readonly expectAccount?: string
  readonly signal?: AbortSignal
}

/** A login with fakes, in which time passes only in pauses: its result and its duration. */
async function logInAmongFakes(fixture: Fixture) {
  const {answers = [GOT], timeoutSeconds = 3600, signal = new AbortController().signal} = fixture
  let now = NOW.getTime()
  const seconds = () => (now - NOW.getTime()) / 1000
  const polls: {at: number; timeoutMs: number}[] = []
  const told: DeviceLoginEvent[] = []
  const store = storePorts({before: [makeLogin({account: {id: 'usr_2'}})]})
  const ports: DeviceLoginPorts = {
    ...store.ports,
    settings: readSettings({}),
    clock: {now: () => new Date(now)},
    newGrantId: () => 'new-grant',
    async pause(milliseconds, given) {
      given?.throwIfAborted()
      now += milliseconds
      return Promise.resolve()
    },
    discover: async () => Promise.resolve(OFFERED),
    requestDevice: async () => Promise.resolve({...GIVEN, ...fixture.given}),
    async poll(_metadata, {deviceCode, timeoutMs}) {
      expect(deviceCode.reveal()).to.equal('device-code-value')
      polls.push({at: seconds(), timeoutMs})
      return Promise.resolve(answers[Math.min(polls.length, answers.length) - 1] ?? PENDING)
    },
    ...fixture.ports,
  }
  const {expectAccount} = fixture
  const login = {timeoutSeconds, signal, expectAccount}
  const result = await logInByDevice(ports, {
    ...login,
    tell: (event) => void told.push(event),
  }).then(
    (loggedIn) => ({loggedIn, error: undefined}),
    (error: unknown) => ({loggedIn: undefined, error}),
  )
  return {
    ...result,
    polls,
    polledAt: polls.map(({at}) => at),
    told,
    written: store.written,
    endedAt: seconds(),
  }
}

describe('logInByDevice', () => {
  it("shows address and code first, then polls at the server's interval, and stores", async () => {
    const {loggedIn, polledAt, told, written} = await logInAmongFakes({
      answers: [PENDING, PENDING, GOT],
      given: {intervalSeconds: 7},
    })
    expect(told).to.deep.equal([
      {
        type: 'device-authorization',
        authorization: {...GIVEN, intervalSeconds: 7},
        waitsSeconds: 600,
      },
    ])
    expect(polledAt).to.deep.equal([7, 14, 21])
    expect(loggedIn?.credential).to.deep.include({
      issuer: 'https://mogplex.com',
      clientId: 'mogplex-cli',
      grantId: 'new-grant',
      ...TOKENS,
      obtainedAt: new Date(NOW.getTime() + 21_000),
    })
    expect(written).to.deep.equal([loggedIn?.credential])
    expect(loggedIn?.replaced[0]?.credential.account).to.deep.equal({id: 'usr_2'})
  })

  it('polls 5 s less often after each slow_down, permanently', async () => {
    const answers = [SLOW, PENDING, SLOW, AWAY, PENDING, GOT]
    expect((await logInAmongFakes({answers})).polledAt).to.deep.equal([5, 15, 25, 40, 70, 85])
  })

  it('waits twice as long after each lost answer, a minute at most, then as before', async () => {
    const answers = [AWAY, AWAY, AWAY, AWAY, AWAY, PENDING, GOT]
    const {polledAt, told} = await logInAmongFakes({answers})
    expect(polledAt).to.deep.equal([5, 15, 35, 75, 135, 195, 200])
    expect(told.slice(1)).to.deep.equal([{type: 'trouble', why: 'mogplex.com cannot be reached.'}])
  })

  it('reports a failure again once the server had answered in between', async () => {
    const {told} = await logInAmongFakes({answers: [AWAY, AWAY, PENDING, AWAY, GOT]})
    expect(told.map(({type}) => type)).to.deep.equal(['device-authorization', 'trouble', 'trouble'])
  })

  it('comes back no sooner than a 429 says', async () => {
    const answers: PollAnswer[] = [{...AWAY, retryAfterSeconds: 90}, GOT]
    expect((await logInAmongFakes({answers})).polledAt).to.deep.equal([5, 95])
    const soon: PollAnswer[] = [{...AWAY, retryAfterSeconds: 1}, GOT]
    expect((await logInAmongFakes({answers: soon})).polledAt).to.deep.equal([5, 15])
  })

  for (const answers of [[PENDING], [AWAY], [SLOW]]) {
    it(`fails with exit 64 when the code expires after ${answers[0]?.kind ?? ''}`, async () => {
      const {error, endedAt, written} = await logInAmongFakes({answers})
      expect(error).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
      expect(error).property('message').to.include('The code expired')
      expect(endedAt).to.equal(600)
      expect(written).to.deep.equal([])
    })
  }

  it('fails with exit 64 after --timeout, where that is sooner', async () => {
    const {error, endedAt, polledAt, told} = await logInAmongFakes({
      answers: [PENDING],
      timeoutSeconds: 12,
    })
    expect(error).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
    expect(error).property('message').to.include('within 12 s')
    expect(told[0]).to.include({waitsSeconds: 12})
    expect(error).property('remedy').to.include('--timeout SECONDS')
    expect({endedAt, polledAt}).to.deep.equal({endedAt: 12, polledAt: [5, 10]})
  })

  it('waits for no answer beyond the end', async () => {
    const {polls} = await logInAmongFakes({answers: [PENDING], timeoutSeconds: 47})
    const timeouts = polls.map(({timeoutMs}) => timeoutMs / 1000)
    expect(timeouts).to.deep.equal([30, 30, 30, 27, 22, 17, 12, 7, 2])
  })

  it('fails with exit 64 where the server says that the code expired', async () => {
    const {error, polledAt} = await logInAmongFakes({answers: [PENDING, {kind: 'expired'}]})
    expect(error).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
    expect(polledAt).to.deep.equal([5, 10])
  })

  it('fails with exit 64 when it is denied, and stores nothing', async () => {
    const denied: PollAnswer = {kind: 'denied', text: 'access_denied: No'}
    const {error, polledAt, written} = await logInAmongFakes({answers: [PENDING, denied]})
    expect(error).to.include({code: 'LOGIN_FAILED', exitCode: 64})
    expect(error).property('message').to.include('(access_denied: No)')
    expect({polledAt, written}).to.deep.equal({polledAt: [5, 10], written: []})
  })

  it('fails with the error of a poll', async () => {
    const failure = new RemoteError('It was not understood.')
    const poll = async (): Promise<never> => Promise.reject(failure)
    const {error, written} = await logInAmongFakes({ports: {poll}})
    expect({error, written}).to.deep.equal({error: failure, written: []})
  })

  it('reports that it is not supported, and names the other ways', async () => {
    const discover = async () => Promise.resolve(METADATA)
    const {error, told, polls} = await logInAmongFakes({ports: {discover}})
    expect(error).to.include({code: 'DEVICE_LOGIN_NOT_OFFERED', exitCode: 64})
    expect(error)
      .property('message')
      .to.match(/^mogplex\.com does not offer/)
    for (const way of ['`mogplex login`', '--no-browser', '--with-api-key']) {
      expect(error).property('remedy').to.include(way)
    }
    expect({told, polls}).to.deep.equal({told: [], polls: []})
  })

  it('stores nothing when another account signed in than was expected', async () => {
    const {error, written} = await logInAmongFakes({expectAccount: 'eve@example.com'})
    expect(error).to.include({code: 'UNEXPECTED_ACCOUNT', exitCode: 64})
    expect(written).to.deep.equal([])
    const expected = await logInAmongFakes({expectAccount: 'Ada@Example.com'})
    expect(expected.written).to.have.lengthOf(1)
  })

  it('ends with the reason of its signal, while it waits', async () => {
    const reason = new CancelledError('It was interrupted.', 'Run it again.')
    const over = new AbortController()
    const poll = async (): Promise<PollAnswer> => {
      over.abort(reason)
      return Promise.resolve(PENDING)
    }
    const {error, written} = await logInAmongFakes({signal: over.signal, ports: {poll}})
    expect(error).to.equal(reason)
    expect(written).to.deep.equal([])
  })
})
