import {expect} from 'chai'
import {hookLimitMs} from '../../src/host/plugins/limits.js'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {quickLimits} from '../support/preload.js'
import {type PluginFiles, putPlugins} from '../support/put-plugins.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'

const plain = (name: string, statics: string): string => `const {Command} = require('@oclif/core')
module.exports = class ${name} extends Command {
  static auth = 'account'
  ${statics}
  async run() { await this.parse(${name}); this.log('it ran') }
}`

const PLAIN: PluginFiles = {
  'package.json': {oclif: {commands: './commands', topicSeparator: ' '}},
  'commands/plain.js': plain('Plain', "static aliases = ['other-name']"),
  'commands/unseen.js': plain('Unseen', 'static hidden = true'),
  'commands/topic/below.js': plain('Below', ''),
}

const KIT: PluginFiles = {
  'package.json': {type: 'module', oclif: {commands: './commands'}},
  'commands/kit.js': `import {MogplexCommand} from '@mogplex/plugin-kit'
export default class Kit extends MogplexCommand {
  static auth = 'account'
  static enableJsonFlag = true
  async run() { await this.parse(Kit); this.log('it ran'); return {ran: true} }
}`,
}

/** Actions of another plugin in the same hook as our gate. */
const OTHERS: Record<string, string> = {
  throws: 'throw new Error("on purpose")',
  'throws with an exit code': 'this.error("on purpose", {exit: 0})',
  hangs: 'await new Promise(() => {})',
}

const COMMANDS: Record<string, readonly string[]> = {
  'one of ours': ['attach', 'run_1'],
  'one of the kit': ['kit'],
  'one of the kit, with --json': ['kit', '--json'],
  'one of plain oclif': ['plain'],
  'one by its alias': ['other-name'],
  'one that is hidden': ['unseen'],
  'one below a topic': ['topic', 'below'],
}

describe('the gate, for commands of all kinds', function () {
  this.timeout(120_000)
  const stage = setStage()
  const run = (args: readonly string[]): Promise<CliResult> =>
    stage.run(args, {timeoutMs: 90_000, env: quickLimits(hookLimitMs('prerun') ?? NaN)})

  /** Installs beside ours the plugins whose hooks do these things. */
  async function putOthers(bodies: Readonly<Record<string, string>>): Promise<void> {
    const others = Object.entries(bodies).map(([what, body]): [string, PluginFiles] => [
      what.replaceAll(' ', '-'),
      {
        'package.json': {oclif: {hooks: {prerun: './hook.js'}}},
        'hook.js': `module.exports = async function () { ${body} }`,
      },
    ])
    const plugins = {plain: PLAIN, kit: KIT, ...Object.fromEntries(others)}
    await putPlugins(stage, plugins, {modules: true})
  }

  async function expectClosed(args: readonly string[]): Promise<void> {
    const closed = await run(args)
    expect(closed.code, `${args.join(' ')}\n${closed.stderr}`).to.equal(64)
    if (args.includes('--json')) expect(jsonErrorOf(closed).code).to.equal('NOT_LOGGED_IN')
    else expect(closed.stdout).to.equal('')
  }

  async function expectOpen(args: readonly string[]): Promise<void> {
    const open = await run(args)
    expectExit(open, 0)
    expect(open.stdout).to.equal('it ran\n')
  }

  it('is closed, then open, for each kind, where other hooks throw, throw with an exit code and hang', async () => {
    await putOthers(OTHERS)
    await Promise.all(Object.values(COMMANDS).map(expectClosed))
    await stage.putLogin()
    await Promise.all([['kit'], ['plain'], ['topic', 'below']].map(expectOpen))
  })

  for (const [what, body] of Object.entries(OTHERS)) {
    it(`is closed, then open, where the one plugin beside ours ${what}`, async () => {
      await putOthers({[what]: body})
      await Promise.all([['plain'], ['kit', '--json']].map(expectClosed))
      await stage.putLogin()
      await expectOpen(['plain'])
    })
  }

  it('requires what each command declares, whichever plugin it is in', async () => {
    const needs = ['none', 'any', 'account', 'model', 'write'] as const
    const files = (source: (name: string, need: string) => string) =>
      needs.map((need): [string, string] => [`commands/${need}.js`, source('Own', need)])
    const command = (name: string, need: string): string =>
      plain(name, '').replace("'account'", `'${need}'`)
    await putPlugins(
      stage,
      {
        plain: {
          'package.json': {oclif: {commands: './commands'}},
          ...Object.fromEntries(files(command)),
        },
        kit: {
          'package.json': {type: 'module', oclif: {commands: './commands'}},
          ...Object.fromEntries(
            files((name, need) =>
              (KIT['commands/kit.js'] as string)
                .replaceAll('Kit', name)
                .replace("'account'", `'${need}'`),
            ).map(([path, source]) => [path.replace('.js', '-kit.js'), source]),
          ),
        },
      },
      {modules: true},
    )
    const codesOf = async (env: Readonly<Record<string, string>> = {}) => {
      const rows = await Promise.all(
        needs.map(async (need) => {
          const both = await Promise.all(
            [need, `${need}-kit`].map(async (each) => stage.run([each], {env})),
          )
          return [need, both.map(({code}) => code)]
        }),
      )
      return Object.fromEntries(rows) as Record<string, number[]>
    }
    const open = [0, 0]
    expect(await codesOf(), 'nobody').to.deep.equal({
      none: open,
      any: [64, 64],
      account: [64, 64],
      model: [64, 64],
      write: [64, 64],
    })
    await stage.putLogin('ada@example.test', 'read offline_access openid profile email')
    expect(await codesOf(), 'a reader').to.deep.include({
      none: open,
      any: open,
      account: open,
      write: [65, 65],
    })
    await stage.putLogin()
    expect(await codesOf(), 'a writer').to.deep.include({account: open, write: open})
    const key = await stage.cloud.createKey('ada@example.test', {scopes: ['read']})
    const env = {MOGPLEX_API_KEY: key}
    expect(await codesOf(env), 'a key, whose rights nobody knows').to.deep.include({
      account: open,
      write: open,
    })
  })
})
