import {expect} from 'chai'
import {symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {commandFiles} from '../../../../src/host/plugins/command-files.js'
import {commandForNewerNode} from '../../../../src/host/plugins/newer-node.js'
import {type PluginFiles, pluginFolder, putPlugins} from '../../../support/put-plugins.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('the commands of a plugin that is not loaded', () => {
  let home: string
  beforeEach(async () => {
    home = await temporaryHome()
  })

  it('are found by their files, as in oclif', async () => {
    const paths = ['a.js', 'b/index.mjs', 'b/c/d.ts', 'a.test.js', 'e.d.ts', 'f.json', 'g.js/h']
    const files = Object.fromEntries(paths.map((path) => [`commands/${path}`, '']))
    await putPlugins({home}, {one: files})
    const root = pluginFolder({home}, 'one')
    await symlink(home, join(root, 'commands', 'away'))
    for (const commands of ['./commands', {strategy: 'pattern', target: 'commands'}]) {
      expect(commandFiles(root, {commands})?.sort()).to.deep.equal(['a', 'b', 'b:c:d'])
    }
  })

  it('are unknown where the code decides, or where its folder is elsewhere', async () => {
    await putPlugins({home}, {one: {}, two: {'commands/a.js': ''}})
    const root = pluginFolder({home}, 'one')
    const explicit = {strategy: 'explicit', target: './commands.js'}
    for (const commands of [explicit, '../two/commands', './nowhere', undefined, 7]) {
      expect(commandFiles(root, {commands})).to.equal(undefined)
    }
  })

  const newer = (files: PluginFiles = {}): PluginFiles => ({
    'package.json': {engines: {node: '>=99'}, oclif: {commands: './commands'}},
    ...files,
  })

  it('are reported where the plugin needs a newer Node', async () => {
    await putPlugins(
      {home},
      {
        plain: newer({'commands/hello/world.js': ''}),
        described: newer({
          'oclif.manifest.json': {version: '1.0.0', commands: {'own:x': {id: 'own:x'}}},
        }),
        fine: {'package.json': {oclif: {commands: './commands'}}, 'commands/fine.js': ''},
      },
    )
    const data = join(home, '.local', 'share', 'mogplex')
    const error = commandForNewerNode('hello:world:arg', data)
    expect(error).to.include({code: 'PLUGIN_NEEDS_NODE', exitCode: 1})
    expect(error?.message).to.match(
      /^`mogplex hello world` is a .* plain, .*: it needs Node >=99, /,
    )
    expect(commandForNewerNode('own:x', data)?.message).to.include('the plugin described')
    for (const id of ['hello', 'own:xy', 'fine', '']) {
      expect(commandForNewerNode(id, data)).to.equal(undefined)
    }
  })
})
