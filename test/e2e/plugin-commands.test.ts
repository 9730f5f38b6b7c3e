import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {npmPack} from '../support/npm.js'
import {startNpmRegistry} from '../support/npm-registry.js'
import {pluginFolder, putPluginList, putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer} from '../support/stub-server.js'
import {listFiles} from '../support/temporary-home.js'

const COMMAND = `exports.default = class {
  static args = {}
  static flags = {}
  static async run() { console.log('it ran') }
}`
const FILES = {
  'package.json': {oclif: {commands: './commands'}, files: ['commands']},
  'commands/one.js': COMMAND,
}
const LOCKED = {'package.json': {oclif: {hooks: {init: './x.js'}}}, 'x.js': 'while (true) {}'}

describe('mogplex plugins', () => {
  const stage = setStage()

  it('lists plugins as data, one per line with --json, including those that are left out', async () => {
    const tooNew = {'package.json': {oclif: {}, engines: {node: '>=99'}}}
    await putPlugins(stage, {one: FILES, tooNew, locked: LOCKED})
    const [text, json, inspected] = await Promise.all([
      stage.run(['plugins', '--no-color']),
      stage.run(['plugins', '--json', '--no-input']),
      stage.run(['plugins', 'inspect', 'locked', '--json']),
    ])
    expectExit(text, 0)
    expect(text.stdout).to.match(/^tooNew is left out: .*>=99/m)
    expect(jsonLines(json).map((plugin) => (plugin as {name: string}).name)).to.deep.equal([
      'one',
      'tooNew',
      'locked',
    ])
    expect(jsonOf(inspected)).to.include({name: 'locked', type: 'link', version: '1.0.0'})
  })

  it('installs a file of this folder, runs it, and removes it', async () => {
    await putPlugins(stage, {one: FILES})
    const folder = pluginFolder(stage, 'one')
    const tarball = await npmPack(folder, folder)
    await putPluginList(stage, '{"oclif": {"plugins": []}}')
    const path = `.${tarball.slice(stage.home.length)}`
    for (const spec of [path, `file:${path}`, tarball]) {
      const installed = await stage.run(['plugins', 'install', spec, '--json'])
      expectExit(installed, 0)
      expect(jsonOf(installed)).to.include({name: 'one', url: `file:${tarball}`, problem: null})
    }
    expect((await stage.run(['one'])).stdout).to.equal('it ran\n')
    expect(jsonOf(await stage.run(['plugins', 'uninstall', 'one', '--json'])).name).to.equal('one')
    expect(jsonLines(await stage.run(['plugins', '--json']))).to.deep.equal([])
  }).timeout(90_000)

  it('updates to the versions of a registry, and prints both versions', async () => {
    const registry = await startNpmRegistry()
    const pack = async (version: string): Promise<string> => {
      await putPlugins(stage, {
        one: {...FILES, 'package.json': {...FILES['package.json'], version}},
      })
      const folder = pluginFolder(stage, 'one')
      return npmPack(folder, folder)
    }
    const [older, newer] = [await pack('1.0.0'), await pack('1.0.1')]
    await registry.publish(older)
    await putPluginList(stage, '{"oclif": {"plugins": []}}')
    const options = {env: {...registry.env, npm_config_prefer_offline: 'false'}, timeoutMs: 90_000}
    expectExit(await stage.run(['plugins', 'install', 'one'], options), 0)
    const nothing = await stage.run(['plugins', 'update', '--json'], options)
    expectExit(nothing, 0)
    expect(nothing.stdout).to.equal('')
    await registry.publish(newer)
    const updated = await stage.run(['plugins', 'update', '--json'], options)
    expectExit(updated, 0)
    expect(jsonOf(updated)).to.include({name: 'one', previous: '1.0.0', version: '1.0.1'})
    expect((await stage.run(['one'])).stdout).to.equal('it ran\n')
  }).timeout(120_000)

  it('keeps installed plugins when the registry is unreachable (69), or lacks the package (2)', async () => {
    await putPlugins(stage, {one: FILES})
    const npm = {npm_config_fetch_retries: '0', npm_config_prefer_offline: 'false'}
    const {url} = await startStubServer((response, {path}) => {
      response.writeHead(path.includes('gone') ? 404 : 503).end('{}')
    })
    const install = async (name: string, registry: string) => {
      const env = {...npm, MOGPLEX_NPM_REGISTRY: registry}
      return jsonErrorOf(await stage.run(['plugins', 'install', name, '--json'], {env}))
    }
    expect(await install('one', 'http://127.0.0.1:1/')).to.include({
      code: 'UNREACHABLE',
      exitCode: 69,
    })
    expect(await install('down', url)).to.include({code: 'REMOTE', exitCode: 69})
    expect(await install('gone', url)).to.include({code: 'UNKNOWN_PLUGIN', exitCode: 2})
    expect(jsonLines(await stage.run(['plugins', '--json']))).to.have.length(1)
  }).timeout(120_000)

  const refused: [args: string[], code: string][] = [
    [['inspect', 'NOPE'], 'UNKNOWN_PLUGIN'],
    [['uninstall', 'NOPE'], 'UNKNOWN_PLUGIN'],
    [['install', './nope.tgz'], 'USAGE'],
    [['install', '$x'], 'USAGE'],
    [['install'], 'USAGE'],
    [['link', './nowhere'], 'USAGE'],
    [['--bogus'], 'USAGE'],
  ]
  for (const [args, code] of refused) {
    it(`rejects plugins ${args.join(' ')}, alike in text and JSON`, async () => {
      const words = ['plugins', ...args]
      const [text, json] = await Promise.all([stage.run(words), stage.run([...words, '--json'])])
      expectExit(text, 2)
      expect(text.stdout).to.equal('')
      expect(jsonErrorOf(json)).to.include({code, exitCode: 2})
    })
  }

  it('leaves nothing of a package that is not a plugin', async () => {
    await putPlugins(stage, {plain: {'package.json': {}, 'index.js': ''}})
    const folder = pluginFolder(stage, 'plain')
    const tarball = await npmPack(folder, folder)
    await putPluginList(stage, '{"oclif": {"plugins": []}}')
    const result = await stage.run(['plugins', 'install', tarball, '--json'])
    expect(jsonErrorOf(result)).to.include({code: 'NOT_A_PLUGIN', exitCode: 2})
    const files = await listFiles(join(stage.home, '.local', 'share', 'mogplex'))
    expect(files.filter((path) => path.includes('plain'))).to.deep.equal([])
  }).timeout(90_000)

  it('links only folders of plugins', async () => {
    await writeFile(join(stage.home, 'package.json'), '{"name": "app", "version": "1.0.0"}')
    const result = await stage.run(['plugins', 'link', '.', '--json'])
    expect(jsonErrorOf(result)).to.include({code: 'NOT_A_PLUGIN', exitCode: 2})
  })

  it('does not overwrite a broken list, and resets it', async () => {
    await putPluginList(stage, '{"oclif": {"plugins": [null]}}')
    await writeFile(join(stage.home, 'package.json'), '{"name": "a", "oclif": {}}')
    for (const args of [['plugins'], ['plugins', 'link', '.']]) {
      expect(jsonErrorOf(await stage.run([...args, '--json'])).code).to.equal('LOCAL_FILE')
    }
    expectExit(await stage.run(['plugins', 'reset']), 0)
    expect(jsonLines(await stage.run(['plugins', '--json']))).to.deep.equal([])
  })

  it('resets a plugin that breaks every other command', async () => {
    await putPlugins(stage, {locked: LOCKED})
    expect(jsonOf(await stage.run(['plugins', 'reset', '--json'])).name).to.equal('locked')
    expect(jsonErrorOf(await stage.run(['whoami', '--json'])).exitCode).to.equal(64)
  })
})
