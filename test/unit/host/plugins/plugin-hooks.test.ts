import type {Config, Interfaces} from '@oclif/core'
import {expect} from 'chai'
import {PluginCustody} from '../../../../src/host/plugins/plugin-custody.js'
import {PluginHooks} from '../../../../src/host/plugins/plugin-hooks.js'
import {FakeProcess, FakeTimers} from '../../../support/fake-process.js'

type Plugin = Interfaces.Plugin
type HookResult = Interfaces.Hook.Result<unknown>

const COMMANDS: Record<string, {pluginType: string; pluginAlias: string}> = {
  whoami: {pluginType: 'core', pluginAlias: '@mogplex/cli'},
  own: {pluginType: 'user', pluginAlias: 'p'},
  linked: {pluginType: 'link', pluginAlias: 'p'},
}
const EVERY_EVENT = ['init', 'prerun', 'postrun', 'finally', 'mogplex:logout', 'update']

describe('PluginHooks', () => {
  let fake: FakeProcess
  let timers: FakeTimers
  let custody: PluginCustody
  let hooks: PluginHooks
  let plugins: Map<string, Plugin>
  const {exitCode} = process

  beforeEach(() => {
    fake = new FakeProcess()
    timers = new FakeTimers()
    const {setTimeout, clearTimeout} = timers
    custody = new PluginCustody({json: false}, {process: fake.asProcess, setTimeout, clearTimeout})
    plugins = new Map()
    put('@mogplex/cli', {type: 'core'})
    const findCommand = (id: string) => COMMANDS[id] && {...COMMANDS[id], id}
    hooks = new PluginHooks({plugins, findCommand} as unknown as Config, custody)
  })
  afterEach(() => {
    process.exitCode = exitCode
  })

  function put(name: string, facts: object = {}): void {
    const listening = Object.fromEntries(EVERY_EVENT.map((event) => [event, []]))
    const plugin = {name, alias: name, type: 'user', hooks: listening, commands: [], ...facts}
    plugins.set(name, plugin as unknown as Plugin)
  }

  async function run(
    event: string,
    options: Record<string, unknown>,
    work: (plugin: Plugin) => unknown = () => undefined,
    captureErrors = false,
  ): Promise<readonly HookResult[]> {
    return hooks.run({event, options, captureErrors}, async (plugin) => {
      const result = await work(plugin)
      return {successes: [{plugin, result}], failures: []}
    })
  }

  const failing = (error: unknown) => async (plugin: Plugin) =>
    Promise.resolve({successes: [], failures: [{plugin, error: error as Error}]})

  async function told(): Promise<string> {
    await custody.close(false)
    return fake.stderr.text
  }

  function withExit(message: string, exit: number, rest: object = {}): Error {
    return Object.assign(new Error(message), {oclif: {exit}}, rest)
  }

  it('calls every foreign plugin that listens, and returns their results', async () => {
    put('p')
    put('q', {type: 'link'})
    put('deaf', {hooks: {}})
    const asked: string[] = []
    const results = await run('init', {id: 'whoami'}, ({name}) => asked.push(name))
    expect(asked).to.deep.equal(['p', 'q'])
    expect(results.flatMap(({successes}) => successes.map(({result}) => result))).to.deep.equal([
      1, 2,
    ])
  })

  it('calls no plugin for the session', async () => {
    put('p', {hooks: {'mogplex:session': []}})
    expect(await run('mogplex:session', {}, () => expect.fail('asked'))).to.deep.equal([])
  })

  for (const event of ['init', 'prerun', 'postrun', 'finally', 'mogplex:logout']) {
    it(`waits five seconds for ${event}, and does not call a hanging plugin again`, async () => {
      put('p')
      const running = run(event, {}, async () => new Promise(() => undefined))
      timers.advance(5000)
      expect(await running).to.deep.equal([])
      expect(await run(event, {}, () => expect.fail('asked'))).to.deep.equal([])
      expect(await told()).to.include(`p did not finish its hook ${event} within 5 s`)
    })
  }

  it('waits forever for other events, in which a person may be asked', async () => {
    put('p')
    const waiting: number[] = []
    await run('update', {}, () => waiting.push(timers.waiting))
    expect(waiting).to.deep.equal([0])
  })

  describe('with a hook that fails', () => {
    beforeEach(() => put('p'))

    it('reports it where the command is ours, with any exit code', async () => {
      const [result] = await hooks.run(
        {event: 'prerun', options: {id: 'whoami'}, captureErrors: false},
        failing(withExit('on purpose', 3)),
      )
      expect(result?.failures).to.have.length(1)
      expect(await told()).to.include('The plugin p failed in its hook prerun: on purpose. ')
    })

    it('reports it where there is no command: help and the version are ours, too', async () => {
      await run('init', {}, () => Promise.reject(withExit('on purpose', 3)))
      expect(await told()).to.include('failed in its hook init: on purpose')
    })

    for (const id of ['own', 'linked']) {
      it(`stops the command "${id}" of its own plugin`, async () => {
        const error = withExit('not today', 3)
        const options = {Command: Object.assign(() => undefined, {id})}
        const thrown = run('prerun', options, () => Promise.reject(error)).catch(same)
        expect(await thrown).to.equal(error)
        expect(await told()).to.equal('')
      })
    }

    it('does not stop a command of another plugin', async () => {
      put('other')
      const throwing = ({name}: Plugin) =>
        name === 'other' && Promise.reject(withExit('not today', 3))
      await run('prerun', {id: 'own'}, throwing)
      expect(await told()).to.include('The plugin other failed in its hook prerun: not today')
    })

    it('does not stop its own command without an exit code, or where errors are requested', async () => {
      const harmless = [
        new Error('plain'),
        withExit('plain', 0),
        Object.assign(new Error('plain'), {oclif: null}),
        withExit('plain', 3, {code: 'MODULE_NOT_FOUND'}),
      ]
      for (const error of harmless) {
        await run('prerun', {id: 'own'}, () => Promise.reject(error))
      }
      await run('prerun', {id: 'own'}, () => Promise.reject(withExit('plain', 3)), true)
      expect(await told()).to.include('failed in its hook prerun: plain')
    })

    for (const [thrown, said] of [
      [undefined, 'undefined'],
      ['a text', 'a text'],
      [Object.create(null), 'An unknown value was thrown'],
      [Object.defineProperty(new Error('x'), 'message', {value: {}}), '[object Object]'],
    ] as const) {
      it(`reports "${said}" for what it throws`, async () => {
        const [result] = await run('init', {id: 'whoami'}, () => {
          throw thrown
        })
        expect(result?.failures[0]?.error).to.be.an('error')
        expect(await told()).to.include(`failed in its hook init: ${said}.`)
      })
    }

    it('reports what oclif caught for it, error or not', async () => {
      const call = {event: 'init', options: {id: 'own'}, captureErrors: false}
      await hooks.run(call, failing(null))
      expect(await told()).to.include('failed in its hook init: null')
    })

    it('reports nothing at a normal end', async () => {
      const done = withExit('EEXIT: 0', 0, {code: 'EEXIT'})
      await run('init', {id: 'own'}, () => Promise.reject(done))
      expect(await told()).to.equal('')
      const ended = withExit('EEXIT: 3', 3, {code: 'EEXIT'})
      expect(await run('init', {id: 'own'}, () => Promise.reject(ended)).catch(same)).to.equal(
        ended,
      )
    })
  })

  describe('the exit code', () => {
    it('stays ours while a command of ours runs', async () => {
      put('p')
      process.exitCode = 64
      await run('init', {id: 'whoami'}, () => (process.exitCode = 0))
      expect(process.exitCode).to.equal(64)
    })
  })

  describe('close', () => {
    it('ends the process after a while when the last command was ours', async () => {
      put('p')
      await run('init', {id: 'own'})
      await hooks.close()
      expect(timers.waiting).to.equal(0)
      await run('init', {id: 'whoami'})
      await hooks.close()
      expect(timers.waiting).to.equal(1)
    })
  })
})

function same(error: unknown): unknown {
  return error
}
