import {expect} from 'chai'
import {execFile} from 'node:child_process'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import type {Command} from '../support/cli-environment.js'
import {exampleRegistry} from '../support/example-registry.js'
import {npmPack} from '../support/npm.js'
import type {NpmRegistry} from '../support/npm-registry.js'
import {installedCli} from '../support/packed-cli.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'
import {temporaryHome} from '../support/temporary-home.js'

const COUNTED = /^\d+ repositories, \d+ models, \d+ MCP servers\n$/
const MEANING = 'Installing a plugin runs its code'

// It has no relation to us, another major version of oclif, and an install script that looks for
// credentials.
const STRANGER = {
  'package.json': JSON.stringify({
    name: 'stranger',
    version: '1.0.0',
    license: 'MIT',
    scripts: {install: 'node look.js'},
    oclif: {commands: './commands'},
    dependencies: {'@oclif/core': '^3'},
  }),
  'look.js': "require('fs').writeFileSync('seen.json', JSON.stringify(process.env))",
  'commands/stranger.js': `const {Command} = require('@oclif/core')
    module.exports = class Stranger extends Command {
      static auth = 'account'
      async run() { await this.parse(Stranger); this.log('it ran') }
    }`,
}

describe('plugins, installed from a registry by the packed CLI', () => {
  const stage = setStage()
  let registry: NpmRegistry
  let command: Command
  let example = ''

  before(async () => {
    ;[{command}, {registry, example}] = await Promise.all([installedCli(), exampleRegistry()])
    expect(await readdir(example)).not.to.include('oclif.manifest.json') // it would become outdated
    const folder = await temporaryHome()
    const stranger = join(folder, 'stranger')
    await mkdir(join(stranger, 'commands'), {recursive: true})
    for (const [path, text] of Object.entries(STRANGER)) {
      await writeFile(join(stranger, path), text)
    }
    await registry.publish(await npmPack(stranger, folder))
  })

  beforeEach(() => Object.assign(stage.env, registry.env))

  it('work: the example, third-party ones, and one that looks for credentials', async () => {
    const first = await install('mogplex-plugin-usage')
    expect(first.stderr.split(MEANING)).to.have.length(2)
    const env = {
      MOGPLEX_API_KEY: stage.secret('mog_looked-for-0123456789abcdef'),
      OPENAI_API_KEY: stage.secret('sk-proj-looked-for-0123456789'),
    }
    expect((await install('stranger', env)).stderr).not.to.include(MEANING)
    const data = join(stage.home, '.local', 'share', 'mogplex')
    const seen = await readFile(join(data, 'node_modules', 'stranger', 'seen.json'), 'utf8')
    expect(seen).to.include('"npm_lifecycle_event"').and.not.to.include('"MOGPLEX_URL"')
    for (const plugin of ['which@3', 'commands@4', 'autocomplete@3']) {
      await install(`@oclif/plugin-${plugin}`)
    }

    const help = await mogplex(['help'])
    for (const id of ['usage', 'stranger', 'which', 'commands', 'autocomplete', 'whoami']) {
      expect(help.stdout).to.match(new RegExp(`^  ${id}\\b`, 'm'))
    }
    for (const id of ['usage', 'stranger']) {
      expect(jsonErrorOf(await mogplex([id, '--json'], 64))).to.include({code: 'NOT_LOGGED_IN'})
    }
    await stage.putLogin()
    expect((await mogplex(['usage'])).stdout).to.match(COUNTED)
    expect(jsonOf(await mogplex(['usage', '--json']))).to.have.all.keys(
      'repositories',
      'models',
      'mcpServers',
    )
    expect((await mogplex(['stranger'])).stdout).to.equal('it ran\n')
    expect((await mogplex(['which', 'usage'])).stdout).to.include('mogplex-plugin-usage')
    expect((await mogplex(['commands'])).stdout).to.include('whoami')
    expect((await mogplex(['autocomplete', 'bash'])).stdout).to.include('mogplex autocomplete')
    const whoami = await mogplex(['whoami', '--json'])
    expect(jsonOf(whoami).account).to.include({email: 'ada@example.test'})
    expect(whoami.stderr).to.equal('')

    await mogplex(['plugins', 'uninstall', 'mogplex-plugin-usage'])
    await mogplex(['usage'], 2)
  })

  it('are linked during development, their tests pass, and their slash command exists', async () => {
    const {stdout} = await promisify(execFile)('npm', ['test'], {cwd: example})
    expect(stdout)
      .to.match(/^# pass 4$/m)
      .and.to.match(/^# fail 0$/m)
    await mogplex(['plugins', 'link', '--no-install', example])
    await mogplex(['usage'], 64)
    await stage.putLogin()
    expect((await mogplex(['usage'])).stdout).to.match(COUNTED)
    const terminal = stage.terminal([], {command, columns: 100})
    await terminal.see('your login pays')
    terminal.type('/usage\r')
    await terminal.see(/\d+ repositories, \d+ models/)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  async function install(plugin: string, env: Record<string, string> = {}): Promise<CliResult> {
    return mogplex(['plugins', 'install', plugin], 0, env)
  }

  async function mogplex(args: readonly string[], code = 0, env: Record<string, string> = {}) {
    const result = await stage.run(args, {command, env, timeoutMs: 240_000})
    expectExit(result, code)
    return result
  }
})
