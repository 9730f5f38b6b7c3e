import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

// A command without our kit: oclif's Command would add nothing here.
const COMMAND = `exports.default = class {
  STATIC
  static args = {}
  static flags = {}
  static async run() { console.log('it ran') }
}`

const COMMANDS = {
  account: "static auth = 'account'",
  model: "static auth = 'model'",
  misspelt: "static auth = 'acount'",
  nothing: '',
}

describe('the gate, for commands of third parties', () => {
  const stage = setStage({inferenceAccepts: 'oauth'})

  beforeEach(async () => {
    const plugin = join(stage.home, 'plugin')
    const data = join(stage.home, '.local', 'share', 'mogplex')
    await mkdir(join(plugin, 'commands', 'tiny'), {recursive: true})
    await mkdir(data, {recursive: true})
    const manifest = {name: 'tiny', version: '1.0.0', oclif: {commands: './commands'}}
    await writeFile(join(plugin, 'package.json'), JSON.stringify(manifest))
    for (const [name, need] of Object.entries(COMMANDS)) {
      await writeFile(
        join(plugin, 'commands', 'tiny', `${name}.js`),
        COMMAND.replace('STATIC', need),
      )
    }
    // As `mogplex plugins link` leaves it.
    const plugins = [{name: 'tiny', root: plugin, type: 'link'}]
    const linked = {private: true, dependencies: {}, oclif: {schema: 1, plugins}}
    await writeFile(join(data, 'package.json'), JSON.stringify(linked))
  })

  it('is closed while nobody is signed in: 64, before the command runs', async () => {
    const [json, ...texts] = await Promise.all([
      stage.run(['tiny', 'account', '--json']),
      stage.run(['tiny', 'account']),
      stage.run(['tiny', 'model']),
    ])
    for (const text of texts) {
      expectExit(text, 64)
      expect(text.stdout).to.equal('')
      expect(text.stderr).to.include('`mogplex login`')
    }
    expect(jsonErrorOf(json)).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
  })

  it('is open after a login', async () => {
    await stage.signIn()
    await Promise.all(['account', 'model'].map((name) => expectToRun(name)))
    await stage.run(['logout'])
    expectExit(await stage.run(['tiny', 'account']), 64)
  })

  it('requires no more than the command declares', async () => {
    const env = {OPENAI_API_KEY: stage.secret('sk-pays-for-prompts')}
    await Promise.all([expectToRun('model', env), expectToRun('nothing')])
    expectExit(await stage.run(['tiny', 'account'], {env}), 64)
  })

  it('is closed when the need is misspelt: 1, signed in or not', async () => {
    expect(jsonErrorOf(await stage.run(['tiny', 'misspelt', '--json'])).exitCode).to.equal(1)
    await stage.putLogin()
    const result = await stage.run(['tiny', 'misspelt'])
    expectExit(result, 1)
    expect(result.stdout).to.equal('')
    expect(result.stderr).to.include('tiny:misspelt').and.to.include("'account', 'model'")
  })

  it('is closed when the file cannot be read, or the address is invalid', async () => {
    await stage.putLogin()
    const env = {MOGPLEX_URL: 'nonsense'}
    const [closed] = await Promise.all([
      stage.run(['tiny', 'account'], {env}),
      expectToRun('nothing', env),
    ])
    expectExit(closed, 2)
    await stage.putAuthFile('{"mogplex": broken')
    expectExit(await stage.run(['tiny', 'account']), 1)
  })

  it('does not affect help', async () => {
    expectExit(await stage.run(['tiny', 'account', '--help']), 0)
  })

  async function expectToRun(name: string, env: Record<string, string> = {}): Promise<void> {
    const result = await stage.run(['tiny', name], {env})
    expectExit(result, 0)
    expect(result.stdout).to.equal('it ran\n')
  }
})

describe('mogplex plugins link', () => {
  const stage = setStage()

  it('adds a command behind the gate, without network', async () => {
    const plugin = join(stage.home, 'plugin')
    await mkdir(join(plugin, 'commands'), {recursive: true})
    const manifest = {name: 'tiny', version: '1.0.0', oclif: {commands: './commands'}}
    await writeFile(join(plugin, 'package.json'), JSON.stringify(manifest))
    await writeFile(
      join(plugin, 'commands', 'tiny.js'),
      COMMAND.replace('STATIC', COMMANDS.account),
    )
    expectExit(await stage.run(['plugins', 'link', '--no-install', plugin]), 0)
    expectExit(await stage.run(['tiny']), 64)
    await stage.putLogin()
    expect((await stage.run(['tiny'])).stdout).to.equal('it ran\n')
  })
})
