import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'

const RUN = '5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab'

describe('mogplex --attach RUN --logout', () => {
  const stage = setStage()

  beforeEach(() => {
    const run = {
      ...{runId: RUN, status: 'success', harness: 'codex', repoId: 'r1', error: null},
      branch: {base: 'main', working: 'agent/tidy', createBranch: true},
      ...{createdAt: '2026-11-23T17:00:00.000Z', updatedAt: '2026-11-23T17:02:13.000Z'},
    }
    const event = {
      ...{id: 'e1', type: 'finished', toolName: null, message: 'All tests pass.', payload: {}},
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
    it(`logs out, asks who is there, and shows the run: ${args.join(' ')}`, async () => {
      await stage.putLogin()
      const terminal = stage.terminal(args, {env: {BROWSER: 'true'}, columns: 100, rows: 40})
      await terminal.see('Signed out of Mogplex: ada@example.test')
      await terminal.see('How do you want to sign in?')
      terminal.press('enter')
      await stage.cloud.browser('grace@example.test').visit(await addressAt(terminal))
      expect((await terminal.exit).code, terminal.scrollback()).to.equal(0)
      const shown = terminal.scrollback()
      const order = ['Signed out of Mogplex', 'Signed in to', `Run ${RUN}`, 'All tests pass.']
      const places = order.map((text) => shown.indexOf(text))
      expect(places, shown).to.deep.equal(places.toSorted((a, b) => a - b))
      expect(places).not.to.include(-1)
      expect(shown).to.include('Run ended: success after 2m 13s')
      expect((await stage.storedLogin()).account?.email).to.equal('grace@example.test')
    })
  }

  it('ends with 64 without a terminal: signed out, and nobody to ask', async () => {
    await stage.putLogin()
    const result = await stage.run(['--attach', RUN, '--logout'])
    expectExit(result, 64)
    expect(result.stdout).to.include('Signed out of Mogplex: ada@example.test')
    expect(result.stderr).to.include('No Mogplex credential was found.')
    expect(await stage.authText()).not.to.include('accessToken')
  })

  it('says that a variable still signs in, and attaches with it', async () => {
    await stage.putLogin()
    const MOGPLEX_API_KEY = await stage.cloud.createKey('grace@example.test')
    const result = await stage.run(['--logout', '--attach', RUN], {env: {MOGPLEX_API_KEY}})
    expectExit(result, 0)
    expect(result.stderr).to.include('MOGPLEX_API_KEY is set and still signs you in')
    expect(result.stdout).to.match(/Signed out of Mogplex[^]+Run ended: success/)
  })

  it('takes the run from MOGPLEX_ATTACH_RUN_ID, and prints JSON', async () => {
    await stage.putLogin()
    const result = await stage.run(['--json'], {env: {MOGPLEX_ATTACH_RUN_ID: RUN}})
    expectExit(result, 0)
    const [event, end] = jsonLines(result)
    expect(event).to.include({id: 'e1', type: 'finished', message: 'All tests pass.'})
    expect(end).to.deep.equal({runId: RUN, status: 'success', error: null, truncated: false})
  })

  it('signs nobody out for a run id that is none', async () => {
    await stage.putLogin()
    const result = await stage.run(['--logout', '--attach', '../../etc', '--json'])
    expect(jsonErrorOf(result)).to.include({code: 'USAGE', exitCode: 2})
    expect(await stage.authText()).to.include('accessToken')
  })

  it('ends with 1 for a run that does not exist, naming the account', async () => {
    await stage.putLogin()
    const result = await stage.run(['--attach', RUN.replace('5', '6')])
    expectExit(result, 1)
    expect(result.stderr).to.include('no such run for this account (ada@example.test)')
  })

  it('only signs out where no run is named and nobody is there', async () => {
    await stage.putLogin()
    expectExit(await stage.run(['--logout']), 0)
    expect(await stage.authText()).not.to.include('accessToken')
  })
})
