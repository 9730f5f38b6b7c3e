import {expect} from 'chai'
import {STILL_WAITING} from '../../src/app/sign-in/device-progress.js'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import type {RunningCli} from '../support/run-cli.js'
import {shorterWaits} from '../support/preload.js'
import {STRICT_ACCOUNT} from '../support/strict-server.js'
import {WAITS} from '../support/sign-in-stage.js'
import {setStrictStage} from '../support/strict-stage.js'

const DEVICE = ['login', '--device']
const CODES = '/device/auth'
const TOKEN = '/token'

describe('mogplex login --device', () => {
  const strict = setStrictStage()
  const {stage} = strict

  beforeEach(() => {
    // The server sends no interval, and the default of 5 s is long for a test.
    strict.change(CODES, (given) => ({...given, interval: 0.05}))
  })

  it('shows address and code, waits, and says who signed in', async () => {
    const login = stage.start(DEVICE)
    await strict.server.approveDevice(await codeOn(login))
    const result = await login.exit
    expectExit(result, 0)
    expect(result.stderr.split('\n')).to.include(`${strict.server.issuer}/device`)
    expect(result.stderr).not.to.match(/[█▀▄\x1b]/)
    expect(result.stdout).to.match(/127\.0\.0\.1:\d+ .*lin@example\.test /)
    const {accessToken, refreshToken = '', account, scopes} = await stage.storedLogin()
    expect(account).to.deep.equal(STRICT_ACCOUNT)
    expect(scopes).to.include('write').and.include('offline_access')
    expect(await strict.server.knows(accessToken)).to.equal(true)
    expect(await strict.server.knows(refreshToken)).to.equal(true)
  })

  it('waits as long as the code is valid, when no time is given', async () => {
    strict.change(CODES, (given) => ({...given, expires_in: 1200}))
    const login = stage.start(DEVICE)
    await login.waitFor('20 minutes', 'stderr')
    await strict.server.approveDevice(await codeOn(login))
    expectExit(await login.exit, 0)
  })

  it('needs no terminal, no callback port and no standard input', async () => {
    const login = stage.start(DEVICE, {stdin: 'closed', env: {CI: 'true'}})
    await strict.server.approveDevice(await codeOn(login))
    expectExit(await login.exit, 0)
  })

  it('prints two JSON objects with --json, one per line, without the device code', async () => {
    const login = stage.start([...DEVICE, '--json'])
    const userCode = await codeIn(login)
    await strict.server.approveDevice(userCode)
    const result = await login.exit
    expectExit(result, 0)
    const [first, second] = jsonLines(result)
    const verificationUri = `${strict.server.issuer}/device`
    expect(first).to.deep.equal({
      type: 'device-authorization',
      verificationUri,
      verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
      userCode,
      expiresIn: 600,
    })
    expect(second).to.deep.include({type: 'signed-in'}).and.have.property('account')
  })

  it('requests only the wanted scopes', async () => {
    const login = stage.start([...DEVICE, '--read-only'])
    await strict.server.approveDevice(await codeOn(login))
    expectExit(await login.exit, 0)
    expect((await stage.storedLogin()).scopes).not.to.include('write')
  })

  it('stores nothing when another account signs in than was expected', async () => {
    const login = stage.start([...DEVICE, '--json', '--expect-account', 'ada@example.test'])
    await strict.server.approveDevice(await codeIn(login))
    const error = jsonErrorOf(lastLine(await login.exit))
    expect(error).to.include({code: 'UNEXPECTED_ACCOUNT', exitCode: 64})
    expect(error.message).to.include('lin@example.test')
    expect(await stage.authText()).to.equal(undefined)
  })

  it('exits with 64 when it is denied, and keeps the old login', async () => {
    await stage.putLogin()
    const before = await stage.authText()
    const login = stage.start([...DEVICE, '--json'])
    await strict.server.denyDevice(await codeIn(login))
    const error = jsonErrorOf(lastLine(await login.exit))
    expect(error).to.include({code: 'LOGIN_FAILED', exitCode: 64})
    expect(error.message).to.include('access_denied')
    expect(await stage.authText()).to.equal(before)
  })

  it('continues after slow_down', async () => {
    // The new interval is tested in test/unit/services/log-in-by-device.test.ts.
    let polls = 0
    strict.intercept(async ({url}) => {
      if (!url.endsWith(TOKEN)) return undefined
      polls += 1
      return polls === 1 ? Response.json({error: 'slow_down'}, {status: 400}) : undefined
    })
    const login = stage.start(DEVICE, {env: shorterWaits})
    await strict.server.approveDevice(await codeOn(login))
    expectExit(await login.exit, 0)
    expect(polls).to.equal(2)
  })

  it('continues after lost answers, 429 and 503, and reports it once', async () => {
    let polls = 0
    strict.intercept(async ({url}) => {
      if (!url.endsWith(TOKEN)) return undefined
      polls += 1
      if (polls === 1) return 'drop'
      if (polls === 2) return new Response('later', {status: 429})
      return polls === 3 ? new Response('<h1>no</h1>', {status: 503}) : undefined
    })
    const login = stage.start(DEVICE)
    await strict.server.approveDevice(await codeOn(login))
    const result = await login.exit
    expectExit(result, 0)
    expect(polls).to.equal(4)
    expect(result.stderr.split(STILL_WAITING), result.stderr).to.have.length(2)
    expect(result.stderr).to.include(new URL(strict.server.issuer).host)
  })

  it('gives up after --timeout seconds', async () => {
    const result = await stage.run([...DEVICE, '--json', '--timeout', '1'])
    expect(jsonErrorOf(lastLine(result))).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
  })

  for (const [name, change] of [
    ['verification_uri', {verification_uri: 'https://thief.example.com/enter-it-here'}],
    ['verification_uri_complete', {verification_uri_complete: 'http://thief.example.com/x?y=z'}],
  ] as const) {
    it(`shows nothing where ${name} belongs to another host`, async () => {
      strict.change(CODES, (given) => ({...given, ...change}))
      const result = await stage.run([...DEVICE, '--json'])
      const {exitCode, message} = jsonErrorOf(result)
      expect(exitCode).to.equal(69)
      expect(message)
        .to.include('thief.example.com')
        .and.not.match(/enter-it-here|y=z/)
    })
  }

  it('exits with 64 when the server refuses', async () => {
    strict.intercept(async ({url}) =>
      url.endsWith(CODES)
        ? Response.json({error: 'unauthorized_client'}, {status: 400})
        : undefined,
    )
    const error = jsonErrorOf(await stage.run([...DEVICE, '--json']))
    expect(error).to.include({exitCode: 64}).and.property('message').include('unauthorized_client')
  })

  it('exits with 130 on SIGINT, and keeps the old login', async () => {
    await stage.putLogin()
    const before = await stage.authText()
    const login = stage.start(DEVICE)
    await codeOn(login)
    login.kill('SIGINT')
    const result = await login.exit
    expectExit(result, 130)
    expect(await stage.authText()).to.equal(before)
  })

  it('cannot be combined with --no-browser or --with-api-key', async () => {
    for (const flag of ['--no-browser', '--with-api-key']) {
      expectExit(await stage.run([...DEVICE, flag]), 2)
    }
  })

  it('draws a QR code at a terminal where it fits, and ends on Ctrl+C', async () => {
    const terminal = stage.terminal(DEVICE, {rows: 50})
    await terminal.see(WAITS) // on the last line
    expect(terminal.screen()).to.match(/█▀▄|▄█|▀█/)
    expect(terminal.screen()).to.include(`${strict.server.issuer}/device\n`)
    terminal.press('ctrl+c')
    expect(await terminal.exit).to.deep.equal({code: 130, signal: undefined})
  })

  for (const [name, options] of [
    ['too low', {rows: 24}],
    ['too narrow', {rows: 50, columns: 30}],
    ['dumb', {rows: 50, env: {TERM: 'dumb'}}],
  ] as const) {
    it(`draws none at a terminal that is ${name}`, async () => {
      const terminal = stage.terminal(DEVICE, options)
      await terminal.see(WAITS) // on the last line
      expect(terminal.scrollback()).not.to.match(/[█▀▄]/)
      expect(terminal.scrollback().split('\n')).to.include(`${strict.server.issuer}/device`)
      terminal.press('ctrl+c')
      expect((await terminal.exit).code).to.equal(130)
    })
  }
})

