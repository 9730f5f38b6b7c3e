import {expect} from 'chai'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {chmod, mkdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {plainCli, projectRoot} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'

const AT_HOME = join(projectRoot, 'test/support/user-at-home.cjs')

describe('the code cache', () => {
  const stage = setStage()
  let folder: string
  beforeEach(async () => {
    folder = join(stage.home, '.cache', 'mogplex')
    await stage.putLogin()
  })

  async function whoami(env: Record<string, string> = {}) {
    const NODE_OPTIONS = `--require ${AT_HOME}`
    const options = {command: plainCli, env: {NODE_OPTIONS, MOGPLEX_CACHE: '', ...env}}
    const result = await stage.run(['whoami'], options)
    expectExit(result, 0)
    expect(result.stderr).to.equal('')
    expect(result.stdout).to.match(/^ada@example\.test .+\n {2}from .+\n {2}prompts .+\n$/)
  }

  function entries(): string[] {
    return readdirSync(folder).flatMap((build) =>
      readdirSync(join(folder, build)).map((name) => join(folder, build, name)),
    )
  }

  it('is created by the first run, and used by the second, with the same output', async () => {
    await whoami()
    const made = entries()
    expect(made.map((path) => path.split('/').at(-1))).to.deep.equal(['whoami.mogplex'])
    const [path = ''] = made
    const before = readFileSync(path)
    await whoami()
    expect(readFileSync(path).equals(before)).to.equal(true)
  })

  it('is recreated where it was damaged, with the same output', async () => {
    await whoami()
    const [path = ''] = entries()
    const {length} = readFileSync(path)
    for (const damage of [Buffer.alloc(length), Buffer.alloc(64, 'x'), Buffer.alloc(0)]) {
      writeFileSync(path, damage)
      await whoami()
      expect(readFileSync(path).length).to.be.above(64)
      expect(readFileSync(path).equals(damage)).to.equal(false)
    }
  })

  it('is separate for each set of V8 flags', async () => {
    await whoami()
    await whoami({NODE_OPTIONS: `--require ${AT_HOME} --max-old-space-size=200`})
    expect(readdirSync(folder)).to.have.length(2)
  })

  it('is created once by simultaneous runs, and is intact', async () => {
    await Promise.all(Array.from({length: 6}, async () => whoami()))
    await whoami()
    expect(entries()).to.have.length(1)
  })

  it('is not created with MOGPLEX_CACHE=off, nor for an unknown command', async () => {
    await whoami({MOGPLEX_CACHE: 'off'})
    const env = {NODE_OPTIONS: `--require ${AT_HOME}`, MOGPLEX_CACHE: ''}
    expectExit(await stage.run(['whoam'], {command: plainCli, env}), 2)
    expect(() => readdirSync(folder)).to.throw('ENOENT')
  })

  it('of a failed run is separate, until a run has succeeded', async () => {
    const env = {NODE_OPTIONS: `--require ${AT_HOME}`, MOGPLEX_CACHE: ''}
    const names = (): (string | undefined)[] => entries().map((path) => path.split('/').at(-1))
    await rm(join(stage.home, '.mogplex', 'auth.json'))
    expectExit(await stage.run(['whoami'], {command: plainCli, env}), 64)
    expect(names()).to.include('whoami.mogplex.failed')
    await stage.putLogin()
    await whoami()
    expect(names()).to.include('whoami.mogplex')
  })

  it('works without a usable folder', async () => {
    await mkdir(join(stage.home, '.cache'), {mode: 0o700})
    writeFileSync(folder, 'a file')
    await whoami()
    await rm(folder)
    await mkdir(folder, {mode: 0o700})
    await chmod(folder, 0o777)
    await whoami()
    expect(entries()).to.deep.equal([])
  })
})
