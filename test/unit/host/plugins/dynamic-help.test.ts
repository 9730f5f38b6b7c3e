import type {Command} from '@oclif/core'
import {expect} from 'chai'
import {withDynamicDefaults} from '../../../../src/host/plugins/dynamic-help.js'
import {PluginCustody} from '../../../../src/host/plugins/plugin-custody.js'
import {FakeProcess} from '../../../support/fake-process.js'

describe('withDynamicDefaults', () => {
  let fake: FakeProcess
  let custody: PluginCustody
  beforeEach(() => {
    fake = new FakeProcess()
    const {setTimeout, clearTimeout} = globalThis
    custody = new PluginCustody({json: false}, {process: fake.asProcess, setTimeout, clearTimeout})
  })

  function command(defaultHelp: () => unknown, rest: object = {}): Command.Loadable {
    return {
      id: 'own',
      hasDynamicHelp: true,
      pluginName: 'usage',
      pluginType: 'user',
      flags: {org: {name: 'org', type: 'option', default: 'old'}, all: {type: 'boolean'}},
      load: async () => Promise.resolve({flags: {org: {defaultHelp}, gone: {defaultHelp}}}),
      ...rest,
    } as unknown as Command.Loadable
  }

  it('asks a command of a plugin for its computed defaults', async () => {
    const {flags} = await withDynamicDefaults(
      command(() => 'mine'),
      custody,
    )
    expect(flags).to.deep.equal({
      org: {name: 'org', type: 'option', default: 'mine'},
      all: {type: 'boolean'},
    })
  })

  it('keeps those of the manifest where that fails, and names the plugin', async () => {
    const failing = command(() => {
      throw new Error('on purpose')
    })
    expect(await withDynamicDefaults(failing, custody)).to.equal(failing)
    await custody.close(false)
    expect(fake.stderr.text).to.match(/^The plugin usage failed in its help: on purpose\./)
  })

  it('loads nothing of ours, nor commands without such a default', async () => {
    const load = async (): Promise<never> => Promise.reject(new Error('it was loaded'))
    for (const rest of [{pluginType: 'core'}, {hasDynamicHelp: false}]) {
      const plain = command(() => 'mine', {load, ...rest})
      expect(await withDynamicDefaults(plain, custody)).to.equal(plain)
    }
  })
})
