import {expect} from 'chai'
import {readdir} from 'node:fs/promises'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {builtCli} from '../support/cli-environment.js'
import {runCli} from '../support/run-cli.js'
import {shorterWaits} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'
import {listStored} from '../support/temporary-home.js'

const LOGIN = ['login', '--with-api-key']
const ADA = 'ada@example.test'
const BODY = 'hunter2hunter2HUNTER2hunter2abcd'
const FILE = `{"somebody-else" : {"big": 12345678901234567890},\t"mogplex":{"token":"x"} }`

describe('mogplex login --with-api-key, with an invalid key', () => {
  const stage = setStage()

  // One of each kind; all of them are in test/unit/domain/login/api-key-input.test.ts.
  const bad: [what: string, text: string, provider?: string][] = [
    ['nothing', ''],
    ['a line end inside', `mog_${BODY.slice(0, 16)}\n${BODY.slice(16)}\n`],
    ['quotes', `"mog_${BODY}"\r\n`],
    ['a blank inside', `sk-proj-${BODY} ${BODY}\n`, 'openai'],
    ['a byte order mark inside', `mog_${BODY}\ufeff${BODY}\n`],
    ['an escape sequence', `\x1b]0;${BODY}\x07`, 'mistral'],
    ['a megabyte', `${BODY.repeat(32_768)}\n`, 'vercel'],
    ['a key of OpenAI', `sk-proj-${BODY}\n`],
    ['a key of Mogplex', `mog_${BODY}\n`, 'anthropic'],
  ]
  for (const [what, text, provider] of bad) {
    it(`refuses ${what}, stores nothing, and shows nothing of it`, async () => {
      stage.secret(BODY)
      await stage.putAuthFile(FILE)
      const before = stage.cloud.requests.length
      const args = [...LOGIN, '--json', ...(provider === undefined ? [] : ['--provider', provider])]
      const error = jsonErrorOf(await stage.run(args, {stdin: text}))
      expect(error).to.include({code: 'MALFORMED_KEY', exitCode: 64})
      expect(await stage.authText()).to.equal(FILE)
      expect(await readdir(`${stage.home}/.mogplex`)).to.deep.equal(['auth.json'])
      expect(stage.cloud.requests).to.have.length(before)
    })
  }

  it('reports it in two lines without --json', async () => {
    const result = await stage.run(LOGIN, {stdin: `"mog_${stage.secret(BODY)}"`})
    expectExit(result, 64)
    expect(result.stdout).to.equal('')
    expect(result.stderr).to.match(/^Error: .+\n.+\n$/)
    expect(result.stderr).to.include(`${stage.cloud.url}/settings/api-keys.\n`)
    expect(await listStored(stage.home)).to.deep.equal([])
  })

  it('treats a closed standard input as an empty one', async () => {
    const result = await stage.run([...LOGIN, '--json'], {
      command: ['/bin/sh', '-c', 'exec "$@" <&-', 'sh', ...builtCli],
    })
    expect(jsonErrorOf(result)).to.include({code: 'MALFORMED_KEY', exitCode: 64})
  })

  it('gives up in time where standard input never ends, and ends on SIGTERM', async () => {
    const late = stage.start([...LOGIN, '--json', '--timeout', '5'], {env: shorterWaits})
    const killed = stage.start(LOGIN)
    late.write(`mog_${stage.secret(BODY)}`)
    expect(jsonErrorOf(await late.exit)).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
    killed.kill('SIGTERM')
    expectExit(await killed.exit, 130)
  })
})

