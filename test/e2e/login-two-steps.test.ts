import {expect} from 'chai'
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync} from 'node:fs'
import {rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {findLeaks} from '../support/leaks.js'
import {itMounts, mount} from '../support/mounts.js'
import {preload} from '../support/preload.js'
import type {RunningCli} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'

interface Started {
  readonly type: string
  readonly url: string
  readonly handle: string
  readonly expiresAt: string
}

const TOKEN = '/token'

describe('mogplex login --start and --finish', () => {
  const stage = setStage()

  const home = (): string => join(stage.home, '.mogplex')
  const folder = (): string => join(home(), 'pending-logins')
  const pathOf = ({handle}: Started): string => join(folder(), `${handle}.json`)
  const waits = (started: Started): boolean => existsSync(pathOf(started))

  /** The contents of its file are secret; the suite searches everything else for them. */
  async function start(args: readonly string[] = []): Promise<Started> {
    const result = await stage.run(['login', '--start', '--json', ...args])
    expectExit(result, 0)
    const started = jsonOf(result) as unknown as Started
    stage.secret(verifierOf(started))
    return started
  }

  function verifierOf(started: Started): string {
    return (JSON.parse(readFileSync(pathOf(started), 'utf8')) as {codeVerifier: string})
      .codeVerifier
  }

  async function answerTo({url}: Started, email = 'ada@example.test'): Promise<string> {
    return (await stage.cloud.browser(email).authorize(url)).href
  }

  function finish({handle}: Pick<Started, 'handle'>, stdin: string, env = {}) {
    return stage.run(['login', '--finish', handle, '--json'], {stdin, env})
  }

  let before = 0
  beforeEach(() => {
    before = stage.cloud.requests.length
  })
  function exchanges(): number {
    const asked = stage.cloud.requests.slice(before)
    return asked.filter(({grantType}) => grantType === 'authorization_code').length
  }

  it('prints an address and a handle, exits, and is finished with the address the browser ends at', async () => {
    const begun = Date.now()
    const started = await start()
    expect(started).to.have.all.keys('type', 'url', 'handle', 'expiresAt')
    expect(started.type).to.equal('authorization')
    expect(started.handle).to.match(/^[\da-f]{32}$/)
    expect(Date.parse(started.expiresAt) - begun).to.be.within(590_000, 640_000)
    expect(statSync(pathOf(started)).mode & 0o777).to.equal(0o600)
    expect(statSync(folder()).mode & 0o777).to.equal(0o700)

    const result = await finish(started, `${await answerTo(started)}\n`)
    expectExit(result, 0)
    const [signedIn] = jsonLines(result) as {type: string; account: {email: string}}[]
    expect(signedIn?.type).to.equal('signed-in')
    expect(signedIn?.account.email).to.equal('ada@example.test')
    expectExit(await stage.run(['whoami', '--verify', '--require', 'write']), 0)
    expect(readdirSync(home()).filter((name) => name.startsWith('pending'))).to.deep.equal([])
  })

  it('prints both as text, on standard output, with the command that finishes it', async () => {
    const {code, stdout, stderr} = await stage.run(['login', '--start'])
    expect({code, stderr}).to.deep.equal({code: 0, stderr: ''})
    const url = /^http\S+\?response_type=\S+$/m.exec(stdout)?.[0] ?? ''
    const handle = /^ {2}mogplex login --finish ([\da-f]{32})$/m.exec(stdout)?.[1] ?? ''
    expect(stdout).to.include(`begins with http://127.0.0.1:${stage.ports[0]}`)
    const address = await stage.cloud.browser('ada@example.test').authorize(url)
    const result = await stage.run(['login', '--finish', handle], {stdin: address.href})
    expectExit(result, 0)
    expect(result.stdout).to.match(/^Signed in to .* as ada@example\.test/)
  })

  it('accepts the address from a person, and shows nothing of it', async () => {
    const started = await start()
    const terminal = stage.terminal(['login', '--finish', started.handle])
    await terminal.see('Paste the address that the browser ended at')
    const address = await answerTo(started)
    stage.secret(new URL(address).searchParams.get('code') ?? '')
    terminal.paste(`${address}\r`)
    const {code} = await terminal.exit
    expect(code, terminal.scrollback()).to.equal(0)
    expect(terminal.scrollback()).to.include('as ada@example.test')
  })

  it('requests no right to write with --read-only, in both steps', async () => {
    const started = await start(['--read-only'])
    expectExit(await finish(started, await answerTo(started)), 0)
    expect((await stage.storedLogin()).scopes).not.to.include('write')
  })

  it('stores nothing when another account signs in than --expect-account requires', async () => {
    const started = await start(['--expect-account', 'ada@example.test'])
    const result = await finish(started, await answerTo(started, 'grace@example.test'))
    expect(jsonErrorOf(result).exitCode).to.equal(64)
    expect(await stage.authText()).to.equal(undefined)
    expect(waits(started)).to.equal(false)
  })

  it('still waits after an empty standard input, which is 75', async () => {
    const started = await start()
    for (const stdin of ['', '\n \n']) {
      expect(jsonErrorOf(await finish(started, stdin))).to.include({
        code: 'NOTHING_PASTED',
        exitCode: 75,
      })
    }
    expectExit(await finish(started, await answerTo(started)), 0)
  })

  it('is not ended by an answer to another request: another state, an error without one, a word', async () => {
    const [started, other] = [await start(), await start()]
    const foreign = await answerTo(other)
    const forged = `${new URL(foreign).origin}/auth/callback?error=access_denied`
    for (const stdin of [foreign, forged, 'done', started.url]) {
      const error = jsonErrorOf(await finish(started, stdin))
      expect(error).to.include({code: 'PASTE_REFUSED', exitCode: 64})
    }
    expect(exchanges()).to.equal(0)
    expect([waits(started), waits(other)]).to.deep.equal([true, true])
    expectExit(await finish(started, `${foreign}\n${await answerTo(started)}\n`), 0)
  })

  it('is ended by a genuine refusal of the server', async () => {
    const started = await start()
    const address = new URL(await answerTo(started))
    address.searchParams.delete('code')
    address.searchParams.set('error', 'access_denied')
    const error = jsonErrorOf(await finish(started, address.href))
    expect(error).to.include({code: 'LOGIN_DENIED', exitCode: 64})
    expect(waits(started)).to.equal(false)
  })

  it('is finished once: the same address again is 64, and the login stays', async () => {
    const started = await start()
    const address = await answerTo(started)
    expectExit(await finish(started, address), 0)
    const {accessToken} = await stage.storedLogin()
    expect(jsonErrorOf(await finish(started, address)).code).to.equal('NO_PENDING_LOGIN')
    expect(exchanges()).to.equal(1)
    expect((await stage.storedLogin()).accessToken).to.equal(accessToken)
  })

  it('is won by one of several simultaneous finishes; none of the others sends a request', async () => {
    const started = await start()
    const address = await answerTo(started)
    const results = await Promise.all([1, 2, 3].map(() => finish(started, address)))
    expect(results.map(({code}) => code).sort()).to.deep.equal([0, 64, 64])
    expect(exchanges()).to.equal(1)
  })

  it('expires after ten minutes, even if the clock was set back, and leaves nothing', async () => {
    for (const shift of [600_000, -120_000]) {
      const started = await start()
      const address = await answerTo(started)
      const later = {
        ...preload('shifted-clock.cjs'),
        MOGPLEX_TEST_SHIFT_MS: String(shift),
      }
      const error = jsonErrorOf(await finish(started, address, later))
      expect(error).to.include({code: 'NO_PENDING_LOGIN', exitCode: 64})
      expect(readdirSync(home())).not.to.include('pending-logins')
    }
    expect(exchanges()).to.equal(0)
  })

  it('is removed by any command, once it has expired', async () => {
    const started = await start()
    const killed = join(folder(), `${started.handle}.json.${crypto.randomUUID()}.tmp`)
    await writeFile(killed, verifierOf(started), {mode: 0o600})
    const old = new Date(Date.now() - 700_000)
    for (const path of [pathOf(started), killed]) utimesSync(path, old, old)
    expectExit(await stage.run(['whoami']), 64)
    expect(existsSync(killed)).to.equal(false)
    expect(waits(started)).to.equal(true) // by its own record, it has not expired yet
    const later = {...preload('shifted-clock.cjs'), MOGPLEX_TEST_SHIFT_MS: '600000'}
    expectExit(await stage.run(['whoami'], {env: later}), 64)
    expect(existsSync(folder())).to.equal(false)
  })

  it('belongs to the home and the Mogplex where it was started', async () => {
    const started = await start()
    const address = await answerTo(started)
    const elsewhere = {MOGPLEX_HOME: join(stage.home, 'another')}
    expect(jsonErrorOf(await finish(started, address, elsewhere)).code).to.equal('NO_PENDING_LOGIN')
    for (const env of [
      {MOGPLEX_ISSUER: 'https://id.example.test'},
      {MOGPLEX_URL: 'https://mogplex.example.test', MOGPLEX_ISSUER: stage.cloud.url},
    ]) {
      const error = jsonErrorOf(await finish(started, address, env))
      expect(error).to.include({code: 'LOGIN_ELSEWHERE', exitCode: 64})
    }
    expect(exchanges()).to.equal(0)
    expectExit(await finish(started, address), 0)
  })

  it('belongs to the profile where it was started, which it creates, and removes when it fails', async () => {
    const inWork = {MOGPLEX_PROFILE: 'work'}
    const first = await stage.run(['login', '--start', '--json', '--profile', 'work'])
    const started = jsonOf(first) as unknown as Started
    const path = join(home(), 'profiles', 'work', 'pending-logins', `${started.handle}.json`)
    expect(statSync(path).mode & 0o777).to.equal(0o600)
    const address = await answerTo(started)
    expect(jsonErrorOf(await finish(started, address)).code).to.equal('NO_PENDING_LOGIN')
    expect(exchanges()).to.equal(0)
    expectExit(await finish(started, address, inWork), 0)
    expect(await stage.authText()).to.equal(undefined)

    const other = jsonOf(await stage.run(['login', '--start', '--json'], {env: inWork}))
    const theirs = await answerTo(other as unknown as Started, 'grace@example.test')
    const refused = jsonErrorOf(await finish(other as unknown as Started, theirs, inWork))
    expect(refused.exitCode).to.equal(64)

    const idle = {MOGPLEX_PROFILE: 'idle'}
    expectExit(await stage.run(['login', '--start', '--json'], {env: idle}), 0)
    const later = {...preload('shifted-clock.cjs'), MOGPLEX_TEST_SHIFT_MS: '660000'}
    await stage.run(['whoami'], {env: {...idle, ...later}})
    expect(readdirSync(join(home(), 'profiles'))).to.deep.equal(['work'])
  })

  it('rejects an invalid handle: no path is built from it', async () => {
    const started = await start()
    await writeFile(join(home(), 'planted.json'), readFileSync(pathOf(started)))
    const handles = ['../planted', started.handle.toUpperCase(), `${started.handle}.json`, '']
    for (const handle of [...handles, `${started.handle}/../${started.handle}`]) {
      const result = await finish({handle}, await answerTo(started))
      expect(jsonErrorOf(result), handle).to.include({exitCode: 2})
    }
    expect(jsonErrorOf(await finish({handle: '0'.repeat(32)}, '')).exitCode).to.equal(64)
    await rm(join(home(), 'planted.json'))
    expect(exchanges()).to.equal(0)
  })

  it('does not read anything but a file in its place', async () => {
    const started = await start()
    await rm(pathOf(started))
    mkdirSync(pathOf(started))
    expect(jsonErrorOf(await finish(started, '')).code).to.equal('NO_PENDING_LOGIN')
  })

  for (const [when, isServed] of [
    ['while the code is exchanged', false],
    ['when the tokens are on their way', true],
  ] as const) {
    it(`is spent when it is killed ${when}: 64, start again`, async () => {
      const started = await start()
      const address = await answerTo(started)
      const cli: {running?: RunningCli} = {}
      stage.intercept(async ({url, method}, serve) => {
        if (method !== 'POST' || !new URL(url).pathname.endsWith(TOKEN)) return undefined
        const served = isServed ? await serve() : undefined
        expect(waits(started), 'it is claimed before').to.equal(false)
        cli.running?.kill('SIGKILL')
        await cli.running?.exit
        return served ?? 'drop'
      })
      cli.running = stage.start(['login', '--finish', started.handle], {stdin: address})
      expect((await cli.running.exit).signal).to.equal('SIGKILL')
      stage.endTest()
      expect(jsonErrorOf(await finish(started, address)).code).to.equal('NO_PENDING_LOGIN')
      expect(await stage.authText()).to.equal(undefined)
      const again = await start()
      expectExit(await finish(again, await answerTo(again)), 0)
    })
  }

  it('is still usable when it is killed, or interrupted, while it waits', async () => {
    const started = await start()
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const asked = stage.cloud.requests.length
      const cli = stage.start(['login', '--finish', started.handle])
      await expectRequestAfter(asked)
      cli.kill(signal)
      await cli.exit
      expect(waits(started)).to.equal(true)
    }
    expectExit(await finish(started, await answerTo(started)), 0)
  })

  it('exits with 69, and still waits, when the server is unreachable', async () => {
    const started = await start()
    const address = await answerTo(started)
    stage.intercept(() => Promise.resolve(new Response('', {status: 502})))
    expect(jsonErrorOf(await finish(started, address)).exitCode).to.equal(69)
    stage.endTest()
    expectExit(await finish(started, address), 0)
  })

  itMounts('spends no code for a home that became read-only', async () => {
    mkdirSync(home(), {mode: 0o700})
    mount(home(), '-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs')
    const started = await start()
    const address = await answerTo(started)
    mount(home(), '-o', 'remount,ro')
    expect(jsonErrorOf(await finish(started, address))).to.include({exitCode: 1})
    expect(jsonErrorOf(await stage.run(['login', '--start', '--json'])).exitCode).to.equal(1)
    expect(exchanges()).to.equal(0)
    mount(home(), '-o', 'remount,rw')
    expectExit(await finish(started, address), 0)
  })

  it('is known to `logs verify`, which finds its secrets in a log and not in their own file', async () => {
    const started = await start()
    const verifier = verifierOf(started)
    expectExit(await stage.run(['logs', 'verify']), 0)
    const log = join(home(), 'logs', 'planted.jsonl')
    await writeFile(log, `{"note":${JSON.stringify(`a${verifier}`)}}\n`, {mode: 0o600})
    const result = await stage.run(['logs', 'verify', '--json'])
    expect(jsonOf(result)).to.deep.include({found: 1})
    expect(result.code).to.equal(1)
    await rm(log)
    const except = [`pending-logins/${started.handle}.json`]
    expect(findLeaks({secrets: [verifier], folder: home(), except})).to.deep.equal([])
    await rm(pathOf(started))
  })

  for (const args of [
    ['--start', '--device'],
    ['--start', '--with-api-key'],
    ['--start', '--finish', '0'.repeat(32)],
    ['--finish', '0'.repeat(32), '--read-only'],
    ['--finish', '0'.repeat(32), '--expect-account', 'ada@example.test'],
  ]) {
    it(`rejects ${args.join(' ')} as a usage error`, async () => {
      expect(jsonErrorOf(await stage.run(['login', '--json', ...args])).exitCode).to.equal(2)
    })
  }

  async function expectRequestAfter(count: number): Promise<void> {
    while (stage.cloud.requests.length <= count) {
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
})