describe('mogplex login --device, with a short-lived code', () => {
  const strict = setStrictStage({deviceCodeSeconds: 1})
  const {stage} = strict

  it('exits with 64 when it expires', async () => {
    strict.change(CODES, (given) => ({...given, interval: 0.05}))
    const result = await stage.run([...DEVICE, '--json'])
    expect(jsonErrorOf(lastLine(result))).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
  })

  it('exits with 64 when the server says so', async () => {
    strict.change(CODES, (given) => ({...given, interval: 0.05, expires_in: 600}))
    const error = jsonErrorOf(lastLine(await stage.run([...DEVICE, '--json'])))
    expect(error).to.include({code: 'LOGIN_TIMED_OUT', exitCode: 64})
  })
})

describe('mogplex login --device, where it is not supported', () => {
  const strict = setStrictStage({deviceFlow: false})
  const {stage} = strict

  it('reports it with 64, and names the other ways', async () => {
    const error = jsonErrorOf(await stage.run([...DEVICE, '--json']))
    expect(error).to.include({code: 'DEVICE_LOGIN_NOT_OFFERED', exitCode: 64})
    for (const way of ['`mogplex login`', '--no-browser', '--with-api-key']) {
      expect(error.remedy).to.include(way)
    }
  })

  it('reports it at the local cloud, in JSON', async () => {
    const env = {MOGPLEX_URL: stage.cloud.url, MOGPLEX_ISSUER: '', MOGPLEX_CLIENT_ID: ''}
    const error = jsonErrorOf(await stage.run([...DEVICE, '--json'], {env}))
    expect(error).to.include({code: 'DEVICE_LOGIN_NOT_OFFERED', exitCode: 64})
  })
})

async function codeOn(login: RunningCli): Promise<string> {
  const [, code = ''] = await login.waitFor(/^ {4}([A-Z]{4}-[A-Z]{4})$/m, 'stderr')
  return code
}

/** The code that a login with --json printed for a program. */
async function codeIn(login: RunningCli): Promise<string> {
  const [, code = ''] = await login.waitFor(/"userCode":"([^"]+)"/)
  return code
}

function lastLine<T extends {stdout: string}>(result: T): T {
  return {...result, stdout: `${result.stdout.trimEnd().split('\n').at(-1) ?? ''}\n`}
}
