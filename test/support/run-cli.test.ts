import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Command} from './cli-environment.js'
import {beginTest, endTest} from './cleanup.js'
import {homeVariables} from './home-variables.js'
import {runCli, startCli} from './run-cli.js'
import {listFiles, temporaryHome} from './temporary-home.js'

const node = (script: string): Command => [process.execPath, '-e', script]

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => String(error),
  )
}

describe('runCli', () => {
  let home: string

  beforeEach(async () => {
    home = await temporaryHome()
  })

  it('runs in a minimal environment, without a terminal', async () => {
    process.env.STRAY = 'of this machine'
    const command = node(
      'console.log(JSON.stringify([process.env, process.cwd(), process.stdin.isTTY ?? false]));' +
        'try { fs.openSync("/dev/tty"); console.error("a terminal") } catch {}',
    )
    const {code, stdout, stderr} = await runCli([], {home, command, env: {MOGPLEX_URL: 'x'}})
    delete process.env.STRAY
    expect(JSON.parse(stdout)).to.deep.equal([
      {
        PATH: process.env.PATH,
        ...homeVariables(home),
        MOGPLEX_CACHE: 'off',
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
        MOGPLEX_URL: 'x',
      },
      home,
      false,
    ])
    expect({code, stderr}).to.deep.equal({code: 0, stderr: ''})
  })

  it('passes arguments and input, and returns both outputs and the exit code', async () => {
    const command = node(
      'console.log(process.argv[1]); console.error(fs.readFileSync(0, "utf8")); process.exitCode = 64',
    )
    const result = await runCli(['--', 'run_1'], {home, command, stdin: 'a line'})
    expect(result).to.deep.equal({
      code: 64,
      signal: undefined,
      stdout: 'run_1\n',
      stderr: 'a line\n',
    })
  })

  it('passes an input that has ended, unless it is to stay open', async () => {
    const command = node('process.stdin.resume().on("end", () => console.log("the end"))')
    expect((await runCli([], {home, command})).stdout).to.equal('the end\n')
    const failure = await failureOf(runCli([], {home, command, stdin: 'open', timeoutMs: 500}))
    expect(failure).to.contain('still running')
  })

  it('kills a process that takes too long, and shows its output', async () => {
    const command = node('console.error(process.pid, "is waiting"); setInterval(() => {}, 1000)')
    const failure = await failureOf(runCli(['login'], {home, command, timeoutMs: 700}))
    const pid = Number(/(\d+) is waiting/.exec(failure)?.[1])
    expect(failure).to.contain('login')
    await endTest()
    beginTest()
    expect(isAlive(pid)).to.be.false
  })

  it('reports the signal that ended the process', async () => {
    const {code, signal} = await runCli([], {home, command: node('process.kill(process.pid)')})
    expect({code, signal}).to.deep.equal({code: undefined, signal: 'SIGTERM'})
  })
})

describe('startCli', () => {
  const echo = node(
    'console.log("ready"); process.stdin.on("data", (d) => console.error("got " + d))' +
      '.on("end", () => console.log("bye"))',
  )

  it('waits for output, answers, and sees the end', async () => {
    const cli = startCli([], {home: await temporaryHome(), command: echo})
    await cli.waitFor('ready')
    cli.write('hello')
    const match = await cli.waitFor(/got (\w+)/, 'stderr')
    expect(match[1]).to.equal('hello')
    cli.endInput()
    expect(await cli.exit).to.deep.include({code: 0, stdout: 'ready\nbye\n'})
  })

  it('shows everything it has seen when output does not appear in time, or no longer can', async () => {
    const cli = startCli([], {home: await temporaryHome(), command: echo})
    await cli.waitFor('ready')
    const late = await failureOf(cli.waitFor('never', 'stdout', 50))
    expect(late).to.contain('50 ms').and.to.contain('never').and.to.contain('ready')
    cli.kill('SIGINT')
    const ended = await failureOf(cli.waitFor('never'))
    expect(ended).to.contain('It ended').and.to.contain('ready')
    expect((await cli.exit).signal).to.equal('SIGINT')
  })

  it('is killed after the test, and then its home is removed', async () => {
    const home = await temporaryHome()
    await writeFile(join(home, 'file'), '')
    expect(await listFiles(home)).to.deep.equal(['file'])
    const cli = startCli([], {home, command: echo})
    await cli.waitFor('ready')
    await endTest()
    beginTest()
    expect(isAlive(cli.pid)).to.be.false
    expect(existsSync(home)).to.be.false
  })
})