describe('mogplex login --with-api-key, with a rejected key', () => {
  const stage = setStage()

  it('stores nothing that the server rejects: unknown, revoked, expired', async () => {
    const [revoked, expired] = await Promise.all([
      stage.cloud.createKey(ADA),
      stage.cloud.createKey(ADA, {expiresAt: new Date(Date.now() - 1000)}),
    ])
    await stage.cloud.revokeKey(revoked)
    await stage.putLogin()
    const before = await stage.authText()
    for (const key of [stage.secret(`mog_${BODY}`), revoked, expired]) {
      const error = jsonErrorOf(await stage.run([...LOGIN, '--json'], {stdin: key}))
      expect(error).to.include({code: 'KEY_REJECTED', exitCode: 64})
      expect(error.message).to.include(stage.host)
    }
    expect(await stage.authText()).to.equal(before)
  })

  it('exits with 75 for a rate-limited key, and stores nothing', async () => {
    const key = await stage.cloud.createKey(ADA)
    const headers = {authorization: `Bearer ${key}`}
    const address = `${stage.cloud.url}/api/v1/mogplex/repos?limit=1`
    for (let used = 0; used < 60; used++) await fetch(address, {headers})
    const error = jsonErrorOf(await stage.run([...LOGIN, '--json'], {stdin: key}))
    expect(error).to.include({code: 'RATE_LIMITED', exitCode: 75})
    expect(error.remedy).to.include('60 s')
    expect(await listStored(stage.home)).to.deep.equal([])
  })

  it('exits with 69 where nothing listens, and where the server fails', async () => {
    const key = await stage.cloud.createKey(ADA)
    const [port] = stage.ports
    const MOGPLEX_URL = `http://127.0.0.1:${port}`
    const down = await stage.run([...LOGIN, '--json'], {stdin: key, env: {MOGPLEX_URL}})
    expect(jsonErrorOf(down)).to.include({code: 'UNREACHABLE', exitCode: 69})
    stage.intercept(async () => new Response('', {status: 503}))
    expectExit(await stage.run(LOGIN, {stdin: key}), 69)
    expect(await listStored(stage.home)).to.deep.equal([])
  })

  it('stores a key although the server does not name its account', async () => {
    const key = await stage.cloud.createKey(ADA)
    stage.intercept(async ({url}) =>
      url.endsWith('/api/auth/user') ? Response.json({user: null}) : undefined,
    )
    const expected = await stage.run([...LOGIN, '--expect-account', ADA], {stdin: key})
    expectExit(expected, 64)
    expect(await stage.authText()).to.equal(undefined)
    const result = await stage.run(LOGIN, {stdin: key})
    expectExit(result, 0)
    expect(result.stdout).to.include(stage.host).and.not.include(ADA)
    expectExit(await stage.run(['models']), 0)
  })
})

describe('mogplex login --with-api-key, with an invalid command line', () => {
  const stage = setStage()

  const wrong: [args: string[], names: string][] = [
    [[...LOGIN, '--no-browser'], '--no-browser'],
    [[...LOGIN, '--read-only'], '--read-only'],
    [['login', '--provider', 'openai'], '--with-api-key'],
    [[...LOGIN, '--provider', 'nobody'], 'not "nobody"'],
    [[...LOGIN, '--provider', 'openai', '--expect-account', ADA], 'openai'],
  ]
  for (const [args, names] of wrong) {
    it(`exits with 2: mogplex ${args.join(' ')}`, async () => {
      const {exitCode, message} = jsonErrorOf(await stage.run([...args, '--json']))
      expect(exitCode).to.equal(2)
      expect(message.toLowerCase()).to.include(names)
    })
  }

  it('accepts no key on the command line', async () => {
    const key = await stage.cloud.createKey(ADA)
    const before = stage.cloud.requests.length
    for (const args of [
      ['login', `--with-api-key=${key}`],
      [...LOGIN, key],
    ]) {
      expect((await runUnwatched(args)).code).to.equal(2)
    }
    expect(stage.cloud.requests).to.have.length(before)
    expect(await listStored(stage.home)).to.deep.equal([])
  })

  /** The message quotes the argument, like every argument that is not expected. */
  function runUnwatched(args: readonly string[]) {
    return runCli(args, {home: stage.home, env: stage.env})
  }
})
