import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {cp, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {QUICK_COMMANDS} from '../../src/host/argv.js'
import {expectExit} from '../support/answers.js'
import {projectRoot} from '../support/cli-environment.js'
import {preload} from '../support/preload.js'
import {setStage} from '../support/sign-in-stage.js'

const HOT = [
  'dist/start.cjs',
  'dist/mogplex.cjs',
  'dist/warm.cjs',
  'dist/plugins.json',
  'oclif.manifest.json',
]
const MAX_BYTES = 490_000
const TOLD = join(projectRoot, 'test/support/told-modules.cjs')
/** Modules of Node that take longer to load than an answer. */
const HEAVY =
  /^NativeModule (child_process|crypto|dns|fs\/promises|http|https|net|stream|tls|tty|worker_threads|zlib)$/m

/**
 * Start-up is not timed here (`npm run bench` does that): the CLI runs in a folder without the
 * files that would slow it down, so loading one of them fails.
 */
describe('the start', () => {
  const stage = setStage()
  let command: [string, string] = ['', '']

  beforeEach(async () => {
    command = [process.execPath, join(stage.home, 'bare', 'bin', 'run.js')]
    for (const file of ['package.json', 'bin', ...HOT]) await copy(file)
    for (const plugin of await corePlugins())
      for (const file of ['package.json', 'oclif.manifest.json'])
        await copy(`node_modules/${plugin}/${file}`)
    await stage.putLogin()
  })

  for (const words of [
    'whoami',
    'whoami --json',
    'whoami --require account',
    'whoami --require model',
    'whoami --short',
    '--version',
    '--version --json',
    '--help',
    'login --help',
    'logout --json --provider groq',
  ]) {
    it(`of mogplex ${words} reads a few files, and loads nothing heavy`, async () => {
      await expectQuick(words)
    })
  }

  for (const words of ['whoami', 'models --json']) {
    it(`of mogplex ${words} after a sync does the same`, async () => {
      expectExit(await stage.run(['models', '--refresh']), 0)
      await expectQuick(words)
    })
  }

  it('has the data of the quick commands in a separate file', async () => {
    const facts: unknown = JSON.parse(
      await readFile(join(projectRoot, 'dist/plugins.json'), 'utf8'),
    )
    const commands = (facts as {manifest: {commands: object}}[]).flatMap(({manifest}) =>
      Object.keys(manifest.commands),
    )
    expect(commands.sort()).to.deep.equal([...QUICK_COMMANDS])
  })

  it('reads little', async () => {
    const sizes = await Promise.all(HOT.map(async (file) => stat(join(projectRoot, file))))
    expect(sizes.reduce((sum, {size}) => sum + size, 0)).to.be.below(MAX_BYTES)
  })

  it('closes the gate before anything else is loaded', async () => {
    await stage.run(['logout'])
    for (const words of [['models'], ['attach', 'run_1'], ['whoami', '--require', 'account']]) {
      const result = await stage.run(words, {command})
      expectExit(result, 1) // the files for reporting that are missing
      expect(result.stdout).to.equal('')
    }
  })

  it('does not look for sources to compile in a checkout, whatever NODE_ENV says', async () => {
    await Promise.all(['src', 'tsconfig.json', 'tsconfig.base.json'].map((file) => copy(file)))
    for (const NODE_ENV of ['development', 'test']) {
      const result = await stage.run(['whoami'], {command, env: {NODE_ENV}})
      expectExit(result, 0)
      expect(result.stderr).to.equal('')
    }
  })

  it('is really checked: a request needs files that are missing here', async () => {
    const result = await stage.run(['whoami', '--verify'], {command})
    expectExit(result, 1)
    expect(result.stderr).to.include('files of mogplex are missing. Install it again.')
  })

  for (const LAST_WORDS of ['beforeExit', 'timer']) {
    it(`exits when the command is done, but not before pending work (${LAST_WORDS})`, async () => {
      const env = {...preload('last-words.cjs'), LAST_WORDS}
      const result = await stage.run(['whoami'], {env})
      expectExit(result, 0)
      expect(result.stdout).to.include('ada@example.test')
      expect(result.stderr).to.equal('last words\n')
    })
  }

  async function expectQuick(words: string): Promise<void> {
    const told = join(stage.home, 'told')
    const env = {NODE_OPTIONS: `--require ${TOLD}`, TOLD_MODULES: told}
    const result = await stage.run(words.split(' '), {command, env})
    expectExit(result, 0)
    expect(result.stderr).to.equal('')
    expect(result.stdout).not.to.equal('')
    expect(await readFile(told, 'utf8')).not.to.match(HEAVY)
  }

  /** Copies a file of the project, where there is one. */
  async function copy(file: string): Promise<void> {
    const from = join(projectRoot, file)
    if (existsSync(from)) await cp(from, join(stage.home, 'bare', file), {recursive: true})
  }
})

async function corePlugins(): Promise<string[]> {
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8')
  return (JSON.parse(text) as {oclif: {plugins: string[]}}).oclif.plugins
}
