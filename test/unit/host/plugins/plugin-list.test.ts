import {expect} from 'chai'
import {symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {
  folderOf,
  NeedsNewerNode,
  readPackage,
  readPluginList,
} from '../../../../src/host/plugins/plugin-list.js'
import {pluginFolder, putPluginList, putPlugins} from '../../../support/put-plugins.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('readPluginList', () => {
  let home: string
  let data: string
  beforeEach(async () => {
    home = await temporaryHome()
    data = join(home, '.local', 'share', 'mogplex')
  })

  it('returns the installed ones first, and the folder of each', async () => {
    const root = pluginFolder({home}, 'linked')
    const plugins = [
      {name: 'linked', type: 'link', root},
      {name: '@a/b', type: 'user', tag: '1.x'},
    ]
    await putPluginList({home}, JSON.stringify({oclif: {plugins}}))
    const list = readPluginList(data)
    expect(list.problems).to.deep.equal([])
    expect(list.plugins.map(folderOf)).to.deep.equal([join(data, 'node_modules', '@a/b'), root])
    expect(list.plugins[0]).to.include({name: '@a/b', tag: '1.x'})
  })

  it('leaves out an invalid package name, and reports it', async () => {
    const plugins = ['../../evil', 'a\u001B[2Jb'].map((name) => ({name, type: 'user'}))
    await putPluginList({home}, JSON.stringify({oclif: {plugins}}))
    const list = readPluginList(data)
    expect(list.plugins).to.deep.equal([])
    expect(list.problems).to.have.length(2)
    expect(list.problems.join('')).not.to.include('\u001B')
  })

  it('reports a list that cannot be read', async () => {
    await putPluginList({home}, '{')
    expect(readPluginList(data)).to.deep.include({plugins: []})
    expect(readPluginList(data).problems).to.have.length(1)
  })

  it('reads a package.json, and throws why a plugin is left out', async () => {
    const skilled = {'package.json': {mogplex: {kit: 1, skills: './skills'}}}
    const newer = {'package.json': {oclif: {}, engines: {node: '>=99'}}}
    const good = {'package.json': {oclif: {}}}
    await putPlugins({home}, {good, plain: {}, newer, skilled})
    const [first, plain, tooNew, skills] = readPluginList(data).plugins
    expect(first && readPackage(first)).to.deep.include({root: pluginFolder({home}, 'good')})
    expect(skills && readPackage(skills)?.pjson.oclif).to.deep.equal({})
    expect(plain && readPackage(plain)).to.equal(undefined)
    expect(() => tooNew && readPackage(tooNew)).to.throw(NeedsNewerNode, 'it needs Node >=99')
  })

  const outside: Record<string, object> = {
    'commands by ..': {commands: './commands/../../x'},
    'commands by a link': {commands: {strategy: 'explicit', target: './away/commands.js'}},
    'a hook': {hooks: {init: ['./hook', '../hook']}},
    'a hook by a full path': {hooks: {init: {target: '/x/hook'}}},
  }
  for (const [what, oclif] of Object.entries(outside)) {
    it(`throws where settings lead out of the plugin: ${what}`, async () => {
      await putPlugins({home}, {one: {'package.json': {oclif}}})
      await symlink(home, join(pluginFolder({home}, 'one'), 'away'))
      const [one] = readPluginList(data).plugins
      expect(() => one && readPackage(one)).to.throw('in its settings is not in its folder')
    })
  }
})
