import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {preload} from '../support/preload.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage, type SignInStage} from '../support/sign-in-stage.js'

const REPO = 'ada/analytical-engine'
const REPO_ID = '0b6f1c1e-6f0a-4d53-9d1c-2f7a54a1e001'
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** Each run has a sandbox, so this many were started. */
async function countRuns(stage: SignInStage): Promise<number> {
  const listed = await stage.run(['sandboxes', 'list', '--json'])
  expectExit(listed, 0)
  return jsonLines(listed).length
}

function isStart({method, url}: Request): boolean {
  return method === 'POST' && new URL(url).pathname === '/api/v1/mogplex/runs'
}

describe('mogplex run', function () {
  this.timeout(60_000)
  const stage = setStage({runPace: 0.02})
  const run = async (args: readonly string[], stdin?: string): Promise<CliResult> =>
    stage.run(['run', ...args], {timeoutMs: 60_000, ...(stdin !== undefined && {stdin})})

  beforeEach(async () => {
    Object.assign(stage.env, preload('quick-pauses.cjs'))
    await stage.putLogin()
  })

  it('starts a run as the public documentation shows, and prints how to follow it', async () => {
    const result = await run(['--repo', REPO_ID, 'Mend the tests'])
    expectExit(result, 0)
    expect(result.stdout)
      .to.match(/^Started\.\nRun [\da-f-]{36}\n {2}status +pending for \ds\n/)
      .and.to.match(/^ {2}repository +ada\/analytical-engine$/m)
      .and.to.match(
        /^ {2}address +http:\/\/127\.0\.0\.1:\d+\/api\/v1\/mogplex\/runs\/[\da-f-]{36}$/m,
      )
      .and.to.match(/^ {2}follow +mogplex attach [\da-f-]{36}$/m)
    const [, told] = /^Idempotency key: (\S+)\n$/.exec(result.stderr) ?? []
    expect(told).to.match(UUID)
    expect(result.stdout).to.include(`key         ${told}\n`)
  })

  it('sends all its options to the service, and prints the run as the service sent it', async () => {
    const file = join(stage.home, 'task.md')
    await writeFile(file, 'Mend the tests.\n')
    const flags =
      '--harness claude-code --base-branch main --branch mend --create-branch --root src'
    const result = await run([
      '--repo',
      REPO,
      '--prompt',
      `@${file}`,
      ...flags.split(' '),
      '--idempotency-key',
      'job-1',
      '--json',
    ])
    expectExit(result, 0)
    expect(jsonOf(result)).to.deep.include({
      repoId: REPO_ID,
      harness: 'claude-code',
      rootDirectory: 'src',
      replayed: false,
      branch: {base: 'main', working: 'mend', createBranch: true},
      idempotencyKey: 'job-1',
    })
    expect(jsonOf(result)).not.to.have.property('ok')
    expect(result.stderr).to.equal('')
    const stated = ['--repo', REPO, '--prompt', '-', ...flags.split(' ')]
    const again = await run(
      [...stated, '--idempotency-key', 'job-1', '--json'],
      'Mend the tests.\n',
    )
    expect(jsonOf(again)).to.include({replayed: true, runId: jsonOf(result).runId})
    const other = await run(['--repo', REPO, 'Other', '--idempotency-key', 'job-1', '--json'])
    expectExit(other, 1)
    expect(jsonErrorOf(other)).to.deep.include({
      code: 'IDEMPOTENCY_CONFLICT',
      details: {idempotencyKey: 'job-1'},
    })
  })

  it('follows like `attach`: events, a last line, and the exit code of the run', async () => {
    const [good, bad] = await Promise.all([
      run(['--repo', REPO, 'Mend', '--follow', '--json']),
      run(['--repo', REPO, 'fail', '--follow', '--timeout', '50']),
    ])
    expectExit(good, 0)
    const lines = jsonLines(good) as Record<string, unknown>[]
    expect(lines[0]).to.include({type: 'started'})
    expect(lines.at(-1)).to.include({status: 'success'})
    expect(good.stderr).to.match(/^Run [\da-f-]{36} is started, with the key [\da-f-]{36}\.$/m)
    expectExit(bad, 1)
    expect(bad.stdout)
      .to.match(/^Run [\da-f-]{36}\n/)
      .and.to.include('Run ended: failed')
  })

  for (const [name, args] of Object.entries({
    'no prompt': ['--repo', REPO],
    'two prompts': ['--repo', REPO, 'a', '--prompt', 'b'],
    'a prompt in several words': ['--repo', REPO, 'Mend', 'it'],
    'no repository': ['Mend'],
    'another harness': ['--repo', REPO, 'Mend', '--harness', 'abacus'],
    'a key with a blank': ['--repo', REPO, 'Mend', '--idempotency-key', 'a b'],
    'a time limit for nothing': ['--repo', REPO, 'Mend', '--timeout', '5'],
    'a new branch that is its base': [
      '--repo',
      REPO,
      'Mend',
      '--create-branch',
      '--branch',
      'main',
      '--base-branch',
      'main',
    ],
  })) {
    it(`is a usage error with ${name}, and nothing is sent`, async () => {
      const before = stage.cloud.requests.length
      const result = await run([...args, '--json'], '')
      expectExit(result, 2)
      expect(jsonErrorOf(result).exitCode).to.equal(2)
      expect(stage.cloud.requests).to.have.length(before)
    })
  }

  it('suggests candidates for an unknown repository: 1', async () => {
    const [byName, byId] = await Promise.all([
      run(['--repo', 'engine', 'Mend', '--json']),
      run(['--repo', '5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab', 'Mend', '--json']),
    ])
    expectExit(byName, 1)
    expect(jsonErrorOf(byName)).to.deep.include({details: {candidates: [REPO]}})
    expectExit(byId, 1)
    expect(jsonErrorOf(byId).message).to.include('not a repository of this account')
  })

  it('needs the right to write: known of a login before anything is sent, of a key from a 403', async () => {
    await stage.putLogin('ada@example.test', 'openid email offline_access read')
    const before = stage.cloud.requests.length
    const login = await run(['--repo', REPO_ID, 'Mend', '--json'])
    expectExit(login, 65)
    expect(stage.cloud.requests).to.have.length(before)
    const key = await stage.cloud.createKey('ada@example.test', {scopes: ['read']})
    stage.env.MOGPLEX_API_KEY = stage.secret(key)
    const refused = await run(['--repo', REPO_ID, 'Mend', '--json'])
    expectExit(refused, 65)
    expect(jsonErrorOf(refused).code).to.equal('SCOPE_MISSING')
  })

  it('offers the origin of the folder at a terminal, and elsewhere only names it', async () => {
    const checkout = join(stage.home, 'checkout')
    await mkdir(join(checkout, '.git'), {recursive: true})
    const url = 'https://token-of-ada@github.com/ada/bernoulli-numbers.git'
    await writeFile(join(checkout, '.git/config'), `[remote "origin"]\n\turl = ${url}\n`)
    const piped = await stage.run(['run', 'Mend', '--json'], {cwd: checkout})
    expectExit(piped, 2)
    expect(jsonErrorOf(piped).remedy).to.include('ada/bernoulli-numbers')
    expect(piped.stdout).not.to.include('token-of-ada')
    const terminal = stage.terminal(['run', 'Mend'], {cwd: checkout, columns: 100})
    await terminal.see('In which repository?')
    await terminal.see('the origin of this folder')
    terminal.press('enter')
    await terminal.see('Started.')
    await terminal.see(/repository +ada\/bernoulli-numbers/)
    expect((await terminal.exit).code).to.equal(0)
    const left = stage.terminal(['run', 'Mend'], {cwd: checkout})
    await left.see('In which repository?')
    left.press('escape')
    expect((await left.exit).code).to.equal(130)
  })
})

