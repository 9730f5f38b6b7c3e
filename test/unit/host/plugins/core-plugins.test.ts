import {Config} from '@oclif/core'
import {expect} from 'chai'
import {realpathSync} from 'node:fs'
import {loadCorePlugins, readPackageJson} from '../../../../src/host/plugins/core-plugins.js'
import {projectRoot} from '../../../support/cli-environment.js'

describe('loadCorePlugins', () => {
  const root = projectRoot.replace(/\/$/, '')
  const pjson = readPackageJson(root)

  it("finds the same plugins as oclif's search", async () => {
    const found = await loadCorePlugins(root, pjson)
    const ours = await Config.load({root, pjson, plugins: found})
    const oclifs = await Config.load({root, userPlugins: false})
    expect(describeAll(ours)).to.deep.equal(describeAll(oclifs))
    expect(ours.commandIDs.toSorted()).to.deep.equal(oclifs.commandIDs.toSorted())
    expect(ours.topics).to.have.deep.members(oclifs.topics)
  })

  it('puts the CLI first, and marks only it as the root', async () => {
    const plugins = [...(await loadCorePlugins(root, pjson)).values()]
    expect(plugins[0]?.name).to.equal('@mogplex/cli')
    expect(plugins.filter(({isRoot}) => isRoot)).to.deep.equal(plugins.slice(0, 1))
  })

  it('leaves it to oclif when one is not where Node would look', async () => {
    const oclif = {...pjson.oclif, plugins: ['@oclif/plugin-plugins', '@oclif/plugin-not-there']}
    const found = await loadCorePlugins(root, {...pjson, oclif})
    expect([...found.keys()]).to.deep.equal(['@mogplex/cli', '@oclif/plugin-plugins'])
  })
})

function describeAll({plugins}: {plugins: Config['plugins']}): object[] {
  const all = [...plugins.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return all.map(({root, commandIDs, ...plugin}) => {
    const {name, alias, version, type, hooks, valid, moduleType, isRoot} = plugin
    const facts = {name, alias, version, type, hooks, valid, moduleType, isRoot, commandIDs}
    return {...facts, root: realpathSync(root)}
  })
}
