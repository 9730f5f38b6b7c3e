import {expect} from 'chai'
import {KEYS_HINT} from '../../src/app/run/attach.js'
import {ONCE_MORE} from '../../src/app/run/run-keys.js'
import {expectExit} from '../support/answers.js'
import {RUN_ID} from '../support/make-run.js'
import {preload} from '../support/preload.js'
import {scriptRun, type ScriptedAnswer} from '../support/scripted-run.js'
import {setStage} from '../support/sign-in-stage.js'
import {waitUntil} from '../support/wait-until.js'

const ADA = 'ada@example.test'
const END: ScriptedAnswer = {status: 'success', events: 3}

describe('mogplex attach after the sign-in has ended', function () {
  this.timeout(90_000)
  const stage = setStage()
  beforeEach(() => Object.assign(stage.env, preload('quick-pauses.cjs')))

  /** A run; once it was requested, the server forgets the tokens of the stored login. */
  async function endAfterFirstAnswer() {
    const {accessToken} = await stage.putLogin()
    const dead = `Bearer ${accessToken}`
    const asked: string[] = []
    let isRevoked = false
    const count = scriptRun(stage, [{events: 1}, END])
    stage.intercept(async (request) => {
      const token = request.headers.get('authorization') ?? ''
      const isRefresh = request.method === 'POST' && request.url.endsWith('/token')
      if (isRevoked && (token === dead || isRefresh)) asked.push(request.url)
      if (token !== dead || count() === 0) return undefined
      if (!isRevoked) await stage.cloud.revokeTokens()
      isRevoked = true
      return Response.json({ok: false}, {status: 401})
    })
    return {deadRequests: () => asked.length}
  }

  for (const [title, flags, env] of [
    ['without a terminal', [], {}],
    ['with --json', ['--json'], {}],
    ['in CI', [], {CI: '1'}],
  ] as const) {
    it(`exits at once with 64 where nobody can sign in: ${title}`, async () => {
      const {deadRequests} = await endAfterFirstAnswer()
      const result = await stage.run(['attach', RUN_ID, ...flags], {env})
      expectExit(result, 64)
      expect(result.stderr).not.to.match(/next in|another terminal/)
      expect(result.stderr + result.stdout).to.match(
        /127\.0\.0\.1\S* ended the login of ada@example/,
      )
      expect(deadRequests(), 'one refresh').to.equal(1)
    })
  }

  it('explains at a terminal how to sign in elsewhere, and continues by itself afterwards', async () => {
    const {deadRequests} = await endAfterFirstAnswer()
    const terminal = stage.terminal(['attach', RUN_ID])
    await terminal.see(
      /^Run `mogplex login` in another terminal as ada@example\.test: [\s\S]*until/m,
    )
    await terminal.see(/signed out.*\b9m \d\ds left/)
    await terminal.see(KEYS_HINT)
    await terminal.see(/\b9m 5[0-7]s left/) // it has read the disk several times by now
    expect(deadRequests(), 'one refresh').to.equal(1)
    await stage.signIn(ADA)
    expect((await terminal.exit).code).to.equal(0)
    const told = terminal.scrollback()
    expect(told)
      .to.include('Step 3.')
      .and.match(/Signed in again as ada@example\.test/)
    expect(told.indexOf('Signed in again')).to.be.below(told.indexOf('Step 2.'))
  })

  it('waits in the same way after a logout elsewhere, and the keys work meanwhile', async () => {
    await stage.putLogin()
    scriptRun(stage, [{events: 1}])
    const terminal = stage.terminal(['attach', RUN_ID])
    await terminal.see('Step 1.')
    expectExit(await stage.run(['logout']), 0)
    await terminal.see(/signed out.*left/)
    const {length} = stage.cloud.requests
    terminal.press('ctrl+c')
    await terminal.see(ONCE_MORE)
    terminal.type('c')
    terminal.type('n')
    await terminal.see(KEYS_HINT)
    expect(stage.cloud.requests).to.have.length(length)
    terminal.type('\u0003\u0003')
    expect((await terminal.exit).code).to.equal(130)
    expect(terminal.raw().lastIndexOf('\u001B[?25h')).to.be.above(
      terminal.raw().lastIndexOf('\u001B[?25l'),
    )
  })

  it('reports it once, as text, at a simple terminal', async () => {
    await endAfterFirstAnswer()
    const terminal = stage.terminal(['attach', RUN_ID], {env: {TERM: 'dumb'}})
    await terminal.see(/`mogplex login`[\s\S]*until \d\d:\d\d/)
    await stage.signIn(ADA)
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback().match(/`mogplex login`/g)).to.have.length(1)
  })

  it('counts down to the next attempt while there is no answer', async () => {
    await stage.putLogin()
    let isAway = true
    scriptRun(stage, [
      {events: 1},
      {trouble: () => (isAway ? new Response('', {status: 502}) : undefined), ...END},
    ])
    const terminal = stage.terminal(['attach', RUN_ID], {env: {NODE_OPTIONS: ''}})
    await waitUntil({
      // the waits are 1, 2, 4, 8
      look: () => (/next in [3567]s/.test(terminal.raw()) ? true : undefined),
      over: () => false,
      timeoutMs: 60_000,
      describe: () => `a countdown.\n${terminal.scrollback()}`,
    })
    isAway = false
    expect((await terminal.exit).code).to.equal(0)
    expect(terminal.scrollback()).not.to.include('next in')
  })
})
