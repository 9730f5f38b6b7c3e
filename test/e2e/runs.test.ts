import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const NOBODYS = '5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab'

describe('mogplex repos, runs and sandboxes', function () {
  this.timeout(60_000)
  const stage = setStage({runPace: 0.02})
  const run = async (line: string) => stage.run(line.split(' '), {timeoutMs: 60_000})

  beforeEach(async () => {
    Object.assign(stage.env, preload('quick-pauses.cjs'))
    await stage.putLogin()
  })

  it('lists repositories, all of them or by a part of the name', async () => {
    const [all, some, none] = await Promise.all([
      run('repos list'),
      run('repos list ENGINE --json'),
      run('repos list nothing'),
    ])
    expectExit(all, 0)
    expect(all.stdout)
      .to.match(/^repository +branch +folder +id\n/)
      .and.to.match(/^ada\/bernoulli-numbers +main +packages\/note-g +[\da-f-]{36}$/m)
    expectExit(some, 0)
    expect(jsonLines(some)).to.have.length(1)
    expect(jsonLines(some)[0]).to.include({
      full_name: 'ada/analytical-engine',
      default_branch: 'main',
    })
    expectExit(none, 0)
    expect(none).to.include({stdout: '', stderr: 'No repository has that in its name.\n'})
  })

  it('shows a run: text for people, the object of the service as JSON', async () => {
    const id = stage.cloud.startRun(ADA)
    const [text, json] = await Promise.all([run(`runs get ${id}`), run(`runs get ${id} --json`)])
    expectExit(text, 0)
    expect(text.stdout)
      .to.match(new RegExp(`^Run ${id}\n`))
      .and.to.match(/^ {2}repository {2}ada\/analytical-engine$/m)
      .and.to.include(`${stage.cloud.url}/api/v1/mogplex/runs/${id}`)
      .and.to.include(`mogplex attach ${id}`)
    expectExit(json, 0)
    expect(jsonOf(json)).to.include({runId: id, harness: 'codex', error: null})
    expect(jsonOf(json)).not.to.have.property('ok')
  })

  it('shows events, and with --follow is `attach`: a last line, and the exit code of the run', async () => {
    const [good, bad] = [stage.cloud.startRun(ADA), stage.cloud.startRun(ADA, 'fail')]
    const [followed, failed] = await Promise.all([
      run(`runs events ${good} --follow --json`),
      run(`runs events ${bad} --follow`),
    ])
    expectExit(followed, 0)
    const lines = jsonLines(followed) as Record<string, unknown>[]
    expect(lines.at(-1)).to.include({runId: good, status: 'success'})
    expect(lines.slice(0, -1).every((line) => typeof line.type === 'string')).to.equal(true)
    expectExit(failed, 1)
    expect(failed.stdout).to.match(
      /Run ended: failed after \d+s: The sandbox ran out of memory\.\n$/,
    )
    const [text, json] = await Promise.all([
      run(`runs events ${good}`),
      run(`runs events ${good} --json`),
    ])
    expectExit(text, 0)
    expect(text.stdout).to.match(/^\d\d:\d\d:\d\d {2}status_changed {2}pending → streaming$/m)
    expectExit(json, 0)
    expect(jsonLines(json)).to.deep.equal(lines.slice(0, -1))
  })

  it('leaves a run that takes too long: 1, and the run continues', async () => {
    const id = stage.cloud.startRun(ADA, 'quiet')
    const late = await run(`runs events ${id} --follow --timeout 1 --json`)
    expectExit(late, 1)
    expect(late.stdout).to.include('RUN_TIMED_OUT')
    const alone = await run(`runs events ${id} --timeout 1`)
    expectExit(alone, 2)
    const cancel = await run(`runs cancel ${id} --json`)
    expectExit(cancel, 0)
    expect(jsonOf(cancel)).to.include({alreadyTerminal: false})
  })

  it('says that the service shows no more than 200 events', async () => {
    const id = stage.cloud.startRun(ADA, 'long')
    expectExit(await run(`runs events ${id} --follow --json`), 0)
    const events = await run(`runs events ${id} --json`)
    expect(jsonLines(events)).to.have.length(200)
    expect(events.stderr).to.include('the first 200 events')
  })

  it("shows a run's texts without anything that could move a cursor, set a title or hide a line", async () => {
    const id = stage.cloud.startRun(ADA, 'hostile')
    expectExit(await run(`runs events ${id} --follow --json`), 0)
    for (const line of [`runs events ${id}`, `runs events ${id} --json`, `runs get ${id}`]) {
      const result = await run(line)
      expectExit(result, 0)
      expect(result.stdout).not.to.match(
        /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/,
      )
    }
  })

  it('cancels a run, even where every answer is lost once', async () => {
    const id = stage.cloud.startRun(ADA, 'quiet')
    let asked = 0
    stage.intercept(async (_request, serve) => {
      asked += 1
      if (asked % 2 === 0) return undefined
      await serve()
      return 'drop'
    })
    const cancel = await run(`runs cancel ${id}`)
    expectExit(cancel, 0)
    expect(asked).to.equal(2)
    expect(cancel.stdout).to.match(/ is asked to stop\. | has ended: cancelled /)
    expectExit(await run(`runs events ${id} --follow`), 1)
    const again = await run(`runs cancel ${id}`)
    expectExit(again, 0)
    expect(again.stdout).to.match(/^Run \S+ has ended: cancelled after \d+s\.\n$/)
  })

  for (const id of [NOBODYS, 'run_1']) {
    it(`rejects run ${id}, and another account's: 1`, async () => {
      const theirs = stage.cloud.startRun(GRACE)
      for (const line of [`get ${id}`, `events ${id}`, `cancel ${id}`, `get ${theirs}`]) {
        const result = await run(`runs ${line} --json`)
        expectExit(result, 1)
        expect(jsonErrorOf(result).code).to.equal('NO_SUCH_RUN')
      }
    })
  }

  it('lists sandboxes, by repository and status, and names the page to stop them', async () => {
    const id = stage.cloud.startRun(ADA, 'quiet')
    const [all, here, elsewhere, stopped, unknown, stop] = await Promise.all([
      run('sandboxes list'),
      run('sandboxes list --repo ada/analytical-engine --status running --json'),
      run('sandboxes list --repo ada/bernoulli-numbers'),
      run('sandboxes list --status napping --json'),
      run('sandboxes list --repo engine --json'),
      run('sandboxes stop some-id --json'),
    ])
    expectExit(all, 0)
    expect(all.stdout).to.match(/^sandbox +status +repository +branch +age\n/)
    expect(all.stdout).to.match(/ running +ada\/analytical-engine +mogplex\/\S+ +\d+s$/m)
    expectExit(here, 0)
    expect(jsonLines(here)[0]).to.include({status: 'running'})
    expect(elsewhere).to.include({code: 0, stdout: '', stderr: 'No such sandbox was found.\n'})
    expect(stopped).to.include({code: 0, stdout: ''})
    expectExit(unknown, 1)
    expect(jsonErrorOf(unknown)).to.deep.include({
      code: 'NO_SUCH_REPOSITORY',
      details: {candidates: ['ada/analytical-engine']},
    })
    const page = await run('sandboxes stop')
    expect(page).to.include({stdout: `Sandboxes are stopped in the browser: ${stage.cloud.url}\n`})
    expectExit(stop, 65)
    expect(jsonErrorOf(stop).remedy).to.include(`Open ${stage.cloud.url} `)
    expectExit(await run(`runs cancel ${id}`), 0)
  })

  it('sends nothing where nobody is signed in, or may write', async () => {
    await stage.putLogin(ADA, 'openid email offline_access read')
    const before = stage.cloud.requests.length
    const cancel = await run(`runs cancel ${NOBODYS} --json`)
    expectExit(cancel, 65)
    expect(jsonErrorOf(cancel).code).to.equal('SCOPE_MISSING')
    expectExit(await run('logout --json'), 0)
    const asked = stage.cloud.requests.slice(before).filter(({path}) => path.includes('/v1/'))
    expect(asked).to.deep.equal([])
    for (const line of ['repos list', `runs get ${NOBODYS}`, 'sandboxes list']) {
      expectExit(await run(line), 64)
    }
  })
})
