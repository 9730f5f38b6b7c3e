import {expect} from 'chai'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {isFree, occupy} from '../support/free-ports.js'
import {shorterWaits} from '../support/preload.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

const LOGIN = ['login', '--no-browser']

describe('mogplex login --no-browser', () => {
  const stage = setStage()

  it('prints the address on a separate line, waits for the callback, and says who signed in', async () => {
    const login = stage.start(LOGIN)
    const address = new URL(await addressOn(login))
    expect(login.stderr.split('\n')).to.include(address.href)
    expect(Object.fromEntries(address.searchParams)).to.include({
      response_type: 'code',
      client_id: 'mogplex-cli',
      redirect_uri: `http://127.0.0.1:${stage.ports[0]}/auth/callback`,
      scope: 'openid profile email offline_access read write',
      code_challenge_method: 'S256',
    })
    await stage.cloud.browser('ada@example.test').visit(address)
    const {code, stdout, stderr} = await login.exit
    expect(code).to.equal(0)
    expect(stderr).to.include(`To sign in to ${stage.host}, open:`)
    expect(stdout).to.match(
      /^Signed in to 127\.0\.0\.1:\d+ as ada@example\.test \(Ada Lovelace\): read and write, until .*\.\n$/,
    )
    expect(await isFree(stage.ports[0])).to.equal(true)
  })

  it('needs no standard input: its end closes only that way', async () => {
    const login = stage.start(LOGIN, {stdin: 'closed'})
    await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    expect((await login.exit).code).to.equal(0)
  })

  it('prints two JSON objects with --json, one per line, and nothing else on standard output', async () => {
    const login = stage.start([...LOGIN, '--json'])
    const [, address = ''] = await login.waitFor(/"url":"([^"]+)"/)
    await stage.cloud.browser('ada@example.test').visit(address)
    const result = await login.exit
    expectExit(result, 0)
    const {expiresAt, account, obtainedAt} = await stage.storedLogin()
    expect(jsonLines(result)).to.deep.equal([
      {type: 'authorization', url: address},
      {
        type: 'signed-in',
        account: {
          kind: 'oauth',
          id: account?.id,
          email: 'ada@example.test',
          name: 'Ada Lovelace',
          scopes: ['read', 'write'],
          source: {type: 'file', path: stage.authPath},
          issuer: stage.cloud.url,
          expiresAt,
          signedInUntil: new Date(Date.parse(obtainedAt) + 30 * 86_400_000).toISOString(),
          verifiedAt: null,
        },
      },
    ])
  })

  it('falls back to the second port when the first is in use', async () => {
    await occupy(stage.ports[0])
    const login = stage.start(LOGIN)
    const address = await addressOn(login)
    expect(new URL(address).searchParams.get('redirect_uri')).to.equal(
      `http://127.0.0.1:${stage.ports[1]}/auth/callback`,
    )
    await stage.cloud.browser('ada@example.test').visit(address)
    expect((await login.exit).code).to.equal(0)
  })

  it('gives up after --timeout seconds with 64, and frees the port', async () => {
    const result = await stage.run([...LOGIN, '--timeout', '5'], {stdin: 'open', env: shorterWaits})
    expectExit(result, 64)
    expect(result.stderr).to.include('--timeout SECONDS')
    expect(await isFree(stage.ports[0])).to.equal(true)
  })

  it('gives up with JSON after its first line, with --json', async () => {
    const result = await stage.run([...LOGIN, '--json', '--timeout', '30'], {
      env: shorterWaits, // under Wine even the first line takes more than a second
    })
    const [first, last] = result.stdout.split('\n')
    expect(first).to.match(/^\{"type":"authorization","url":"/)
    const {code, exitCode} = jsonErrorOf({...result, stdout: `${last ?? ''}\n`})
    expect({code, exitCode}).to.deep.equal({code: 'LOGIN_TIMED_OUT', exitCode: 64})
  })

  for (const seconds of ['0', 'x']) {
    it(`rejects --timeout ${seconds} as a usage error`, async () => {
      const result = await stage.run([...LOGIN, `--timeout=${seconds}`])
      expectExit(result, 2)
      expect(result.stdout).to.equal('')
      expect(result.stderr).to.include('--timeout').and.to.include('mogplex login --help')
    })
  }

  it('rejects a wrong --timeout as a usage error with --json, too', async () => {
    const results = await Promise.all(
      ['0', 'x'].map((seconds) => stage.run([...LOGIN, '--json', `--timeout=${seconds}`])),
    )
    for (const result of results) {
      expect(jsonErrorOf(result)).to.include({code: 'USAGE', exitCode: 2})
    }
  })
})

describe('mogplex login, without a terminal', () => {
  const stage = setStage()
  const THREE_WAYS = ['--no-browser', '--device', '--with-api-key', 'MOGPLEX_API_KEY']

  it('exits with 64 and names the three ways, without a request', async () => {
    const before = stage.cloud.requests.length
    const result = await stage.run(['login'], {stdin: 'open', timeoutMs: 10_000})
    expectExit(result, 64)
    for (const way of THREE_WAYS) expect(result.stderr).to.include(way)
    expect(result.stdout).to.equal('')
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('does the same with --json', async () => {
    const error = jsonErrorOf(await stage.run(['login', '--json'], {stdin: 'open'}))
    expect(error).to.include({code: 'NO_LOGIN_ROUTE', exitCode: 64})
    for (const way of THREE_WAYS) expect(error.remedy).to.include(way)
  })

  it('does the same at a terminal in CI, with --no-input, and with --json', async () => {
    for (const [args, env] of [
      [['login'], {CI: 'true'}],
      [['login', '--no-input'], {}],
      [['login', '--json'], {}],
    ] as const) {
      const terminal = stage.terminal(args, {env: {...env, BROWSER: '/bin/false'}})
      expect((await terminal.exit).code, args.join(' ')).to.equal(64)
    }
  })
})
