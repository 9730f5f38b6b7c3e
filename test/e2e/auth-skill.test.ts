import {expect} from 'chai'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {delimiter, join} from 'node:path'
import {expectExit, jsonOf} from '../support/answers.js'
import {builtCli, projectRoot, shellWords} from '../support/cli-environment.js'
import type {CliResult} from '../support/run-cli.js'
import {addressAt, setStage} from '../support/sign-in-stage.js'
import {type ExitClaim, exitClaims, inlineCommands, shellLines} from '../support/skill-claims.js'
import {listFiles} from '../support/temporary-home.js'

const SKILL = join(projectRoot, 'plugins/auth-skill/skills/mogplex-auth')
const READ_ONLY = 'openid profile email offline_access read'

/** An agent runs the skill's commands, and acts on the exit code as the skill says. */
describe('the command lines of the skill mogplex-auth', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})
  let pages: string[] = []
  let claims: ExitClaim[] = []
  let commands = ''
  /** The handle of a pending sign-in, and the address that finishes it. */
  let pending = {handle: '', address: ''}

  before(async () => {
    const files = await listFiles(SKILL)
    pages = await Promise.all(files.map((file) => readFile(join(SKILL, file), 'utf8')))
    claims = pages.flatMap(exitClaims)
  })

  beforeEach(async () => {
    commands = join(stage.home, 'bin')
    await mkdir(commands)
    await writeFile(join(commands, 'mogplex'), `#!/bin/sh\nexec ${shellWords(builtCli)} "$@"\n`)
    await chmod(join(commands, 'mogplex'), 0o755)
    const started = await stage.run(['login', '--start', '--json'])
    const {handle, url} = jsonOf(started) as {handle: string; url: string}
    pending = {handle, address: (await stage.cloud.browser('ada@example.test').authorize(url)).href}
  })

  it('all have claims', () => {
    const lines = pages.flatMap(shellLines)
    expect(lines).to.include('mogplex whoami --require account --json')
    expect(new Set(claims.map(({command}) => command))).to.deep.equal(new Set(lines))
    expect(claims.map(({code}) => code)).to.include.members([0, 64, 65, 69, 75, 127])
  })

  it('exit with 0 when somebody is signed in', async () => {
    await stage.putLogin()
    await expectClaims(0)
  })

  it('exit with 64 when nobody is', () => expectClaims(64))

  it('exit with 65 when the right to write, or models, are missing', async () => {
    await stage.putLogin('grace@example.test', READ_ONLY)
    expectExit(await stage.run(['models', '--refresh']), 0)
    await expectClaims(65)
  })

  for (const [code, status] of [
    [69, 503],
    [75, 429],
  ] as const) {
    it(`exit with ${code} when Mogplex answers ${status}, except those without a request`, async () => {
      await stage.putLogin()
      stage.intercept(() => Promise.resolve(new Response('', {status})))
      await expectClaims(code)
      const local = claims.filter(
        ({code, command}) => code === 0 && !/verify|refresh|login/.test(command),
      )
      for (const {command} of local.filter(({command}) => !command.includes('logout'))) {
        expectExit(await shell(command), 0)
      }
    })
  }

  it('exit with 127 when the CLI is missing', async () => {
    await expectClaims(127, {PATH: join(stage.home, 'no-such-folder')})
  })

  it('exit with 1, with an explanation, when a file is in the way', async () => {
    await stage.putAuthFile('{')
    await expectClaims(1)
    for (const {command} of claims.filter(({code}) => code === 'other')) {
      const {code, stdout} = await shell(command)
      const {error} = JSON.parse(stdout) as {error: Record<string, unknown>}
      expect(claims.some((claim) => claim.command === command && claim.code === code)).to.equal(
        false,
      )
      expect(error).to.include.all.keys('message', 'remedy')
    }
  })

  it('include, for the human to run, those that sign in, show and sign out', async () => {
    const inline = new Set(pages.flatMap(inlineCommands))
    const logins = [...inline].filter((command) => command.startsWith('mogplex login'))
    expect(logins.length).to.be.greaterThan(3)
    expectExit(await shell('mogplex login'), 64)
    for (const command of logins) {
      if (command.includes('--with-api-key')) {
        const key = await stage.cloud.createKey('ada@example.test')
        expectExit(await shell(command, {}, `${key}\n`), 0)
        continue
      }
      const line = command.replace('EMAIL', 'ada@example.test')
      const terminal = stage.terminal([], {command: ['/bin/bash', '-c', line], env: environment()})
      await stage.cloud.browser('ada@example.test').visit(await addressAt(terminal))
      const {code} = await terminal.exit
      expect(code, `${line}\n${terminal.scrollback()}`).to.equal(0)
      if (command === 'mogplex login') expect(terminal.scrollback()).to.include('Signed in')
    }
    const others = [...inline].filter((command) => !logins.includes(command))
    for (const command of others.filter((line) => line !== 'mogplex logout')) {
      expectExit(await shell(command), 0)
    }
    expectExit(await shell('mogplex logout'), 0)
  })

  async function expectClaims(code: number, env: Record<string, string> = {}): Promise<void> {
    const claimed = claims.filter((claim) => claim.code === code)
    expect(claimed, `claims of ${code}`).not.to.have.length(0)
    // The command that signs out runs after the others.
    const last = claimed.filter(({command}) => command.includes('logout'))
    const first = claimed.filter((claim) => !last.includes(claim))
    const check = async ({command}: ExitClaim): Promise<void> => {
      expectExit(await shell(filledIn(command, code), env), code)
    }
    for (const claim of first) await check(claim)
    await Promise.all(last.map(check))
  }

  /** Placeholders for a handle and an address; an unknown handle where that is tested. */
  function filledIn(command: string, code: number): string {
    return command
      .replace('HANDLE', code === 64 ? '0'.repeat(32) : pending.handle)
      .replace('ADDRESS', code === 75 ? '' : pending.address)
  }

  function shell(line: string, env = {}, stdin?: string): Promise<CliResult> {
    return stage.run([], {
      command: ['/bin/bash', '-c', line],
      env: {...environment(), ...env},
      ...(stdin !== undefined && {stdin}),
    })
  }

  function environment(): Record<string, string> {
    return {PATH: [commands, process.env.PATH ?? ''].join(delimiter)}
  }
})
