import {expect} from 'chai'
import type {Interception} from '@mogplex/local-cloud'
import {BACK} from '../../src/app/run/run-text.js'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {RUN_ID} from '../support/make-run.js'
import {preload} from '../support/preload.js'
import {scriptRun, type ScriptedAnswer} from '../support/scripted-run.js'
import {setStage} from '../support/sign-in-stage.js'

const PATIENCE = {timeoutMs: 60_000}
const END: ScriptedAnswer = {status: 'success', events: 3}

function trouble(status: number, body = '', headers: Record<string, string> = {}): ScriptedAnswer {
  return {trouble: () => new Response(body, {status, headers})}
}

const TROUBLE: readonly (readonly [string, ScriptedAnswer])[] = [
  ['a server in trouble', trouble(503, '{"ok":false}', {'retry-after': '1'})],
  ['a bad gateway in HTML', trouble(502, '<h1>Bad gateway</h1>')],
  ["the page of somebody's network", trouble(200, '<html>Sign in to the hotel</html>')],
  ['a redirect to it', trouble(302, '', {location: 'https://hotel.example/'})],
  ['a connection that is cut', {trouble: () => 'drop'}],
  ['too many requests', trouble(429, 'text', {'x-retry-after': '1'})],
  ['an answer that is not JSON', trouble(200, 'ok')],
  ['a 500, after which an id that is not a UUID is still one', trouble(500)],
]

describe('mogplex attach during failures', function () {
  this.timeout(90_000)
  const stage = setStage()
  beforeEach(() => Object.assign(stage.env, preload('quick-pauses.cjs')))
  const follow = (runId: string, ...flags: string[]) =>
    stage.run(['attach', runId, ...flags], PATIENCE)

  it('survives a failure in the middle, reports it, and misses nothing', async () => {
    await stage.putLogin()
    scriptRun(stage, [{events: 1}, trouble(502), trouble(502), END], 'run_long')
    const long = follow('run_long')
    const results = await Promise.all(
      TROUBLE.map(async ([title, told], index) => {
        const runId = `run_${index}`
        scriptRun(stage, [{events: 1}, told, END], runId)
        return {title, result: await follow(runId, '--json')}
      }),
    )
    for (const {title, result} of results) {
      expect(result.code, `${title}\n${result.stderr}`).to.equal(0)
      const ids = (jsonLines(result) as {id?: string}[]).map(({id}) => id)
      expect(ids, title).to.deep.equal(['e1', 'e2', 'e3', undefined])
      const [said = '', ...rest] = result.stderr.split('\n')
      expect(said, title).to.match(/\bnext in \ds\b/)
      expect(rest, title).to.deep.equal([BACK, ''])
      expect(result.stderr, title).not.to.include('<')
    }
    expect((await long).stderr.match(/\bnext in\b/g), 'once, however long').to.have.length(1)
  })

  it('waits at the beginning as long as the rate limit says, up to a limit: 75, 69', async () => {
    await stage.putLogin()
    scriptRun(stage, [trouble(429, '', {'retry-after': '1'}), END], 'run_soon')
    const late = scriptRun(stage, [trouble(429, '', {'retry-after': '3600'})], 'run_late')
    const broken = scriptRun(stage, [trouble(502)], 'run_broken')
    const [soon, refused, failed] = await Promise.all([
      follow('run_soon'),
      follow('run_late', '--json'),
      follow('run_broken', '--json'),
    ])
    expectExit(soon, 0)
    expect(jsonErrorOf(refused)).to.include({code: 'RATE_LIMITED', exitCode: 75})
    expect(late()).to.equal(1)
    expect(jsonErrorOf(failed)).to.include({code: 'REMOTE', exitCode: 69})
    expect(broken()).to.equal(3)
  })

  it('exits at once with 69 where nothing answers', async () => {
    await stage.putLogin()
    const MOGPLEX_API_KEY = stage.secret('mog_nobodysnobodysnobodysnobodys1234')
    const env = {MOGPLEX_API_KEY, MOGPLEX_URL: `http://127.0.0.1:${stage.ports[0]}`}
    const result = await stage.run(['attach', RUN_ID, '--json'], {env})
    expect(jsonErrorOf(result)).to.include({code: 'UNREACHABLE', exitCode: 69})
  })

  it('exits with 65 or 1 when an answer in the middle is 403 or 404', async () => {
    await stage.putLogin()
    scriptRun(stage, [{events: 1}, trouble(403, '{"ok":false}')], 'run_403')
    scriptRun(stage, [{events: 1}, trouble(404, '{"ok":false}')], 'run_404')
    const [denied, gone] = await Promise.all([follow('run_403'), follow('run_404')])
    expectExit(denied, 65)
    expectExit(gone, 1)
  })

  it('refreshes a login whose token expires in the middle, and misses nothing', async () => {
    const before = await stage.putLogin()
    let old: string | null = null
    let denied = 0
    scriptRun(stage, [{events: 1}, {events: 2}, END])
    stage.intercept(async (request): Promise<Interception> => {
      const token = request.headers.get('authorization')
      if (!request.url.includes('/events')) return Promise.resolve(undefined)
      if (old === null) {
        old = token
        return Promise.resolve(undefined)
      }
      if (token !== old) return Promise.resolve(undefined)
      denied += 1
      return Promise.resolve(Response.json({ok: false}, {status: 401}))
    })
    const result = await follow(RUN_ID, '--json')
    expectExit(result, 0)
    expect(jsonLines(result)).to.have.length(4)
    expect(result.stderr).to.equal('')
    expect(denied).to.equal(1)
    const after = await stage.storedLogin()
    expect(after.accessToken).not.to.equal(before.accessToken)
    expect(`Bearer ${before.accessToken}`).to.equal(old)
  })

  it('exits with 64 when the login ends in the middle, by the server or by a logout', async () => {
    await stage.putLogin()
    scriptRun(stage, [{events: 1}, trouble(401, '{"ok":false}')])
    expect(jsonLines(await follow(RUN_ID, '--json')).at(-1)).to.have.nested.property(
      'error.exitCode',
      64,
    )
    await stage.putLogin()
    scriptRun(stage, [{events: 1}])
    const following = stage.start(['attach', RUN_ID])
    await following.waitFor('Step 1.')
    expectExit(await stage.run(['logout']), 0)
    expectExit(await following.exit, 64)
  })
})
