import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Interception} from '@mogplex/local-cloud'
import {TimedOutError} from '../../src/domain/errors/remote.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {builtCli} from '../support/cli-environment.js'
import {RUN_ID} from '../support/make-run.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const LIMIT = ['--json', '--timeout', '2']

// A separate network namespace without other hosts, and with other DNS servers.
const CUT_OFF = [
  'unshare',
  '-rnm',
  'sh',
  '-c',
  'ip link set lo up && mount --bind "${NAMES:-/etc/resolv.conf}" /etc/resolv.conf && exec "$0" "$@"',
] as const
/** Accepts every DNS query without an answer, and runs the command after it. */
const SILENT_NAME_SERVER = `
  require('node:dgram').createSocket('udp4').bind(53, '127.0.0.1', () => {
    const [program, ...args] = process.argv.slice(1)
    const child = require('node:child_process').spawn(program, args, {stdio: 'inherit'})
    child.on('exit', (code) => process.exit(code))
  })`

/** An endless body, one byte at a time. */
function drip(): Response {
  let timer: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => controller.enqueue(new TextEncoder().encode(' ')), 100)
      timer.unref() // nobody says here that the client has left
    },
    cancel: () => clearInterval(timer),
  })
  return new Response(body, {headers: {'content-type': 'application/json'}})
}

const SERVERS: readonly (readonly [string, () => Interception])[] = [
  ['says nothing', () => 'hang'],
  ['sends a byte now and then', drip],
]

describe('--timeout', function () {
  this.timeout(90_000)
  const stage = setStage()

  for (const [what, answer] of SERVERS) {
    describe(`at a server that ${what}`, () => {
      const begin = (): void => stage.intercept(async () => Promise.resolve(answer()))

      it('limits a sign-in, by any method, with 64: nothing is stored', async () => {
        begin()
        const key = `mog_${stage.secret('nobodysnobodysnobodysnobodys1234')}`
        const results = await Promise.all([
          stage.run(['login', '--no-browser', ...LIMIT], {stdin: 'open'}),
          stage.run(['login', '--device', ...LIMIT]),
          stage.run(['login', '--with-api-key', ...LIMIT], {stdin: key}),
        ])
        for (const result of results) {
          expect(jsonErrorOf(result)).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
        }
        expect(await stage.authText()).to.equal(undefined)
      })

      it('limits commands that use the login: 69, and 1 for a run', async () => {
        await stage.putLogin()
        begin()
        const [models, mcp, prompt, whoami, attach] = await Promise.all([
          stage.run(['models', '--refresh', ...LIMIT]),
          stage.run(['mcp', '--refresh', ...LIMIT]),
          stage.run(['--prompt', 'Hello.', ...LIMIT]),
          stage.run(['whoami', '--verify', ...LIMIT]),
          stage.run(['attach', RUN_ID, ...LIMIT]),
        ])
        for (const result of [models, mcp, prompt]) {
          expect(jsonErrorOf(result)).to.include({code: 'TIMED_OUT', exitCode: 69})
        }
        expectExit(whoami, 69)
        expect(jsonOf(whoami)).to.have.nested.property('verification.error.code', 'TIMED_OUT')
        expect(jsonErrorOf(attach)).to.include({code: 'RUN_TIMED_OUT', exitCode: 1})
      })

      it('limits the refresh of a login before that', async () => {
        const login = await stage.putLogin()
        const expiresAt = new Date(Date.now() - 1000).toISOString()
        await stage.putAuthFile(JSON.stringify({mogplex: {...login, expiresAt}}))
        const before = await stage.authText()
        begin()
        expectExit(await stage.run(['whoami', '--verify', ...LIMIT]), 69)
        const result = await stage.run(['models', '--refresh', ...LIMIT])
        expect(jsonErrorOf(result)).to.include({code: 'TIMED_OUT', exitCode: 69})
        expect(await stage.authText()).to.equal(before)
      })
    })
  }

  const itWithoutNames =
    spawnSync(CUT_OFF[0], [...CUT_OFF.slice(1), 'true']).status === 0 ? it : it.skip
  itWithoutNames('limits the lookup of a name, where no name server answers', async () => {
    const names = join(stage.home, 'resolv.conf')
    await writeFile(names, 'nameserver 127.0.0.1\noptions timeout:60 attempts:1\n')
    const command = [...CUT_OFF, process.execPath, '-e', SILENT_NAME_SERVER, ...builtCli] as const
    const MOGPLEX_API_KEY = stage.secret('mog_nobodysnobodysnobodys123')
    const env = {NAMES: names, MOGPLEX_URL: 'https://mogplex.example', MOGPLEX_API_KEY}
    const options = {command, env, timeoutMs: 30_000}
    const whoami = await stage.run(['whoami', '--verify', ...LIMIT], options)
    expectExit(whoami, 69)
    expect(jsonOf(whoami)).to.have.nested.property('verification.error.code', 'TIMED_OUT')
    const login = await stage.run(['login', '--no-browser', ...LIMIT], options)
    expect(jsonErrorOf(login)).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
  })

  it('cuts the sync after a login, which stays stored: a warning, and 0', async () => {
    stage.intercept(async ({url}) =>
      Promise.resolve(/\/(models|mcp\/servers)$/.test(new URL(url).pathname) ? 'hang' : undefined),
    )
    const stdin = await stage.cloud.createKey(ADA)
    const result = await stage.run(['login', '--with-api-key', '--timeout', '10'], {stdin})
    expectExit(result, 0)
    expect(result.stderr).to.include(new TimedOutError('The sync', 10).message)
    expect(await stage.authText()).to.include(stdin)
  })

  it('limits the wait for a prompt on standard input that never ends', async () => {
    await stage.putLogin()
    const result = await stage.run(['--prompt', '-', ...LIMIT], {stdin: 'open'})
    expect(jsonErrorOf(result)).to.include({code: 'TIMED_OUT', exitCode: 69})
  })

  it('is a usage error where it is not a number of seconds, or limits nothing', async () => {
    const results = await Promise.all(
      [
        ['--timeout', '2'],
        ['whoami', '--timeout', '0'],
        ['login', '--timeout', 'x'],
      ].map(async (args) => stage.run(args)),
    )
    for (const result of results) {
      expectExit(result, 2)
      expect(result.stderr).to.include('--timeout')
    }
  })
})
