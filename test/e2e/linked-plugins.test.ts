import {expect} from 'chai'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {projectRoot} from '../support/cli-environment.js'
import {setStage} from '../support/sign-in-stage.js'

const ES_COMMAND = `import {MogplexCommand} from '@mogplex/plugin-kit'
export default class Es extends MogplexCommand {
  static auth = 'account'
  static enableJsonFlag = true
  async run() {
    await this.parse(Es)
    const {account} = await (await this.session()).identity()
    this.log('signed in as ' + account.email)
    return account
  }
}`

const ASKING_COMMAND = `import {MogplexCommand} from '@mogplex/plugin-kit'
export default class Asks extends MogplexCommand {
  static enableJsonFlag = true
  async run() {
    await this.parse(Asks)
    await (await this.session()).require('acount')
  }
}`

const COMMONJS_COMMAND = `const {Command, Flags} = require('@oclif/core')
module.exports = class Plain extends Command {
  static enableJsonFlag = true
  static flags = {number: Flags.integer()}
  async run() {
    const {flags} = await this.parse(Plain)
    if (flags.number === 7) this.error('seven', {exit: 7})
    if (flags.number === 13) await new Promise(() => {})
    this.log('number ' + flags.number)
  }
}`

/** Plugins with their own @oclif/core and their own kit: the CLI contains other copies. */
describe('plugins that a user links', () => {
  const stage = setStage()

  beforeEach(async () => {
    await link('es-plugin', {
      'package.json': JSON.stringify({
        name: 'es-plugin',
        version: '1.0.0',
        type: 'module',
        oclif: {commands: './commands', hooks: {init: './hook.js'}},
      }),
      'commands/es.js': ES_COMMAND,
      'commands/asks.js': ASKING_COMMAND,
      'hook.js': "export default async () => process.stderr.write('its hook ran\\n')",
    })
    await link('plain-plugin', {
      'package.json': JSON.stringify({
        name: 'plain-plugin',
        version: '1.0.0',
        oclif: {commands: './commands'},
      }),
      'commands/plain.js': COMMONJS_COMMAND,
    })
  })

  it('run as ES modules, with the kit, the session and their hooks', async () => {
    const closed = await stage.run(['es', '--json'])
    expect(jsonErrorOf(closed)).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
    await stage.putLogin()
    const open = await stage.run(['es'])
    expectExit(open, 0)
    expect(open.stdout).to.equal('signed in as ada@example.test\n')
    expect(open.stderr).to.equal('its hook ran\n') // no warning about a missing TypeScript
    expect(jsonOf(await stage.run(['es', '--json']))).to.include({email: 'ada@example.test'})
  })

  it('find a closed gate for an unknown auth need', async () => {
    await stage.putLogin()
    const error = jsonErrorOf(await stage.run(['asks', '--json']))
    expect(error).to.include({code: 'UNKNOWN_AUTH_NEED', exitCode: 1})
  })

  it('run as CommonJS, with their own flags, errors and exit codes', async () => {
    const [plain, seven, endless, wrong] = await Promise.all([
      stage.run(['plain', '--number', '3']),
      stage.run(['plain', '--number', '7']),
      stage.run(['plain', '--number', '13']),
      stage.run(['plain', '--number', 'x']),
    ])
    expectExit(plain, 0)
    expect(plain.stdout).to.equal('number 3\n')
    expectExit(seven, 7)
    expect(seven.stderr).to.include('Error: seven')
    const json = await stage.run(['plain', '--number', '7', '--json'])
    expect(jsonErrorOf(json)).to.include({message: 'seven', exitCode: 7})
    expectExit(endless, 13)
    expectExit(wrong, 2)
    expect(wrong.stderr).to.include('`mogplex plain --help`')
  })

  it('are in the help, and in the list of plugins, beside our own', async () => {
    const [help, ofOne, plugins] = await Promise.all([
      stage.run(['--help']),
      stage.run(['help', 'plain']),
      stage.run(['plugins', '--core']),
    ])
    for (const id of ['es', 'plain', 'whoami', 'plugins']) {
      expect(help.stdout).to.match(new RegExp(`^  ${id}\\b`, 'm'))
    }
    expect(ofOne.stdout).to.include('--number NUMBER')
    for (const name of ['es-plugin', 'plain-plugin', '@oclif/plugin-plugins']) {
      expect(plugins.stdout).to.include(name)
    }
  })

  async function link(name: string, files: Record<string, string>): Promise<void> {
    const folder = join(stage.home, name)
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), {recursive: true})
      await writeFile(join(folder, file), text)
    }
    await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
    expectExit(await stage.run(['plugins', 'link', '--no-install', folder]), 0)
  }
})
