import {fakeSession, type FakeSession} from '@mogplex/plugin-kit/testing'
import {MogplexError, SessionError} from '@mogplex/plugin-kit'
import {expect} from 'chai'
import {startRun, type StartPorts} from '../../src/services/start-run.js'

const NOW = new Date('2026-08-01T10:00:00Z')
const RUN = {runId: 'r1', status: 'pending', branch: {base: 'main', working: 'x'}, replayed: false}
const REQUEST = {repoId: 'repo-1', prompt: 'Mend it.'}

interface Facts {
  readonly status?: number
  readonly retryAfterSeconds?: number
}

function failing(code: string, exitCode: MogplexError['exitCode'], facts: Facts = {}) {
  return new SessionError({code, exitCode, message: 'It said no.', remedy: 'Do it.', ...facts})
}

function stage(...answers: (Error | object)[]) {
  const made = ['k1', 'k2', 'k3', 'k4']
  const told: string[] = []
  const session: FakeSession = fakeSession({
    responses: {
      '/runs': () => {
        const answer = answers.shift()
        if (answer instanceof Error) throw answer
        return answer
      },
    },
  })
  const ports: StartPorts = {
    session,
    host: 'here',
    pid: 7,
    isAlive: () => true,
    now: () => NOW,
    makeKey: () => made.shift() ?? 'no more',
    onKey: (key, {isRepeated}) => told.push(isRepeated ? `again ${key}` : key),
  }
  const start = async (key?: string, request = REQUEST): Promise<unknown> =>
    startRun(ports, request, key).catch((error: unknown) => error)
  return {session, ports, told, start, keys: () => keysOf(session)}
}

function keysOf({requests}: FakeSession): (string | undefined)[] {
  return requests.map(({options}) => options.idempotencyKey)
}

describe('startRun', () => {
  it('sends the request with a key, reports it before, and remembers the run', async () => {
    const {start, session, told, keys} = stage(RUN)
    expect(await start()).to.deep.include({key: 'k1', isReplayed: false})
    expect([told, keys()]).to.deep.equal([['k1'], ['k1']])
    expect(session.requests[0]?.options).to.deep.include({method: 'POST', body: REQUEST})
    expect(await session.recentRuns()).to.deep.equal([{id: 'r1', branch: 'x'}])
    expect(await session.kept('starts')).to.deep.equal([])
  })

  for (const [name, error] of [
    ['no answer came', failing('UNREACHABLE', 69)],
    ['the server failed', failing('REMOTE', 69, {status: 502})],
    ['it was interrupted', failing('CANCELLED', 130)],
    ['the answer was no run', {hello: 1}],
  ] as const) {
    it(`uses the same key for a repeated request: ${name}`, async () => {
      const {start, told, keys} = stage(error, {...RUN, replayed: true}, RUN)
      const failed = await start()
      expect(failed).to.be.instanceOf(MogplexError)
      expect(failed).to.have.property('message').that.includes('is not known')
      expect(failed).to.have.deep.property('details', {idempotencyKey: 'k1'})
      expect(failed).to.have.property('remedy').that.includes('it uses the same key')
      expect(await start()).to.deep.include({key: 'k1', isReplayed: true})
      await start()
      expect(keys()).to.deep.equal(['k1', 'k1', 'k3'])
      expect(told).to.deep.equal(['k1', 'again k1', 'k3'])
    })
  }

  for (const [name, error] of [
    ['a limit', failing('RATE_LIMITED', 75, {status: 429, retryAfterSeconds: 200})],
    ['a server that does nothing now', failing('REMOTE', 69, {status: 503, retryAfterSeconds: 60})],
    ['a refusal', failing('BAD_REQUEST', 1, {status: 400})],
    ['a missing scope', failing('SCOPE_MISSING', 65, {status: 403})],
  ] as const) {
    it(`creates another key after ${name}: nothing has started`, async () => {
      const {start, keys} = stage(error, RUN)
      expect(await start()).to.include({code: error.code, exitCode: error.exitCode})
      await start()
      expect(keys()).to.deep.equal(['k1', 'k2'])
    })
  }

  it('says when to try again', async () => {
    const limited = failing('RATE_LIMITED', 75, {status: 429, retryAfterSeconds: 200})
    const error = await stage(limited).start()
    expect(error).to.include({retryAfterSeconds: 200, status: 429})
    expect(error)
      .to.have.property('remedy')
      .that.matches(/^Try again in 3m 20s, at \d\d:\d\d:\d\d\.$/)
    expect(error)
      .to.have.property('message')
      .that.includes('10 runs a minute, 30 an hour and 150 a day')
  })

  it("uses the user's key, records nothing, and explains a conflict", async () => {
    const conflict = failing('IDEMPOTENCY_CONFLICT', 1, {status: 409})
    const {start, session, keys} = stage(conflict, failing('UNREACHABLE', 69))
    expect(await start('mine')).to.include({code: 'IDEMPOTENCY_CONFLICT', exitCode: 1})
    expect(await start('mine'))
      .to.have.property('remedy')
      .that.includes('with the same key')
    expect(keys()).to.deep.equal(['mine', 'mine'])
    expect(await session.kept('starts')).to.equal(undefined)
  })

  it('starts even where nothing can be recorded, and says how to continue with the key', async () => {
    const {ports, session} = stage()
    const full = failing('LOCAL_FILE', 1)
    const keep = async (): Promise<never> => Promise.reject(full)
    const request = async (): Promise<never> => Promise.reject(failing('UNREACHABLE', 69))
    const broken = {...session, keep, request} as unknown as StartPorts['session']
    const error = await startRun({...ports, session: broken}, REQUEST, undefined).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.have.property('remedy').that.includes('--idempotency-key k1')
  })

  it('does not hide a bug', async () => {
    expect(await stage(new TypeError('a bug')).start()).to.be.instanceOf(TypeError)
  })
})
