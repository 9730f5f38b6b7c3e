import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {PLACEHOLDER} from '../../src/app/composer/prompt-rows.js'
import {expectExit, jsonLines} from '../support/answers.js'
import {preload} from '../support/preload.js'
import {type PluginFiles, pluginFolder, putPlugins} from '../support/put-plugins.js'
import {setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'

const FOLLOW = `import {MogplexCommand} from '@mogplex/plugin-kit'
export default class Follow extends MogplexCommand {
  static auth = 'account'
  static strict = false
  static enableJsonFlag = true
  async run() {
    const {argv} = await this.parse(Follow)
    await this.config.runCommand('attach', [...argv, ...(this.jsonEnabled() ? ['--json'] : [])])
  }
}`

const SLASH = `export default async ({args, text, run, print, signal}) => {
  print('typed <' + text + '> in ' + args.length + ' words')
  await run('/attach ' + args[0])
  print('it is over: ' + signal.aborted)
}
export const wait = async ({signal, print}) => {
  const {appendFileSync} = await import('node:fs')
  signal.addEventListener('abort', () => appendFileSync(import.meta.dirname + '/told', 'aborted'))
  print('waiting')
  await new Promise(() => undefined)
}
export const pick = ({args, print}) => print('picked ' + args.join('+'))
pick.complete = async (prefix, {session}) => {
  if (prefix === 'broken') throw new Error('no such list')
  const {account} = await session.identity()
  return [{value: account.email.slice(0, 3) + '-engine', summary: 'a repository'}, 'other']
}`

const FOLLOWING: PluginFiles = {
  'package.json': {
    type: 'module',
    oclif: {commands: './commands'},
    mogplex: {
      kit: 1,
      slashCommands: {
        follow: {summary: 'Follow a run', module: 'slash.js', auth: 'account'},
        wait: {summary: 'Wait', module: 'slash.js', export: 'wait'},
        pick: {summary: 'Pick', module: 'slash.js', export: 'pick', auth: 'account'},
      },
    },
  },
  'commands/follow.js': FOLLOW,
  'slash.js': SLASH,
}

describe('a plugin', function () {
  this.timeout(120_000)
  const stage = setStage({runPace: 0.02})

  beforeEach(async () => {
    Object.assign(stage.env, preload('quick-pauses.cjs'))
    await putPlugins(stage, {following: FOLLOWING}, {modules: true})
    await stage.putLogin()
  })

  it('follows a run in its command, with `attach`: its lines, its end, its exit code', async () => {
    const [good, bad] = [stage.cloud.startRun(ADA), stage.cloud.startRun(ADA, 'fail')]
    const [text, json, failed] = await Promise.all([
      stage.run(['follow', good], {timeoutMs: 60_000}),
      stage.run(['follow', good, '--json'], {timeoutMs: 60_000}),
      stage.run(['follow', bad], {timeoutMs: 60_000}),
    ])
    expectExit(text, 0)
    expect(text.stdout).to.match(new RegExp(`^Run ${good}\n`))
    expectExit(json, 0)
    expect(jsonLines(json).find((line) => (line as {runId?: string}).runId === good)).to.include({
      status: 'success',
    })
    expectExit(failed, 1)
  })

  it('follows a run in its slash command, and then continues', async () => {
    const id = stage.cloud.startRun(ADA)
    const terminal = stage.terminal([], {columns: 100, rows: 50})
    await terminal.see(PLACEHOLDER)
    terminal.type(`/follow ${id}  twice\r`)
    await terminal.see(`typed <${id}  twice> in 2 words`)
    await terminal.see(/success/)
    await terminal.see('it is over: false')
    await terminal.see(PLACEHOLDER)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })

  it('is notified when its slash command is interrupted, and completes the typed text', async () => {
    const terminal = stage.terminal([], {columns: 100, rows: 50})
    await terminal.see(PLACEHOLDER)
    terminal.type('/pick a\t')
    await terminal.see('a repository')
    terminal.type('\t\r')
    await terminal.see('picked ada-engine')
    await terminal.see(PLACEHOLDER)
    terminal.type('/pick broken\t')
    await terminal.see('no such list')
    terminal.press('ctrl+c')
    await terminal.see(PLACEHOLDER)
    terminal.type('/wait\r')
    await terminal.see('waiting')
    terminal.press('escape')
    await terminal.see('The command was interrupted.')
    expect(await readFile(join(pluginFolder(stage, 'following'), 'told'), 'utf8')).to.equal(
      'aborted',
    )
    await terminal.see(PLACEHOLDER)
    terminal.type('/quit\r')
    expect((await terminal.exit).code).to.equal(0)
  })
})
