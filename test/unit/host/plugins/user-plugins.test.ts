import type {Interfaces} from '@oclif/core'
import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {rm} from 'node:fs/promises'
import {join} from 'node:path'
import {PluginCustody} from '../../../../src/host/plugins/plugin-custody.js'
import {loadUserPlugins} from '../../../../src/host/plugins/user-plugins.js'
import {FakeProcess} from '../../../support/fake-process.js'
import {
  type PluginFiles,
  pluginFolder,
  putPluginList,
  putPlugins,
} from '../../../support/put-plugins.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const COMMAND = 'exports.default = class { static args = {}; static flags = {}; static run() {} }'

describe('loadUserPlugins', () => {
  let home: string
  let fake: FakeProcess
  beforeEach(async () => {
    home = await temporaryHome()
    fake = new FakeProcess()
  })

  async function load(taken: readonly string[] = [], commands: readonly string[] = []) {
    const {setTimeout, clearTimeout} = globalThis
    const custody = new PluginCustody(
      {json: false},
      {process: fake.asProcess, setTimeout, clearTimeout},
    )
    const data = join(home, '.local', 'share', 'mogplex')
    const own = {commands: commands.map((id) => ({id})), topics: []} as unknown as Interfaces.Plugin
    const ours = new Map(['cli', ...taken].map((name) => [name, own]))
    const plugins = await loadUserPlugins(data, ours, custody)
    await custody.close(false)
    return plugins
  }

  it('loads each with its commands, as a plugin that is not the root', async () => {
    const oclif = {commands: './commands'}
    await putPlugins({home}, {one: {'package.json': {oclif}, 'commands/hello.js': COMMAND}})
    const [one] = await load()
    expect(one).to.include({name: 'one', type: 'link', isRoot: false})
    expect(one?.commands.map(({id}) => id)).to.deep.equal(['hello'])
    expect(fake.stderr.text).to.equal('')
  })

  it('leaves out one with a name of ours, and the second of the same name', async () => {
    const twin: PluginFiles = {'package.json': {name: 'first', oclif: {}}}
    await putPlugins({home}, {first: {'package.json': {oclif: {}}}, twin})
    const [first, ...rest] = await load()
    expect(rest).to.deep.equal([])
    expect(first?.root).to.equal(pluginFolder({home}, 'first'))
    expect(await load(['first'])).to.deep.equal([])
    expect(fake.stderr.text).to.include('is left out: first is the name of a plugin of mogplex')
  })

  it('leaves out commands, aliases and topics that have a name of ours, and reports it', async () => {
    const aliased = COMMAND.replace(
      'static args',
      "static aliases = ['login']; static hiddenAliases = ['login:x', 'mine']; static args",
    )
    const topics = {login: {description: 'Theirs.'}, 'login:x': {}, own: {description: 'Own.'}}
    await putPlugins(
      {home},
      {
        suspect: {
          'package.json': {oclif: {commands: './commands', topics}},
          'commands/login.js': COMMAND,
          'commands/login/extra.js': COMMAND,
          'commands/own.js': aliased,
        },
      },
    )
    const [suspect] = await load([], ['login'])
    expect(
      suspect?.commands.map(({id, aliases, hiddenAliases}) => [id, aliases, hiddenAliases]),
    ).to.deep.equal([['own', [], ['mine']]])
    expect(suspect?.topics).to.deep.equal([{name: 'own', description: 'Own.'}])
    expect(fake.stderr.text).to.match(/suspect .*: login, login extra, login, login x\. /)
  })

  it('does not report names of ours that a manifest or files show: `mogplex plugins` does', async () => {
    const command = {id: 'login', aliases: [], flags: {}, args: {}}
    const manifest = {version: '1.0.0', commands: {login: command}}
    const pjson = {oclif: {commands: './c'}}
    await putPlugins({home}, {two: {'package.json': pjson, 'c/login.js': COMMAND}})
    expect((await load([], ['login'])).flatMap(({commands}) => commands)).to.deep.equal([])
    await putPlugins({home}, {one: {'package.json': {oclif: {}}, 'oclif.manifest.json': manifest}})
    const [one] = await load([], ['login'])
    expect(one?.commands).to.deep.equal([])
    expect(fake.stderr.text).to.equal('')
  })

  it('names the plugin that brought a failing one along, and ignores one of ours', async () => {
    const brought = (name: string, rest: object = {}) =>
      JSON.stringify({name, version: '1.0.0', oclif: {}, ...rest})
    await putPlugins(
      {home},
      {
        parent: {
          'package.json': {
            oclif: {plugins: ['child', 'ours']},
            dependencies: {child: '1', ours: '1'},
          },
          'node_modules/child/package.json': brought('child', {oclif: {commands: './c'}}),
          'node_modules/child/c/bad.js': 'throw new Error("on purpose")',
          'node_modules/ours/package.json': brought('ours'),
        },
      },
    )
    expect((await load(['ours'])).map(({name}) => name)).to.deep.equal(['parent', 'child'])
    expect(fake.stderr.text).to.match(
      /^The plugin child has a fault: .*uninstall parent` removes it\.\n$/,
    )
  })

  it('takes no internal fields from a manifest, and no control sequences', async () => {
    const attack = 'One\u001B]0;x\u0007\u001B[2J.'
    const forged = {pluginName: '@mogplex/cli', pluginType: 'jit', permutations: ['login']}
    const command = {id: 'own', aliases: [], flags: {}, args: {}, summary: attack, ...forged}
    await putPlugins(
      {home},
      {
        suspect: {
          'package.json': {oclif: {commands: './c', topics: {own: {description: attack}}}},
          'oclif.manifest.json': {version: '1.0.0', commands: {own: command}},
        },
      },
    )
    const [suspect] = await load()
    const [own] = suspect?.commands ?? []
    expect(own).to.include({pluginName: 'suspect', pluginType: 'link', summary: 'One.'})
    expect(own).not.to.have.property('permutations')
    expect(suspect?.topics).to.deep.equal([{name: 'own', description: 'One.'}])
  })

  const broken: Record<string, [files: PluginFiles, why: RegExp]> = {
    'has a package.json that is not JSON': [{'package.json': '{'}, /package\.json is broken/],
    'has settings that are not an object': [
      {'package.json': {oclif: 'x'}},
      /oclif settings are not an object/,
    ],
    'has commands elsewhere': [
      {'package.json': {oclif: {commands: '../other'}}},
      /left out: \.\.\/other in its settings is not in its folder/,
    ],
    'has a manifest that is too large': [
      {'package.json': {oclif: {}}, 'oclif.manifest.json': ' '.repeat(5 * 2 ** 20)},
      /left out: its oclif\.manifest\.json is larger than 4 MB/,
    ],
    'has a manifest with too many commands': [
      {
        'package.json': {oclif: {}},
        'oclif.manifest.json': {
          version: '1.0.0',
          commands: Object.fromEntries(Array.from({length: 10_000}, (_, id) => [id, {id}])),
        },
      },
      /left out: its manifest has 10000 commands, and 2000 are read at most/,
    ],
    'has a deeply nested manifest': [
      {
        'package.json': {oclif: {}},
        'oclif.manifest.json': `{"version": "1.0.0", "commands": {"a": ${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
      },
      /left out: its oclif\.manifest\.json is nested too deeply/,
    ],
    'has a folder in place of its manifest': [
      {'package.json': {oclif: {}}, 'oclif.manifest.json/x': 'x'},
      /left out: its oclif\.manifest\.json is not a file/,
    ],
    'has topics of no shape': [{'package.json': {oclif: {topics: {a: null}}}}, /is left out: /],
    'has a manifest without an id': [
      {
        'package.json': {oclif: {commands: './commands'}},
        'oclif.manifest.json': {version: '1.0.0', commands: {fine: {aliases: [], flags: {}}}},
        'commands/fine.js': COMMAND,
      },
      /its manifest has a command without an id/,
    ],
  }
  for (const [what, [files, why]] of Object.entries(broken)) {
    it(`leaves out one that ${what}, reports it, and loads the others`, async () => {
      await putPlugins({home}, {bad: files, good: {'package.json': {oclif: {}}}})
      expect((await load()).map(({name}) => name)).to.deep.equal(['good'])
      expect(fake.stderr.text)
        .to.match(/^The plugin bad .*\n$/)
        .and.to.match(why)
    })
  }

  const unused: Record<string, [manifest: object | string, why: RegExp]> = {
    'of another version': [
      {version: '0.9.0', commands: {}},
      /is of version 0\.9\.0, and the plugin is 1\.0\.0/,
    ],
    'that is not JSON': ['{', /oclif\.manifest\.json is not JSON/],
    'without commands': [{version: '1.0.0'}, /oclif\.manifest\.json has no commands/],
  }
  for (const [what, [manifest, why]] of Object.entries(unused)) {
    it(`does not use a manifest ${what}, and reports it: the commands are imported`, async () => {
      const oclif = {commands: './commands'}
      const files = {'package.json': {oclif}, 'commands/fine.js': COMMAND}
      await putPlugins({home}, {old: {...files, 'oclif.manifest.json': manifest}})
      const [old] = await load()
      expect(old?.commands.map(({id}) => id)).to.deep.equal(['fine'])
      expect(fake.stderr.text).to.match(why)
    })
  }

  it('silently leaves out a plugin that needs a newer Node', async () => {
    await putPlugins({home}, {newer: {'package.json': {engines: {node: '>=99'}, oclif: {}}}})
    expect(await load()).to.deep.equal([])
    expect(fake.stderr.text).to.equal('')
  })

  it("does not block on a pipe in place of a plugin's description", async function () {
    if (process.platform === 'win32') return this.skip()
    await putPlugins({home}, {one: {'package.json': {oclif: {}}}, two: {}})
    const pipes = [
      ['one', 'oclif.manifest.json'],
      ['two', 'package.json'],
    ] as const
    for (const [name, file] of pipes) {
      const path = join(pluginFolder({home}, name), file)
      await rm(path, {force: true})
      execFileSync('mkfifo', [path])
    }
    expect(await load()).to.deep.equal([])
    expect(fake.stderr.text).to.include('its oclif.manifest.json is not a file')
    expect(fake.stderr.text).to.include('its package.json is not a file')
  })

  it('names the file of a plugin that cannot be loaded, and keeps the plugin', async () => {
    const oclif = {commands: './commands'}
    const files = {'package.json': {oclif}, 'commands/bad.js': 'throw new Error("on purpose")'}
    await putPlugins({home}, {bad: files})
    expect((await load()).map(({name}) => name)).to.deep.equal(['bad'])
    expect(fake.stderr.text).to.include(`has a fault: ${join('commands', 'bad.js')}: on purpose`)
  })

  it('reports a plugin that no longer exists', async () => {
    await putPlugins({home}, {gone: {'package.json': {oclif: {}}}})
    await rm(pluginFolder({home}, 'gone'), {recursive: true})
    expect(await load()).to.deep.equal([])
    expect(fake.stderr.text).to.match(/^The plugin gone is left out: .* is not there/)
  })

  for (const text of ['[]', '{}', '{"oclif": {"plugins": {}}}', '{"oclif": {"plugins": [null]}}']) {
    it(`silently loads none from a list such as ${text}`, async () => {
      await putPluginList({home}, text)
      expect(await load()).to.deep.equal([])
      expect(fake.stderr.text).to.equal('')
    })
  }

  it('ignores an entry without a name, a folder or a known type', async () => {
    const root = pluginFolder({home}, 'x')
    const plugins = [
      {type: 'link', root},
      {name: 'x', type: 'link'},
      {name: 'x', type: 'core', root},
      {name: 7, type: 'user'},
    ]
    await putPluginList({home}, JSON.stringify({oclif: {plugins}}))
    expect(await load()).to.deep.equal([])
    expect(fake.stderr.text).to.equal('')
  })

  it('reports that the list cannot be read', async () => {
    await putPluginList({home}, '{')
    expect(await load()).to.deep.equal([])
    expect(fake.stderr.text).to.match(/list cannot be read \(.*\): no plugin of yours is loaded/)
  })
})
