import {expect} from 'chai'
import {PLACEHOLDER} from '../../src/app/composer/prompt-rows.js'
import {SIGNED_OUT} from '../../src/app/receipt-text.js'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit} from '../support/answers.js'
import {type PluginFiles, pluginFolder, putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'

const HOOKS = Object.fromEntries(
  ['login', 'logout', 'account-switched'].map((event) => [`mogplex:${event}`, `./${event}.js`]),
)

function listener(event: string): string {
  return `module.exports = async (told) => {
    const {identity, previous} = told
    const line = JSON.stringify(['${event}', identity.account?.email ?? null, previous?.email])
    require('fs').appendFileSync(__dirname + '/told', line + '\\n')
    console.log('heard of ${event}')
    if ('${event}' === 'logout') throw new Error('on purpose')
  }`
}

const LISTENING: PluginFiles = {
  'package.json': {oclif: {hooks: HOOKS}},
  ...Object.fromEntries(
    ['login', 'logout', 'account-switched'].map((event) => [`${event}.js`, listener(event)]),
  ),
}

const SLASH = `exports.hello = async ({args, session, columns, print}) => {
  const {account} = await session.identity()
  print('Hello, ' + (args[0] ?? account.name) + ': ' + (columns > 50))
}
exports.hang = () => new Promise(() => undefined)
exports.leave = () => process.exit(0)
exports.later = () => void setTimeout(() => { throw new Error('thrown later') }, 500)
exports.says = () => console.error('\\u001B[31msaid on stderr\\u001B[0m')
exports.rejects = async () => { void Promise.reject(new Error('rejected by nobody')); await new Promise((done) => setTimeout(done, 300)) }
exports.wrong = () => { throw new TypeError('on purpose') }
exports.wise = () => { throw Object.assign(new Error('Not today.'), {code: 'NOT_TODAY', remedy: 'Wait.', exitCode: 1}) }`

/** Each plugin that fails is named once: this one in addition to the other. */
const REJECTING: PluginFiles = {
  'package.json': {
    oclif: {},
    mogplex: {
      kit: 1,
      slashCommands: {rejects: {summary: 'Reject', module: 'slash.js', export: 'rejects'}},
    },
  },
  'slash.js': SLASH,
}

const CONTRIBUTING: PluginFiles = {
  'package.json': {
    oclif: {},
    mogplex: {
      kit: 1,
      slashCommands: {
        hello: {
          summary: 'Greet',
          argument: 'NAME',
          auth: 'account',
          module: 'slash.js',
          export: 'hello',
        },
        wrong: {summary: 'Fail', module: 'slash.js', export: 'wrong'},
        hang: {summary: 'Never end', module: 'slash.js', export: 'hang'},
        leave: {summary: 'End the process', module: 'slash.js', export: 'leave'},
        later: {summary: 'Fail later', module: 'slash.js', export: 'later'},
        says: {summary: 'Say something', module: 'slash.js', export: 'says'},
        wise: {summary: 'Say why not', module: 'slash.js', export: 'wise'},
        absent: {summary: 'Be absent', module: 'slash.js', export: 'absent'},
        login: {summary: 'Take the place of ours', module: 'slash.js', export: 'hello'},
        exit: {summary: 'Take the place of ours', module: 'slash.js', export: 'hello'},
        Odd: {summary: 'Have no name', module: 'slash.js'},
      },
    },
  },
  'slash.js': SLASH,
}

describe('contributions of plugins besides commands', () => {
  const stage = setStage()

  it('include listeners: they are notified of a login, a switch and a logout, after the fact', async () => {
    await putPlugins(stage, {listening: LISTENING})
    const ada = await stage.signIn('ada@example.test', {args: ['--json']})
    for (const line of ada.stdout.trim().split('\n')) expect(JSON.parse(line)).to.be.an('object')
    expect(ada.stderr).to.include('heard of login')
    await stage.signIn('grace@example.test')
    const logout = await stage.run(['logout'])
    expectExit(logout, 0)
    expect(logout.stdout).to.match(new RegExp(`^${SIGNED_OUT}[^]*heard of logout`))
    expect(logout.stderr).to.include('The plugin listening failed in its hook mogplex:logout')
    const told = await readFile(join(pluginFolder(stage, 'listening'), 'told'), 'utf8')
    expect(
      told
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).to.deep.equal([
      ['login', 'ada@example.test', null],
      ['login', 'grace@example.test', null],
      ['account-switched', 'grace@example.test', 'ada@example.test'],
      ['logout', null, 'grace@example.test'],
    ])
    expect((await stage.run(['logout'])).stdout).not.to.include('heard')
  })

  it('include slash commands: in /help, completed, behind the gate, and never in place of ours', async () => {
    await putPlugins(stage, {
      contributing: CONTRIBUTING,
      listening: LISTENING,
      rejecting: REJECTING,
    })
    await stage.putLogin()
    const terminal = stage.terminal([], {columns: 100, rows: 60})
    const enter = async (line: string): Promise<void> => {
      await terminal.see(PLACEHOLDER) // earlier input may reach another reader
      terminal.type(`${line}\r`)
    }
    await terminal.see(/The plugin contributing: .* cannot be used: Odd\./)
    await terminal.see(/The plugin contributing: \/exit /)
    await terminal.see('your login pays')
    await enter('/help')
    await terminal.see(/\/hello NAME +Greet/)
    expect(terminal.screen()).to.match(/\/login +Sign in/)
    expect(terminal.screen()).not.to.include('Take the place of ours')
    await terminal.see(PLACEHOLDER)
    terminal.type('/hel\t')
    terminal.press('ctrl+c')
    await enter('/hello')
    await terminal.see('Hello, Ada')
    await enter('/hello Grace')
    await terminal.see('Hello, Grace: true')
    await enter('/wrong')
    await terminal.see('The plugin contributing failed: /wrong: on purpose')
    await enter('/absent')
    await terminal.see('slash.js has no function absent for /absent')
    await enter('/wise')
    await terminal.see('Not today.')
    await enter('/leave')
    await terminal.see('The plugin contributing failed: /leave: ')
    await enter('/later')
    await terminal.see(/The plugin contributing failed .*thrown later/)
    await enter('/rejects')
    await terminal.see(/The plugin rejecting failed .*rejected by nobody/)
    await enter('/says')
    await terminal.see(/^said on stderr$/m)
    expect(terminal.screen()).to.match(/thrown later[^]*rejected by nobody[^]*said on stderr/)
    await enter('/hang')
    await terminal.see(/Working, \d+ s\. Ctrl\+C interrupts\./)
    terminal.press('ctrl+c')
    await terminal.see('The command was interrupted.')
    await enter('/logout')
    await terminal.see(SIGNED_OUT)
    await terminal.see('heard of logout')
    await enter('/hello')
    await terminal.see('No Mogplex credential was found.')
    await enter('/quit')
    expect((await terminal.exit).code).to.equal(0)
  })
})
