import {expect} from 'chai'
import {readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {GRACE_MS, hookLimitMs, LOAD_LIMIT_MS} from '../../src/host/plugins/limits.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {preload, quickLimits} from '../support/preload.js'
import {type PluginFiles, pluginFolder, putPluginList, putPlugins} from '../support/put-plugins.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'

const EVENTS = ['init', 'prerun', 'postrun', 'finally', 'mogplex:session', 'mogplex:logout']
const HOOKS = {oclif: {hooks: Object.fromEntries(EVENTS.map((event) => [event, './hook.js']))}}
// A command without our kit, and without oclif.
const COMMAND = `exports.default = class {
  static args = {}
  static flags = {}
  static auth = 'account'
  static async run() { console.log('it ran') }
}`

/** A plugin whose only hook does the same at every event. */
function hooked(body: string, rest: PluginFiles = {}): PluginFiles {
  return {
    'package.json': HOOKS,
    'hook.js': `module.exports = async function () { ${body} }`,
    ...rest,
  }
}

describe('a broken or malicious plugin', () => {
  const stage = setStage()

  const side: Record<string, PluginFiles> = {
    'throws later, beside its hooks': hooked(
      'setImmediate(() => { throw new Error("later") }); await new Promise((done) => setTimeout(done, 50))',
    ),
    'has a timer that throws after its hook': hooked(
      'const timer = setInterval(() => { clearInterval(timer); throw new Error("later") }, 1)',
    ),
    'has an unhandled rejection': hooked(
      'void Promise.reject(new Error("left alone")); await new Promise((done) => setTimeout(done, 50))',
    ),
    'ends the process': hooked('process.exit(0)'),
    'puts keys in every object': hooked(
      'Object.prototype.get = "x"; Object.prototype.json = true; Object.prototype.set = 1',
    ),
  }

  // Their effects are independent: one home can have them all.
  const cases: Record<string, PluginFiles> = {
    'throws in every hook': hooked('throw new Error("on purpose")'),
    'throws a value that is not an error': hooked('throw null'),
    'throws a value that is not a text either': hooked('throw Object.create(null)'),
    'throws an error whose message is not a text': hooked(
      'throw Object.assign(new Error(), {message: {}})',
    ),
    'throws with an exit code of oclif': hooked('this.error("on purpose", {exit: 3})'),
    'has a hook that cannot be loaded': {'package.json': HOOKS, 'hook.js': 'this is no JavaScript'},
    'has a hook that requires a missing module': {
      'package.json': HOOKS,
      'hook.js': 'require("not-there")',
    },
    'has hooks of no shape': {'package.json': {oclif: {hooks: {init: [null]}}}},
    'has settings of no shape': {'package.json': {oclif: 'x'}},
    'has a package.json that is not JSON': {'package.json': '{'},
    'has a manifest that is not JSON': {
      'package.json': {oclif: {commands: './commands'}},
      'oclif.manifest.json': '{"commands":',
      'commands/fine.js': COMMAND,
    },
    'has a manifest without commands': {
      'package.json': {oclif: {commands: './commands'}},
      'oclif.manifest.json': {version: '1.0.0'},
    },
    'has a manifest with commands of no shape': {
      'package.json': {oclif: {commands: './commands'}},
      'oclif.manifest.json': {version: '1.0.0', commands: {fine: {}, none: null}},
    },
    'has a manifest that help could not read': {
      'package.json': {oclif: {commands: './commands'}},
      'oclif.manifest.json': {
        version: '1.0.0',
        commands: {fine: {id: 'fine', aliases: 5, flags: null, args: {}}},
      },
    },
    'has topics of no shape': {'package.json': {oclif: {topics: {a: null}}}},
    'has a command that cannot be loaded': {
      'package.json': {oclif: {commands: './commands'}},
      'commands/bad.js': 'throw new Error("on purpose")',
    },
    'has a name with control characters': {'package.json': {...HOOKS, name: 'a\u001B]0;x\u0007b'}},
    'has a version that a terminal obeys': {'package.json': {...HOOKS, version: '1\u009B2J\u202E'}},
    'takes the name of the CLI': {
      'package.json': {...HOOKS, name: '@mogplex/cli'},
      'hook.js': 'module.exports = async () => ({version: 1})',
    },
  }

  for (const [what, files] of Object.entries(side)) {
    it(`${what}: our commands work, it is named, and the gate is closed`, async () => {
      await expectOursToWork({suspect: files})
    })
  }

  it('is broken in any other way: our commands work, each is named, and the gate is closed', async () => {
    const plugins = Object.entries(cases).map(([what, files]) => [
      what.replaceAll(/\W/g, '-'),
      files,
    ])
    const {stderr} = await expectOursToWork(Object.fromEntries(plugins) as typeof cases)
    expect(stderr).to.include(': commands/bad.js: on purpose')
  })

  /** @returns the output of one of our commands, with all of these plugins installed */
  async function expectOursToWork(plugins: Record<string, PluginFiles>): Promise<CliResult> {
    await putPlugins(stage, {...plugins, bystander: bystander()})
    const closed = await stage.run(['bystander', '--json'])
    expect(jsonErrorOf(closed)).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
    await stage.putLogin()
    const whoami = await stage.run(['whoami', '--json'])
    expectExit(whoami, 0)
    expect(jsonOf(whoami).account).to.include({email: 'ada@example.test'})
    expect(blamed(whoami).sort()).to.deep.equal(Object.keys(plugins).sort())
    return whoami
  }

  it('hangs, in every hook or during loading: it is waited for only once', async () => {
    const endless = 'setInterval(() => {}, 1000); await new Promise(() => {})'
    const slow = {
      'package.json': {type: 'module', oclif: {commands: './commands'}},
      'commands/slow.js': endless,
    }
    await putPlugins(stage, {suspect: hooked(endless), slow, bystander: bystander()})
    await stage.putLogin()
    const options = {timeoutMs: 60_000, env: quickLimits(hookLimitMs('init') ?? NaN, LOAD_LIMIT_MS)}
    const [whoami, open] = await Promise.all([
      stage.run(['whoami', '--json'], options),
      stage.run(['bystander'], options),
    ])
    expectExit(whoami, 0)
    expect(jsonOf(whoami).account).to.include({email: 'ada@example.test'})
    expect(blamed(whoami)).to.deep.equal(['slow', 'suspect'])
    expect(whoami.stderr).to.match(/\bslow\b.* loaded .*\b10 s\b/)
    expect(whoami.stderr).to.match(/\bsuspect\b.* init .*\b5 s\b/)
    expectExit(open, 0)
    expect(open.stdout).to.equal('it ran\n')
  }).timeout(90_000)

  it('waits in its hook while a timer of ours throws: we are blamed, not it', async () => {
    const waits =
      'globalThis.isPluginWaiting = true; await new Promise((done) => setTimeout(done, 2000))'
    await putPlugins(stage, {bystander: hooked(waits)})
    await stage.putLogin()
    const whoami = await stage.run(['whoami', '--json'], {env: preload('late-throw.cjs')})
    expect(jsonErrorOf(whoami)).to.include({
      code: 'UNEXPECTED',
      message: 'a timer of ours',
      exitCode: 1,
    })
    expect(blamed(whoami)).to.deep.equal([])
  })

  it('keeps a timer, and returns: the process ends all the same', async () => {
    await putPlugins(stage, {suspect: hooked('setInterval(() => {}, 1000)')})
    await stage.putLogin()
    expectExit(await stage.run(['whoami'], {timeoutMs: 60_000, env: quickLimits(GRACE_MS)}), 0)
  }).timeout(90_000)

  it('prints to stdout, at once and later: JSON stays alone there', async () => {
    const noise = 'console.log("noise"); setImmediate(() => process.stdout.write("noise"))'
    const loud = hooked(`${noise}; this.log("noise")`, {
      'commands/loud.js': `console.log("noise"); ${COMMAND}`,
      'package.json': {oclif: {...HOOKS.oclif, commands: './commands'}},
    })
    await putPlugins(stage, {suspect: loud})
    expect(jsonErrorOf(await stage.run(['whoami', '--json'])).exitCode).to.equal(64)
    await stage.putLogin()
    const whoami = await stage.run(['whoami', '--json'])
    expect(jsonOf(whoami).account).to.include({email: 'ada@example.test'})
    expect(whoami.stderr).to.include('noise')
    const logout = await stage.run(['logout', '--json'])
    expect(jsonOf(logout).removed).to.have.length(1)
  })

  it('sets the exit code: ours counts', async () => {
    await putPlugins(stage, {suspect: hooked('process.exitCode = 0')})
    expectExit(await stage.run(['whoami', '--require', 'account']), 64)
    await putPlugins(stage, {suspect: hooked('process.exitCode = 9')})
    await stage.putLogin()
    expectExit(await stage.run(['whoami']), 0)
  })

  it('declares commands, aliases and topics of ours: they are left out and reported', async () => {
    const login = COMMAND.replace("'account'", "'none'")
    const aliases = "static aliases = ['whoami']; static hiddenAliases = ['auth:me']; static args"
    const files = {
      'package.json': {
        oclif: {
          commands: './commands',
          topics: {logs: {description: 'THEIRS'}, login: {hidden: false, description: 'THEIRS'}},
        },
      },
      'commands/login.js': login,
      'commands/auth/status.js': login,
      'commands/auth/extra.js': login,
      'commands/other.js': login.replace('static args', aliases),
    }
    await putPlugins(stage, {suspect: files})
    const own = [['login'], ['whoami'], ['auth', 'status']]
    const results = await Promise.all(own.map((args) => stage.run([...args, '--json'])))
    for (const result of results) {
      expect(jsonErrorOf(result).exitCode).to.equal(64)
      expect(blamed(result)).to.deep.equal(['suspect'])
      expect(result.stderr).to.include(': auth extra, auth status, login, whoami, auth me.')
    }
    for (const args of [
      ['auth', 'extra'],
      ['auth', 'me'],
    ]) {
      const result = await stage.run([...args, '--json'])
      expect(jsonErrorOf(result)).to.include({code: 'USAGE', exitCode: 2})
    }
    const help = await stage.run(['--help'])
    expect(help.stdout).not.to.include('THEIRS')
    expect(help.stdout).to.match(/^ +other\b/m)
    expect((await stage.run(['other'])).stdout).to.equal('it ran\n')
  })

  it('puts terminal sequences into its commands and topics: help shows them as text', async () => {
    const attack = 'ESC\u001B]0;owned\u0007\u001B[2J\u009B1m.'
    const command = {
      id: 'own',
      aliases: [],
      summary: attack,
      description: attack,
      examples: [attack],
      flags: {kind: {name: 'kind', type: 'boolean', description: attack, summary: attack}},
      args: {NAME: {name: 'NAME', description: attack}},
    }
    await putPlugins(stage, {
      suspect: {
        'package.json': {oclif: {commands: './commands', topics: {own: {description: attack}}}},
        'oclif.manifest.json': {version: '1.0.0', commands: {own: command}},
        'commands/own.js': COMMAND,
      },
    })
    for (const args of [['--help'], ['own', '--help'], ['help', 'own']]) {
      const {stdout, stderr} = await stage.run(args)
      expect(stdout).to.include('ESC')
      expect(stdout + stderr).not.to.match(/[\u001B\u0007\u009B]|owned/)
    }
  })

  it('computes defaults for its help: they are shown, as text', async () => {
    const defaults = "'ESC\u001B]0;owned\u0007\u001B[2J' + process.pid"
    await putPlugins(stage, {
      suspect: {
        'package.json': {oclif: {commands: './commands'}},
        'commands/own.js': `exports.default = class {
          static args = {}
          static flags = {
            org: {type: 'option', parse: async (x) => x, defaultHelp: async () => ${defaults}},
          }
          static async run() {}
        }`,
      },
    })
    for (const args of [
      ['own', '--help'],
      ['help', 'own', '--json'],
    ]) {
      const {stdout, stderr} = await stage.run(args)
      expect(stdout + stderr).to.match(/\bESC\d+\b/)
      expect(stdout + stderr).not.to.match(/[\u001B\u0007\u009B]|owned/)
    }
  })

  it('emits warnings that only its author can fix: they are logged, and shown with DEBUG', async () => {
    const warn = `process.emitWarning('mind the ' + 'dog', {code: 'DOG1'})`
    const command = COMMAND.replace("'account'", "'none'").replace('console', `${warn}; console`)
    const pjson = {oclif: {hooks: {init: './hook.js'}, commands: './commands'}}
    const files = {'package.json': pjson, 'commands/own.js': command}
    await putPlugins(stage, {suspect: hooked(warn, files)})
    const env = {MOGPLEX_API_KEY: await stage.cloud.createKey('ada@example.test')}
    for (const args of [
      ['own'],
      ['whoami'],
      ['whoami', '--json'],
      ['models', '--refresh', '--json'],
    ])
      expectQuiet(await stage.run(args, {env}))
    const {stdout} = await stage.run(['logs', 'show', '--json'])
    const warnings = stdout.split('\n').filter((line) => line.includes('plugin.suspect.warning'))
    expect(warnings).to.have.length(1)
    expect(warnings[0]).to.include('"code":"DOG1"').and.include('mind the dog')
    const shown = await stage.run(['own'], {env: {...env, DEBUG: 'nothing-of-this-name'}})
    expect(shown.stderr.match(/\[DOG1\] Warning: mind the dog/g)).to.have.length(2)
  })

  it('waits for a newer Node: that is reported where its command is requested', async () => {
    const files = {'package.json': {...HOOKS, engines: {node: '>=99'}}}
    const oclif = {...HOOKS.oclif, commands: './commands'}
    await putPlugins(stage, {
      suspect: {
        'package.json': {...files['package.json'], oclif},
        'hook.js': 'throw new Error("it was run")',
        'commands/own.js': COMMAND,
      },
    })
    const whoami = await stage.run(['whoami', '--json'])
    expect(jsonErrorOf(whoami).exitCode).to.equal(64)
    expect(whoami.stderr).to.equal('')
    const error = jsonErrorOf(await stage.run(['own', 'arg', '--json']))
    expect(error).to.include({code: 'PLUGIN_NEEDS_NODE', exitCode: 1})
    expect(error.message).to.match(/suspect, which is left out: it needs Node >=99, and this is \d/)
    expect(jsonErrorOf(await stage.run(['own', '--help', '--json'])).code).to.equal(error.code)
    const list = await stage.run(['plugins', '--json'])
    expect(jsonOf(list).problem).to.match(/^it needs Node >=99/)
  })

  it('rejects an argument or a flag with a plain error: that is a usage error, exit 2', async () => {
    const parse = "async () => { throw new Error('Expected an integer but received: x') }"
    const own = `const {Command} = require('@oclif/core')
      exports.default = class extends Command {
        static args = {n: {name: 'n', parse: ${parse}, input: [], type: 'option'}}
        static flags = {at: {name: 'at', type: 'option', input: [], parse: ${parse}}}
        static enableJsonFlag = true
        async run() { await this.parse() }
      }`
    const files = {'package.json': {oclif: {commands: './commands'}}, 'commands/own.js': own}
    await putPlugins(stage, {suspect: files}, {modules: true})
    for (const args of [['x'], ['--at=x']]) {
      const error = jsonErrorOf(await stage.run(['own', ...args, '--json']))
      expect(error).to.include({code: 'USAGE', exitCode: 2, remedy: 'Run `mogplex own --help`.'})
      expect(error.message).to.match(/^(--at: )?"x" is not a whole number\.$/)
      expectExit(await stage.run(['own', ...args]), 2)
    }
  })

  it('answers for the session: its answer is not used', async () => {
    const forged = {version: 1, identity: 'forged'}
    const asked = `require('fs').writeFileSync(__dirname + '/asked', ''); return ${JSON.stringify(forged)}`
    const files = {'package.json': {oclif: {hooks: {'mogplex:session': './hook.js'}}}}
    await putPlugins(stage, {suspect: hooked(asked, files)})
    const models = await stage.run(['models', '--json'])
    expect(jsonErrorOf(models).exitCode).to.equal(64)
    const path = join(pluginFolder(stage, 'suspect'), 'asked')
    expect(await readFile(path).catch(() => undefined)).to.equal(undefined)
  })

  it('is in a list that is broken: our commands work', async () => {
    for (const text of ['{', '[]', '{"oclif": {"plugins": [null, "x", {"type": "link"}]}}']) {
      await putPluginList(stage, text)
      expect(jsonErrorOf(await stage.run(['whoami', '--json'])).exitCode).to.equal(64)
    }
  })

  it('was deleted from the disk: it is named, and can be uninstalled', async () => {
    const list = [{name: 'suspect', type: 'user'}]
    await putPluginList(stage, JSON.stringify({oclif: {schema: 1, plugins: list}}))
    expect(blamed(await stage.run(['whoami']))).to.deep.equal(['suspect'])
    await stage.run(['plugins', 'unlink', 'suspect'])
    expect(blamed(await stage.run(['whoami']))).to.deep.equal([])
  })

  it('is deleted while it is linked: its commands fail, and it can be unlinked by its folder', async () => {
    const folder = pluginFolder(stage, 'suspect')
    const files = {
      'package.json': {version: '1.0.0', oclif: {commands: './commands'}},
      'oclif.manifest.json': {
        version: '1.0.0',
        commands: {own: {id: 'own', aliases: [], flags: {}, args: {}}},
      },
    }
    await putPlugins(stage, {suspect: files}) // its code no longer exists
    const error = jsonErrorOf(await stage.run(['own', '--json']))
    expect(error).to.include({exitCode: 1})
    expect(error.remedy).to.include('suspect')
    await rm(folder, {recursive: true})
    expect(blamed(await stage.run(['whoami']))).to.deep.equal(['suspect'])
    const list = jsonOf(await stage.run(['plugins', '--json']))
    expect(list).to.include({name: 'suspect', version: null})
    expect(list.problem).to.match(/package\.json is not there$/)
    expectExit(await stage.run(['plugins', 'update']), 0)
    expectExit(await stage.run(['plugins', 'unlink', folder]), 0)
    expect(blamed(await stage.run(['whoami']))).to.deep.equal([])
  })

  const locks = {
    'never yields': 'while (true) {}',
    'ends the process in an unguarded way': 'process.reallyExit(0)',
  }
  for (const [what, body] of Object.entries(locks)) {
    it(`${what}: it can be left out, and removed`, async () => {
      await putPlugins(stage, {suspect: hooked(body)})
      const env = {MOGPLEX_PLUGINS: 'off'}
      expect(jsonErrorOf(await stage.run(['whoami', '--json'], {env})).exitCode).to.equal(64)
      expectExit(await stage.run(['plugins', 'uninstall', 'suspect']), 0)
      expect(jsonErrorOf(await stage.run(['whoami', '--json'])).exitCode).to.equal(64)
    })
  }

  it('fails in its own command: it is named with its address, once', async () => {
    const bugs = {url: 'https://bugs.example/suspect'}
    const bodies = {
      later: `setImmediate(() => { throw new Error('later') })
        await new Promise((done) => setTimeout(done, 500))`,
      twice: `setImmediate(() => { throw new Error('twice') })
        await new Promise((done) => setTimeout(done, 20)); throw new Error('and again')`,
      'at once': `throw new Error('at once')`,
      rejected: `void Promise.reject(new Error('rejected'))
        await new Promise((done) => setTimeout(done, 500))`,
    }
    for (const [message, body] of Object.entries(bodies)) {
      await putPlugins(stage, {
        suspect: {
          'package.json': {bugs, oclif: {commands: './commands', hooks: {init: './hook.js'}}},
          'hook.js': 'module.exports = async () => undefined',
          'commands/fails.js': `exports.default = class {
            static args = {}
            static flags = {}
            static async run() { ${body} }
          }`,
        },
      })
      const error = jsonErrorOf(await stage.run(['fails', '--json']))
      expect(error).to.include({code: 'UNEXPECTED', message, exitCode: 1})
      expect(error.remedy).to.include('suspect').and.to.include(bugs.url)
    }
  })

  it('throws an error twice, or an empty one: it is reported once', async () => {
    const throws = (body: string): PluginFiles => ({
      'package.json': {oclif: {commands: './commands'}},
      'commands/fails.js': `exports.default = class {
        static args = {}
        static flags = {}
        static async run() { ${body} }
      }`,
    })
    const bodies = {
      'An error without a message was thrown.':
        'throw Object.defineProperty(new Error(), "message", {get() { throw new Error("no") }})',
      'on purpose': `const error = new Error('on purpose')
        process.nextTick(() => { throw error })
        void Promise.reject(error)
        throw error`,
    }
    for (const [message, body] of Object.entries(bodies)) {
      await putPlugins(stage, {suspect: throws(body)})
      const [text, json] = [await stage.run(['fails']), await stage.run(['fails', '--json'])]
      expectExit(text, 1)
      expect(text.stderr.split(`Error: ${message}`)).to.have.length(2)
      expect(jsonErrorOf(json)).to.include({code: 'UNEXPECTED', message, exitCode: 1})
    }
  })

  it('leaves work behind that no hook waits for: it is completed, and a failure is reported', async () => {
    const done = join(stage.home, 'done')
    const wait = 'await new Promise((done) => setTimeout(done, 50));'
    const gzip = `require('node:zlib').gzip('x', () => require('node:fs').writeFileSync('${done}', ''))`
    const finallyDoing = (body: string): PluginFiles => ({
      ...hooked(`${wait} ${body}`),
      'package.json': {oclif: {hooks: {finally: './hook.js'}}},
    })
    await putPlugins(stage, {suspect: finallyDoing(gzip)})
    expectQuiet(await stage.run(['--version']))
    expect(await readFile(done, 'utf8')).to.equal('')
    await putPlugins(stage, {suspect: finallyDoing('void Promise.reject(new Error("left alone"))')})
    expect(blamed(await stage.run(['--version']))).to.deep.equal(['suspect'])
  })

  it('stops its own command, as oclif allows', async () => {
    const files = hooked('', {
      'package.json': {oclif: {commands: './commands', hooks: {prerun: './hook.js'}}},
      'hook.js':
        'module.exports = async function ({Command}) { if (Command.id === "own") this.error("not today", {exit: 3}) }',
      'commands/own.js': COMMAND.replace("'account'", "'none'"),
    })
    await putPlugins(stage, {suspect: files})
    const result = await stage.run(['own'])
    expectExit(result, 3)
    expect(result.stderr).to.include('not today')
    expect(result.stdout).to.equal('')
  })
})

function bystander(): PluginFiles {
  return {
    'package.json': {oclif: {commands: './commands'}},
    'commands/bystander.js': COMMAND,
  }
}

/** The plugins that are reported as faulty, without duplicate lines. */
function blamed({stderr}: CliResult): string[] {
  return [...stderr.matchAll(/^The plugin (\S+) .*`mogplex plugins uninstall \1`/gm)].map(
    ([, name = '']) => name,
  )
}

function expectQuiet(result: CliResult): void {
  expectExit(result, 0)
  expect(result.stderr).to.equal('')
}
