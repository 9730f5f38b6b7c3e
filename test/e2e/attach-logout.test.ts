import {expect} from 'chai'
import {SIGN_IN_QUESTION} from '../../src/app/sign-in/login-screen.js'
import {NotLoggedInError} from '../../src/domain/errors/authentication.js'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const RUN = '5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab'

describe('mogplex --attach RUN --logout', () => {
  const stage = setStage()

  beforeEach(() => {
    const run = {
      runId: RUN,
      status: 'success',
      harness: 'codex',
      repoId: 'r1',
      error: null,
      branch: {base: 'main', working: 'agent/tidy', createBranch: true},
      createdAt: '2026-11-23T17:00:00.000Z',
      updatedAt: '2026-11-23T17:02:13.000Z',
    }
    const event = {
      id: 'e1',
      type: 'finished',
      toolName: null,
      message: 'All tests pass.',
      payload: {},
      createdAt: '2026-11-23T17:02:13.000Z',
    }
    stage.intercept(async (request) => {
      const {pathname} = new URL(request.url)
      if (!pathname.startsWith('/api/v1/mogplex/runs/')) return undefined
      if (!pathname.includes(RUN)) {
        const error = {code: 'NOT_FOUND', message: 'There is no such run.'}
        return Promise.resolve(Response.json({ok: false, error}, {status: 404}))
      }
      return Promise.resolve(Response.json({ok: true, data: {run, events: [event]}}))
    })
  })

  for (const args of [
    ['--attach', RUN, '--logout'],
    ['--logout', '--attach', RUN],
  ]) {
    it(`logs out, asks for a sign-in, and shows the run: ${args.join(' ')}`, async () => {
      await stage.putLogin()
      const terminal = stage.terminal(args, {env: {BROWSER: 'true'}, columns: 100, rows: 40})
      await terminal.see(SIGN_IN_QUESTION)
      terminal.press('enter')
      await stage.cloud.browser(GRACE).visit(await addressAt(terminal))
      expect((await terminal.exit).code, terminal.scrollback()).to.equal(0)
      const shown = terminal.scrollback()
      const order = [ADA, SIGN_IN_QUESTION, GRACE, `Run ${RUN}`, 'All tests pass.', '2m 13s']
      const places = order.map((text) => shown.indexOf(text))
      expect(places, shown).to.deep.equal(places.toSorted((a, b) => a - b))
      expect(places).not.to.include(-1)
      expect((await stage.storedLogin()).account?.email).to.equal(GRACE)
    })
  }

  it('exits with 64 without a terminal: signed out, and nobody to ask', async () => {
    await stage.putLogin()
    const result = await stage.run(['--attach', RUN, '--logout'])
    expectExit(result, 64)
    expect(result.stdout).to.include(ADA)
    expect(result.stderr).to.include(new NotLoggedInError().message)
    expect(await stage.authText()).not.to.include('accessToken')
  })

  it('reports that a variable still signs in, and attaches with it', async () => {
    await stage.putLogin()
    const MOGPLEX_API_KEY = await stage.cloud.createKey(GRACE)
    const result = await stage.run(['--logout', '--attach', RUN], {env: {MOGPLEX_API_KEY}})
    expectExit(result, 0)
    expect(result.stderr).to.include('MOGPLEX_API_KEY')
    expect(result.stdout).to.match(new RegExp(`${ADA}[^]+${RUN}[^]+success`))
  })

  it('takes the run from MOGPLEX_ATTACH_RUN_ID, and prints JSON', async () => {
    await stage.putLogin()
    const result = await stage.run(['--json'], {env: {MOGPLEX_ATTACH_RUN_ID: RUN}})
    expectExit(result, 0)
    const [event, end] = jsonLines(result)
    expect(event).to.include({id: 'e1', type: 'finished', message: 'All tests pass.'})
    expect(end).to.deep.equal({runId: RUN, status: 'success', error: null, truncated: false})
  })

  it('does not sign out for an invalid run id', async () => {
    await stage.putLogin()
    const result = await stage.run(['--logout', '--attach', '../../etc', '--json'])
    expect(jsonErrorOf(result)).to.include({code: 'USAGE', exitCode: 2})
    expect(await stage.authText()).to.include('accessToken')
  })

  it('exits with 1 for a run that does not exist, naming the account', async () => {
    await stage.putLogin()
    const other = RUN.replace('5', '6')
    const error = jsonErrorOf(await stage.run(['--attach', other, '--json']))
    expect(error).to.include({code: 'NO_SUCH_RUN', exitCode: 1})
    expect(error.message).to.include(ADA).and.to.include(other)
  })

  it('only signs out where no run is named and there is no terminal', async () => {
    await stage.putLogin()
    expectExit(await stage.run(['--logout']), 0)
    expect(await stage.authText()).not.to.include('accessToken')
  })
})
