import {Config, Errors} from '@oclif/core'
import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {callHooks, exitCodeOf} from '../../../../src/host/plugins/call-hooks.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('callHooks', () => {
  let root: string
  let written = 0
  beforeEach(async () => {
    root = await temporaryHome()
    await writeFile(join(root, 'package.json'), '{"name": "cli", "oclif": {}}')
  })

  async function call(
    files: readonly string[],
    {identifier = 'default', ...rest}: {identifier?: string; captureErrors?: boolean} = {},
    timeoutMs?: number,
  ) {
    const hooks = await Promise.all(
      files.map(async (text) => {
        const name = `hook-${(written += 1)}.js` // a new name each time: Node caches modules
        await writeFile(join(root, name), text)
        return {target: `./${name}`, identifier}
      }),
    )
    const config = await Config.load(root)
    const plugin = config.plugins.get('cli') ?? expect.fail()
    plugin.hooks = {init: hooks}
    const options = {id: 'whoami'}
    return callHooks(plugin, {
      config,
      event: 'init',
      options,
      timeoutMs,
      captureErrors: false,
      ...rest,
    })
  }

  it('calls each with the options and the config, in order, and returns their results', async () => {
    const {successes, failures} = await call([
      'module.exports = async ({id, config}) => { await null; return [id, config.name] }',
      'exports.default = function ({context}) { return this === context && this.config.name }',
    ])
    expect(successes.map(({result}) => result)).to.deep.equal([['whoami', 'cli'], 'cli'])
    expect(failures).to.deep.equal([])
  })

  it('uses the export that the plugin names, or skips it where there is none', async () => {
    const named = ['exports.other = () => 1; exports.mine = () => 2', 'exports.other = () => 1']
    const {successes} = await call(named, {identifier: 'mine'})
    expect(successes.map(({result}) => result)).to.deep.equal([2])
    expect((await call(['exports.any = () => 3'])).successes[0]?.result).to.equal(3)
  })

  it('continues with the next one after a failure, which it reports', async () => {
    const {successes, failures} = await call([
      'module.exports = () => { throw new Error("first") }',
      'this is not JavaScript',
      'module.exports = () => 1',
    ])
    expect(failures.map(({error}) => error.name)).to.deep.equal(['Error', 'SyntaxError'])
    expect(successes.map(({result}) => result)).to.deep.equal([1])
  })

  it('throws an error that carries an exit code, unless errors are captured', async () => {
    const stops = ['module.exports = function () { this.error("closed", {exit: 3}) }']
    const thrown: unknown = await call(stops).catch((error: unknown) => error)
    expect([String(thrown), exitCodeOf(thrown)]).to.deep.equal(['Error: closed', 3])
    const {failures} = await call(stops, {captureErrors: true})
    expect(failures.map(({error}) => error.message)).to.deep.equal(['closed'])
  })

  it('waits no longer than the limit', async () => {
    const {failures} = await call(['module.exports = () => new Promise(() => {})'], {}, 1)
    expect(failures.map(({error}) => error.message)).to.deep.equal(['Timed out after 1 ms.'])
  })
})

describe('exitCodeOf', () => {
  it("is oclif's exit code, and 0 for an error that stops no command", () => {
    expect(exitCodeOf(new Errors.CLIError('no', {exit: 3}))).to.equal(3)
    const absent = Object.assign(new Error('no'), {code: 'MODULE_NOT_FOUND', oclif: {exit: 3}})
    for (const other of [new Error('no'), absent, null, 'no']) {
      expect(exitCodeOf(other)).to.equal(0)
    }
  })
})
