import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {cp, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {projectRoot} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'

/**
 * Start-up is not timed here (`npm run bench` does that): the CLI runs in a place where the
 * libraries that make it slow are not, so that whoever loads one ends with an error.
 */
describe('the start', () => {
  const stage = setStage()
  let command: [string, string] = ['', '']

  beforeEach(async () => {
    command = [process.execPath, join(stage.home, 'bare', 'bin', 'run.js')]
    const files = ['package.json', 'oclif.manifest.json', 'bin', 'dist/mogplex.cjs']
    for (const file of files) await copy(file)
    for (const plugin of await corePlugins()) {
      await copy(`node_modules/${plugin}/package.json`)
      await copy(`node_modules/${plugin}/oclif.manifest.json`)
    }
    await stage.putLogin()
  })

  it('loads no library for whoami and --version', async () => {
    const [whoami, json, version] = await Promise.all([
      stage.run(['whoami'], {command}),
      stage.run(['whoami', '--json'], {command}),
      stage.run(['--version'], {command}),
    ])
    for (const result of [whoami, json, version]) {
      expectExit(result, 0)
      expect(result.stderr).to.equal('')
    }
    expect(whoami.stdout).to.include('ada@example.test')
    expect(version.stdout).to.match(/^@mogplex\/cli\/\S+ /)
  })

  it('does not look for sources to compile in a checkout, whatever NODE_ENV says', async () => {
    await Promise.all(['src', 'tsconfig.json', 'tsconfig.base.json'].map((file) => copy(file)))
    for (const NODE_ENV of ['development', 'test']) {
      const result = await stage.run(['whoami'], {command, env: {NODE_ENV}})
      expectExit(result, 0)
      expect(result.stderr).to.equal('')
    }
  })

  it('loads no library for --help and for bare mogplex, but what lays out text', async () => {
    await copy('dist/seldom.cjs')
    const help = await stage.run(['--help'], {command})
    expectExit(help, 0)
    expect(help.stderr).to.equal('')
    expect(help.stdout).to.match(/^ {2}whoami\b/m)
    const terminal = stage.terminal([], {command})
    await terminal.see('ada@example.test · mogplex: default model · your login pays')
    terminal.type('/quit\r')
    expectExit({...(await terminal.exit), stdout: '', stderr: terminal.scrollback()}, 0)
  })

  it('would notice: a request needs got, which is not there', async () => {
    const result = await stage.run(['whoami', '--verify'], {command})
    expectExit(result, 1)
    expect(result.stderr).to.include('got.cjs')
  })

  /** Copies a file of the project, where there is one: a plugin without commands has no manifest. */
  async function copy(file: string): Promise<void> {
    const from = join(projectRoot, file)
    if (existsSync(from)) await cp(from, join(stage.home, 'bare', file), {recursive: true})
  }
})

async function corePlugins(): Promise<string[]> {
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8')
  return (JSON.parse(text) as {oclif: {plugins: string[]}}).oclif.plugins
}
