import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {type CliConfig, loadConfig} from '../../../src/host/cli-config.js'
import {FakeProcess} from '../../support/fake-process.js'
import {ownFolders} from '../../support/home-variables.js'
import {putPlugins} from '../../support/put-plugins.js'
import {temporaryHome} from '../../support/temporary-home.js'

interface Result {
  readonly successes: readonly {readonly result: unknown}[]
  readonly failures: readonly {readonly plugin: {readonly name: string}}[]
}

describe('CliConfig', () => {
  let home: string
  let fake: FakeProcess
  beforeEach(async () => {
    home = await temporaryHome()
    Object.assign(process.env, ownFolders(home)) // restored after the test
    fake = new FakeProcess()
  })

  /** A CLI whose prerun hook is this code, with the plugin `theirs`, if it has code, too. */
  async function load(ours: string, theirs?: string, userPlugins = true): Promise<CliConfig> {
    const root = join(home, 'cli')
    await mkdir(root)
    const hooks = {prerun: './hook.js'}
    const oclif = {bin: 'mogplex', dirname: 'mogplex', hooks}
    await writeFile(
      join(root, 'package.json'),
      JSON.stringify({name: 'cli', version: '1.0.0', oclif}),
    )
    await writeFile(join(root, 'hook.js'), hookOf(ours))
    if (theirs !== undefined) {
      await putPlugins(
        {home},
        {theirs: {'package.json': {oclif: {hooks}}, 'hook.js': hookOf(theirs)}},
      )
    }
    const {setTimeout, clearTimeout} = globalThis
    const host = {process: fake.asProcess, setTimeout, clearTimeout}
    return loadConfig(root, {json: false, userPlugins}, host)
  }

  async function prerun(config: CliConfig, order: string[] = []): Promise<unknown> {
    return config.runHook('prerun', {order} as never).catch((error: unknown) => error)
  }

  it('looks for no plugins of a user where there are none', async () => {
    const config = await load('')
    expect([...config.plugins.keys()]).to.deep.equal(['cli'])
    await config.close()
    expect(fake.exits).to.deep.equal([])
  })

  it('loads no user plugin when disabled, and calls none of their hooks', async () => {
    const config = await load('', 'order.push("theirs")', false)
    expect([...config.plugins.keys()]).to.deep.equal(['cli'])
    const order: string[] = []
    await prerun(config, order)
    expect(order).to.deep.equal([])
  })

  it('runs our hooks first, to their end, then theirs, and returns the results of both', async () => {
    const slow = 'await new Promise(setImmediate); order.push("ours"); return 1'
    const config = await load(slow, 'order.push("theirs"); return 2')
    expect([...config.plugins.keys()]).to.have.members(['cli', 'theirs'])
    const order: string[] = []
    const result = (await prerun(config, order)) as Result
    expect(order).to.deep.equal(['ours', 'theirs'])
    expect(result.successes.map(({result: given}) => given)).to.deep.equal([1, 2])
    expect([...config.plugins.keys()]).to.have.members(['cli', 'theirs'])
  })

  it('has all plugins loaded while hooks run, for two simultaneous calls too', async () => {
    const config = await load('return 1', 'return 2')
    const seen: string[] = []
    for (const plugin of config.plugins.values()) {
      const {hooks} = plugin
      const look = () => {
        seen.push([...config.plugins.keys()].sort().join())
        return hooks
      }
      Object.defineProperty(plugin, 'hooks', {get: look})
    }
    const results = (await Promise.all([prerun(config), prerun(config)])) as Result[]
    expect(new Set(seen)).to.deep.equal(new Set(['cli,theirs']))
    const given = results.map(({successes}) => successes.map(({result}) => result))
    expect(given).to.deep.equal([
      [1, 2],
      [1, 2],
    ])
  })

  for (const thrown of [
    'new Error("closed")',
    'Object.assign(new Error("closed"), {oclif: {exit: 64}})',
  ]) {
    it(`closes the gate on ${thrown}, and calls no plugin`, async () => {
      const config = await load(`throw ${thrown}`, 'order.push("theirs")')
      const order: string[] = []
      expect(String(await prerun(config, order))).to.equal('Error: closed')
      expect(order).to.deep.equal([])
    })
  }

  it("is not stopped by a plugin's hook, and names the plugin", async () => {
    const config = await load(
      '',
      'throw Object.assign(new Error("on purpose"), {oclif: {exit: 3}})',
    )
    const result = (await prerun(config)) as Result
    expect(result.failures.map(({plugin}) => plugin.name)).to.deep.equal(['theirs'])
    await config.close()
    expect(fake.stderr.text).to.match(/^The plugin theirs failed in its hook prerun: on purpose\. /)
  })
})

function hookOf(code: string): string {
  return `module.exports = async function ({order}) { ${code} }`
}