describe('mogplex run, with lost answers', function () {
  this.timeout(90_000)
  const stage = setStage({runPace: 0.02})
  const run = async (...args: string[]): Promise<CliResult> =>
    stage.run(['run', '--repo', REPO, ...args, '--json'], {timeoutMs: 60_000})

  beforeEach(async () => {
    Object.assign(stage.env, preload('quick-pauses.cjs'))
    await stage.putLogin()
  })

  it('starts one run and follows it at a server that drops every second answer', async () => {
    const before = await countRuns(stage)
    let asked = 0
    stage.intercept(async (_request, serve) => {
      const answer = await serve()
      asked += 1
      return asked % 2 === 1 ? 'drop' : answer
    })
    const result = await run('Mend', '--follow')
    expectExit(result, 0)
    expect(jsonLines(result).at(-1)).to.include({status: 'success'})
    expect(await countRuns(stage)).to.equal(before + 1)
  })

  it('starts one run where the process is killed and the same request is repeated', async () => {
    const before = await countRuns(stage)
    let served: (() => void) | undefined
    const isServed = new Promise<void>((resolve) => {
      served = resolve
    })
    let isFirst = true
    stage.intercept(async (request, serve) => {
      if (!isStart(request) || !isFirst) return undefined
      isFirst = false
      await serve()
      served?.()
      return 'hang'
    })
    const killed = stage.start(['run', '--repo', REPO, 'Mend', '--json'])
    await isServed
    killed.kill('SIGKILL')
    const {stderr} = await killed.exit
    const [, key] = /^Idempotency key: (\S+)$/m.exec(stderr) ?? []
    const again = await run('Mend')
    expectExit(again, 0)
    expect(jsonOf(again)).to.include({replayed: true, idempotencyKey: key})
    expect(again.stderr).to.include(`the same key, ${key}`)
    expect(await countRuns(stage)).to.equal(before + 1)
    const another = await run('Mend')
    expectExit(another, 0)
    expect(jsonOf(another)).to.include({replayed: false})
    expect(await countRuns(stage)).to.equal(before + 2)
  })

  it('starts one run where no answer comes at all, and says how to continue', async () => {
    const before = await countRuns(stage)
    let isAway = true
    stage.intercept(async (request, serve) => {
      if (!isStart(request) || !isAway) return undefined
      await serve()
      return 'drop'
    })
    const failed = await run('Mend')
    expectExit(failed, 69)
    const error = jsonErrorOf(failed)
    expect(error.message).to.include('Whether the run has started is not known.')
    expect(error.remedy).to.include('Run the same command again')
    isAway = false
    const again = await run('Mend')
    expect(jsonOf(again)).to.include({replayed: true})
    expect(error.details).to.deep.equal({idempotencyKey: jsonOf(again).idempotencyKey})
    expect(await countRuns(stage)).to.equal(before + 1)
  })

  it('starts one run for a key, however many processes use it at the same time', async () => {
    const before = await countRuns(stage)
    const all = await Promise.all(
      [1, 2, 3].map(async () => run('Mend', '--idempotency-key', 'one')),
    )
    const ids = all.map((each) => jsonOf(each).runId)
    expect(new Set(ids)).to.have.length(1)
    expect(await countRuns(stage)).to.equal(before + 1)
  })

  it('starts a separate run for each process, where no key is given', async () => {
    const before = await countRuns(stage)
    const all = await Promise.all([1, 2].map(async () => run('Mend')))
    expect(all.map((each) => jsonOf(each).replayed)).to.deep.equal([false, false])
    expect(await countRuns(stage)).to.equal(before + 2)
  })
})

describe('mogplex run, at its limits', function () {
  this.timeout(90_000)
  const stage = setStage()

  it('says when to try again: 75', async () => {
    await stage.putLogin()
    const start = async (word: string): Promise<CliResult> =>
      stage.run(['run', '--repo', REPO_ID, word, '--json'])
    for (let number = 1; number <= 10; number++) expectExit(await start(`${number}`), 0)
    const over = await start('11')
    expectExit(over, 75)
    const error = jsonErrorOf(over)
    expect(error.code).to.equal('RATE_LIMITED')
    expect(error.message).to.include('10 runs a minute, 30 an hour and 150 a day')
    expect(error.remedy).to.match(/^Try again in (\d+s|1m 00s), at \d\d:\d\d:\d\d\.$/)
    expect(error).to.have.property('retryAfterSeconds').that.is.within(1, 60)
  })
})
