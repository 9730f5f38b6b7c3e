import {expect} from 'chai'
import {windowText} from '../../src/app/run/run-text.js'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {builtCli, shellWords} from '../support/cli-environment.js'
import {RUN_ID} from '../support/make-run.js'
import {preload} from '../support/preload.js'
import {type CliResult, runCli} from '../support/run-cli.js'
import {logEvent, scriptRun} from '../support/scripted-run.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const NOBODYS = '5f0f2f9c-3d0c-4a34-9a53-6a4b8f3a7f11'
const PATIENCE = {timeoutMs: 60_000}

interface EventLine {
  readonly id?: string
  readonly type?: string
}

describe('mogplex attach', function () {
  this.timeout(90_000)
  const stage = setStage({runPace: 0.02})
  beforeEach(() => Object.assign(stage.env, preload('quick-pauses.cjs')))

  describe('follows a run to its end', () => {
    it('line by line, with a headline for the run and for its end', async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA)
      const result = await stage.run(['attach', id], PATIENCE)
      expectExit(result, 0)
      expect(result.stderr).to.equal('')
      expect(result.stdout).to.match(new RegExp(`^Run ${id}\n {2}status +\\w+\n`))
      expect(result.stdout).to.match(/^ {2}repository {2}ada\/analytical-engine$/m)
      expect(result.stdout).to.match(/^ {2}branch {6}mogplex\/mend-the-carry from main$/m)
      expect(result.stdout).to.match(/^\d\d:\d\d:\d\d {2}tool_started {3}shell: npm test$/m)
      expect(result.stdout).to.match(/\n\n.*\bsuccess\b.*\b\d+s\n$/)
      expect(result.stdout).not.to.include('\u001B')
    })

    it('with --json: each event as the service sent it, and a last line with the outcome', async () => {
      const login = await stage.putLogin()
      const id = stage.cloud.startRun(ADA)
      const result = await stage.run(['attach', id, '--json'], PATIENCE)
      expectExit(result, 0)
      expect(result.stderr).to.equal('')
      const lines = jsonLines(result)
      expect(lines.at(-1)).to.deep.equal({
        runId: id,
        status: 'success',
        error: null,
        truncated: false,
      })
      const url = `${stage.cloud.url}/api/v1/mogplex/runs/${id}/events?limit=200`
      const headers = {authorization: `Bearer ${login.accessToken}`}
      const {data} = (await (await fetch(url, {headers})).json()) as {data: {events: unknown[]}}
      expect(lines.slice(0, -1)).to.deep.equal(data.events)
    })

    it('with exit code 1 when it failed, and the reason', async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'fail')
      const [result, json] = await Promise.all([
        stage.run(['attach', id], PATIENCE),
        stage.run(['attach', id, '--json'], PATIENCE),
      ])
      expectExit(result, 1)
      expect(result.stdout).to.match(/\n\n.*\bfailed\b.*: The sandbox ran out of memory\.\n$/)
      expectExit(json, 1)
      expect(jsonLines(json).at(-1)).to.deep.include({
        status: 'failed',
        error: 'The sandbox ran out of memory.',
      })
    })

    it('with exit code 1 when somebody cancelled it', async () => {
      const {accessToken} = await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'quiet')
      const following = stage.start(['attach', id])
      await following.waitFor('status_changed')
      await fetch(`${stage.cloud.url}/api/v1/mogplex/runs/${id}/cancel`, {
        method: 'POST',
        headers: {authorization: `Bearer ${accessToken}`},
      })
      const result = await following.exit
      expectExit(result, 1)
      expect(result.stdout).to.match(/cancel_requested\n.*cancelled +Cancelled on request\.\n/)
    })

    it('with an API key, and without requesting the name of the repository with --json', async () => {
      const MOGPLEX_API_KEY = await stage.cloud.createKey(ADA, {scopes: ['read']})
      const id = stage.cloud.startRun(ADA)
      const before = stage.cloud.requests.length
      expectExit(
        await stage.run(['attach', id, '--json'], {...PATIENCE, env: {MOGPLEX_API_KEY}}),
        0,
      )
      const paths = stage.cloud.requests.slice(before).map(({path}) => path)
      expect(new Set(paths)).to.deep.equal(new Set([`/api/v1/mogplex/runs/${id}/events`]))
    })

    it('and reports that the service shows no more than 200 events', async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'long')
      const [json, text] = await Promise.all([
        stage.run(['attach', id, '--json'], PATIENCE),
        stage.run(['attach', id], PATIENCE),
      ])
      expectExit(json, 0)
      expect(jsonLines(json)).to.have.length(201)
      expect(jsonLines(json).at(-1)).to.include({truncated: true, status: 'success'})
      expect(json.stderr).to.equal(`${windowText(200)}\n`)
      expect(text.stdout.split(windowText(200))).to.have.length(2)
      expect(text.stderr).to.equal('')
    })

    it('through concurrent changes, printing every event once, including late ones', async () => {
      await stage.putLogin()
      const asked = scriptRun(stage, [
        {status: 'pending'},
        {events: 2},
        {events: [logEvent(0), logEvent(1), logEvent(1), {...logEvent(2), type: 'new_kind'}]},
        {status: 'success', events: 3},
        {status: 'success', events: 4},
      ])
      const followed = await stage.run(['attach', RUN_ID, '--json'], PATIENCE)
      expectExit(followed, 0)
      const lines = jsonLines(followed) as EventLine[]
      expect(lines.map(({id}) => id)).to.deep.equal(['e1', 'e2', 'e3', 'e4', undefined])
      expect(lines[2]?.type).to.equal('new_kind')
      expect(asked()).to.equal(6)
    })
  })

  describe('refuses', () => {
    for (const [title, id] of [
      ['a nonexistent run', NOBODYS],
      ['an id that is not a UUID, for which the service answers 500', 'run_nonsense'],
    ] as const) {
      it(`${title}: exit 1, naming the account`, async () => {
        await stage.putLogin()
        const error = jsonErrorOf(await stage.run(['attach', id, '--json']))
        expect(error).to.include({code: 'NO_SUCH_RUN', exitCode: 1})
        expect(error.message).to.include(ADA).and.to.include(id)
      })
    }

    it('a run of another account, and names the account of a key', async () => {
      const id = stage.cloud.startRun('grace@example.test')
      const MOGPLEX_API_KEY = await stage.cloud.createKey(ADA)
      const result = await stage.run(['attach', id], {env: {MOGPLEX_API_KEY}})
      expectExit(result, 1)
      expect(result.stdout).to.equal('')
      expect(result.stderr).to.include(ADA).and.to.include(id)
    })

    it('an invalid id: exit 2, without a request', async () => {
      await stage.putLogin()
      const before = stage.cloud.requests.length
      const results = await Promise.all(
        ['../repos', ''].map((id) => stage.run(['attach', id, '--json'])),
      )
      for (const result of results) expect(jsonErrorOf(result).code).to.equal('USAGE')
      expect(stage.cloud.requests).to.have.length(before)
    })

    it('users who are not signed in with exit 64, and missing access with 65', async () => {
      expect(jsonErrorOf(await stage.run(['attach', NOBODYS, '--json'])).exitCode).to.equal(64)
      await stage.putLogin()
      stage.intercept(async () =>
        Promise.resolve(
          Response.json(
            {ok: false, error: {code: 'FORBIDDEN', message: 'Not this one.'}},
            {status: 403},
          ),
        ),
      )
      const error = jsonErrorOf(await stage.run(['attach', NOBODYS, '--json']))
      expect(error).to.include({code: 'SCOPE_MISSING', exitCode: 65})
      expect(error.message).to.include('Not this one.')
    })
  })

  describe('ends', () => {
    it('with 130 at a signal, without a terminal, and does not affect the run', async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'quiet')
      const leave = async (signal: NodeJS.Signals, ...flags: string[]): Promise<CliResult> => {
        const following = stage.start(['attach', id, ...flags])
        await following.waitFor('status_changed')
        following.kill(signal)
        const result = await following.exit
        expectExit(result, 130)
        return result
      }
      const [json, ...texts] = await Promise.all([
        leave('SIGINT', '--json'),
        leave('SIGINT'),
        leave('SIGTERM'),
      ])
      for (const {stderr} of texts) {
        expect(stderr).to.include(`\`mogplex attach ${id}\``)
        expect(stderr).not.to.match(/error/i)
      }
      expect(jsonLines(json).at(-1)).to.have.nested.property('error.code', 'CANCELLED')
      const over = stage.cloud.requests.filter(({path}) => path.endsWith(`${id}/cancel`))
      expect(over).to.deep.equal([])
    })

    it('with 1 after --timeout, and says that the run continues', async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'quiet')
      scriptRun(stage, [{trouble: () => 'hang'}], 'run_hangs')
      const [slow, hanging] = await Promise.all(
        [id, 'run_hangs'].map(async (run) =>
          jsonLines(await stage.run(['attach', run, '--timeout', '1', '--json'], PATIENCE)),
        ),
      )
      for (const lines of [slow, hanging]) {
        expect(lines?.at(-1)).to.have.nested.property('error.code', 'RUN_TIMED_OUT')
      }
      expect(hanging).to.have.length(1)
    })

    it('quietly when the reader of its output has closed it', async () => {
      await stage.putLogin()
      const id = stage.cloud.startRun(ADA, 'long')
      const line = (args: string): string =>
        `${shellWords(builtCli)} attach ${id} ${args} | head -n 1; echo "code \${PIPESTATUS[0]}"`
      const results = await Promise.all(
        ['', '--json'].map((args) =>
          runCli([], {
            home: stage.home,
            env: stage.env,
            ...PATIENCE,
            command: ['/bin/bash', '-c', line(args)],
          }),
        ),
      )
      for (const result of results) {
        expect(result.stdout, result.stderr).to.match(/^[^\n]+\ncode 0\n$/)
        expect(result.stderr).not.to.match(/EPIPE|Error/)
      }
    })
  })
})
