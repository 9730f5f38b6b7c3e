import {expect} from 'chai'
import {join} from 'node:path'
import {ReservedNames} from '../../../../src/domain/plugin/reserved-names.js'
import {factsOf} from '../../../../src/host/plugins/plugin-facts.js'
import {readPluginList} from '../../../../src/host/plugins/plugin-list.js'
import {type PluginFiles, putPlugins} from '../../../support/put-plugins.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('factsOf', () => {
  async function facts(files: PluginFiles, ours: readonly string[] = []) {
    const home = await temporaryHome()
    await putPlugins({home}, {suspect: files})
    const [plugin] = readPluginList(join(home, '.local', 'share', 'mogplex')).plugins
    return plugin === undefined
      ? expect.fail()
      : factsOf(plugin, {
          plugins: new Set(ours),
          commands: new ReservedNames([{commands: [{id: 'login'}], topics: []}]),
          slashCommands: ['exit'],
        })
  }

  it('reads package.json and the manifest, and runs nothing', async () => {
    const commands = Object.fromEntries(
      Array.from({length: 2000}, (_, index) => [`c${index}`, {id: `c${index}`}]),
    )
    const found = await facts({
      'package.json': {oclif: {commands: './commands'}, dependencies: {other: '^1', odd: 7}},
      'oclif.manifest.json': {version: '1.0.0', commands},
      'commands/c1.js': 'throw new Error("it was run")',
    })
    expect(found).to.include({name: 'suspect', version: '1.0.0', type: 'link', problem: null})
    expect(found.commands).to.have.length(2000)
    expect(found.dependencies).to.deep.equal({other: '^1'})
  })

  const problems: [what: string, files: PluginFiles, why: RegExp][] = [
    ['needs a newer Node', {'package.json': {oclif: {}, engines: {node: '>=99'}}}, /Node >=99/],
    ['has no settings for oclif', {}, /oclif settings/],
    ['has a broken package.json', {'package.json': '{'}, /broken/],
    ['takes a name of ours', {'package.json': {oclif: {}, name: 'ours'}}, /a plugin of mogplex/],
    ['has no version', {'package.json': {oclif: {}, version: '\u001B[2J'}}, /version/],
    [
      'has a manifest of no shape',
      {'package.json': {oclif: {}}, 'oclif.manifest.json': {version: '1.0.0', commands: {a: null}}},
      /manifest/,
    ],
    ['has commands elsewhere', {'package.json': {oclif: {commands: '../x'}}}, /\.\.\/x/],
    [
      'has a manifest that is too large',
      {'package.json': {oclif: {}}, 'oclif.manifest.json': ' '.repeat(5 * 2 ** 20)},
      /oclif\.manifest\.json is larger than 4 MB/,
    ],
  ]
  it('finds commands without a manifest by their files, and those left out', async () => {
    const found = await facts({
      'package.json': {oclif: {commands: './commands'}},
      'commands/login/x.js': 'throw new Error("it was run")',
      'commands/own.js': '',
    })
    expect(found.commands).to.deep.equal(['login:x', 'own'])
    expect(found.leftOut).to.deep.equal(['login x'])
    const explicit = {strategy: 'explicit', target: './commands.js'}
    const unknown = await facts({'package.json': {oclif: {commands: explicit}}})
    expect(unknown).to.deep.include({commands: null, leftOut: [], problem: null})
  })

  it('names the parts that are left out of the plugins that it brings along', async () => {
    const child = {name: 'child', version: '1.0.0', oclif: {plugins: ['*'], commands: './c'}}
    const own = {name: 'cli', version: '1.0.0', oclif: {}}
    const found = await facts(
      {
        'package.json': {oclif: {plugins: ['ch*', 'cli']}, dependencies: {child: '1', cli: '1'}},
        'node_modules/child/package.json': {...child, dependencies: {child: '1', gone: '1'}},
        'node_modules/child/c/login/me.js': '',
        'node_modules/cli/package.json': own,
      },
      ['cli'],
    )
    expect(found).to.deep.include({leftOut: ['login me'], problem: null})
  })

  it('names its parts that are left out: commands, aliases and slash commands with a name of ours', async () => {
    const slashCommands = Object.fromEntries(
      ['exit', 'own'].map((name) => [name, {summary: 'x', module: 'slash.js'}]),
    )
    const found = await facts({
      'package.json': {oclif: {}, mogplex: {kit: 1, slashCommands}},
      'oclif.manifest.json': {
        version: '1.0.0',
        commands: {
          'login:x': {id: 'login:x'},
          own: {id: 'own', hiddenAliases: ['login']},
          bad: null,
        },
      },
    })
    expect(found.leftOut).to.deep.equal(['login x', 'login', '/exit'])
  })

  for (const [what, files, why] of problems) {
    it(`says why it is left out when it ${what}`, async () => {
      expect((await facts(files, ['ours'])).problem).to.match(why)
    })
  }
})
