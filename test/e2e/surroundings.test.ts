import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {readdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {builtCli} from '../support/cli-environment.js'
import {onCleanup} from '../support/cleanup.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'

describe('unusual environments', () => {
  const stage = setStage()

  /** Runs the CLI as the `"$@"` of a shell script. */
  function within(script: string): {command: [string, ...string[]]} {
    return {command: ['/bin/sh', '-c', script, 'sh', ...builtCli]}
  }

  it('work without HOME, where MOGPLEX_HOME is set', async () => {
    await stage.putLogin()
    const MOGPLEX_HOME = join(stage.home, '.mogplex')
    const result = await stage.run(['whoami', '--json'], {
      ...within('unset HOME; exec "$@"'),
      env: {MOGPLEX_HOME},
    })
    expectExit(result, 0)
    expect(jsonOf(result).account).to.include({email: 'ada@example.test'})
  })

  it('work with a HOME that does not exist, and with one that is a file', async () => {
    expectExit(await stage.run(['whoami'], within('HOME=/no/such/home; exec "$@"')), 64)
    const file = join(stage.home, 'file')
    await writeFile(file, '')
    const result = await stage.run(['whoami', '--json'], within(`HOME="${file}"; exec "$@"`))
    expect(jsonErrorOf(result).exitCode).to.be.oneOf([1, 64])
  })

  const needsFull = existsSync('/dev/full') ? it : it.skip
  needsFull(
    'report that standard output cannot be written (skipped without /dev/full)',
    async () => {
      await stage.putLogin()
      const result = await stage.run(['whoami'], within('exec "$@" >/dev/full'))
      expectExit(result, 1)
      expect(result.stderr).to.equal(
        'Error: Standard output cannot be written: the disk is full.\nFree some space, or send it somewhere else.\n',
      )
    },
  )

  it('take no credential from the current folder where HOME is empty or relative', async () => {
    await stage.putLogin()
    const MOGPLEX_HOME = join(stage.home, '.mogplex')
    expectExit(await stage.run(['whoami'], {env: {MOGPLEX_HOME}}), 0)
    for (const HOME of ['', '.']) {
      const result = await stage.run(['whoami', '--json'], {env: {HOME}, cwd: stage.home})
      expect(result.stdout).not.to.include('ada@example.test')
    }
  })

  it('work in a folder that was deleted', async () => {
    await stage.putLogin()
    const result = await stage.run(
      ['whoami', '--json'],
      within('mkdir gone && cd gone && rmdir ../gone && exec "$@"'),
    )
    expectExit(result, 0)
    expect(jsonOf(result).account).to.include({email: 'ada@example.test'})
  })

  it('work without PATH, through a whole login', async () => {
    await stage.signIn(undefined, within('unset PATH; exec "$@"'))
    expectExit(await stage.run(['whoami'], within('unset PATH; exec "$@"')), 0)
  })

  it('change nothing with NODE_ENV=development or NODE_ENV=test', async () => {
    const [usual, ...others] = await Promise.all(
      [{}, {NODE_ENV: 'development'}, {NODE_ENV: 'test'}].map((env) =>
        stage.run(['whoami', '--json'], {env}),
      ),
    )
    for (const other of others) expect(other).to.deep.equal(usual)
    await stage.signIn(undefined, {env: {NODE_ENV: 'test'}})
    expect((await stage.storedLogin()).account?.email).to.equal('ada@example.test')
  })

  it('read no .env file', async () => {
    await writeFile(join(stage.home, '.env'), 'MOGPLEX_API_KEY=mog_from-a-file-of-the-project\n')
    expectExit(await stage.run(['whoami']), 64)
  })

  it('show no secret with DEBUG=*, in a login, a check and a logout', async () => {
    const env = {DEBUG: '*', OPENAI_API_KEY: stage.secret('sk-that-debug-must-not-show')}
    const login = stage.start(['login', '--no-browser'], {env})
    await stage.cloud.browser('ada@example.test').visit(await addressOn(login))
    expectExit(await login.exit, 0)
    const whoami = await stage.run(['whoami', '--verify', '--json'], {env})
    expectExit(whoami, 0)
    jsonOf(whoami)
    expect(whoami.stderr, 'DEBUG was heard').to.include('oclif')
    expectExit(await stage.run(['logout', '--json'], {env}), 0)
  })

  it('allow no write through a link', async () => {
    await stage.putLogin()
    const before = await readdir(stage.home, {recursive: true})
    await Promise.all([stage.run(['whoami']), stage.run(['whoami', '--json'])])
    expect(await readdir(stage.home, {recursive: true})).to.deep.equal(before)
  })
})

/** A file system that even root cannot write to; `undefined` where none can be created. */
const mountsAllowed = canMount()
const onMount = mountsAllowed ? it : it.skip
const why = mountsAllowed ? '' : ' (skipped: no mount is permitted here)'

describe('a home that cannot be written to', () => {
  const stage = setStage()

  onMount(`ends a login with 1 and the path, before anybody signs in${why}`, async () => {
    const home = await readOnlyHome()
    const result = await stage.run(['login', '--no-browser'], {env: {MOGPLEX_HOME: home}})
    expectExit(result, 1)
    expect(result.stderr)
      .to.include(home)
      .and.to.match(/read-only/)
    expect(result.stderr).not.to.include('code_challenge')
  })

  onMount(`ends a logout with 1 and the path, and the login stays${why}`, async () => {
    const home = await readOnlyHome()
    const env = {MOGPLEX_HOME: home}
    const [result, json, whoami, verified] = await Promise.all([
      stage.run(['logout'], {env}),
      stage.run(['logout', '--json'], {env}),
      stage.run(['whoami'], {env}),
      stage.run(['whoami', '--verify'], {env}),
    ])
    expectExit(result, 1)
    expect(result.stderr)
      .to.include(home)
      .and.to.match(/read-only/)
    expect(jsonErrorOf(json).exitCode).to.equal(1)
    expectExit(whoami, 0)
    expectExit(verified, 0)
  })

  /** A read-only MOGPLEX_HOME with a login in it. */
  async function readOnlyHome(): Promise<string> {
    await stage.putLogin()
    const home = join(stage.home, '.mogplex')
    execFileSync('mount', ['--bind', home, home])
    onCleanup(() => void execFileSync('umount', ['-l', home]))
    execFileSync('mount', ['-o', 'remount,bind,ro', home])
    return home
  }
})

function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], {stdio: 'ignore'})
    return process.geteuid?.() === 0
  } catch {
    return false
  }
}
