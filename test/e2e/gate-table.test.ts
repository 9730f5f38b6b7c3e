import {expect} from 'chai'
import {expectExit, jsonErrorOf} from '../support/answers.js'
import {type PluginFiles, putPlugins} from '../support/put-plugins.js'
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

/** What another plugin does in the same hook in which our gate is asked. */
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

describe('the gate, for commands of all kinds', () => {
  const stage = setStage()

  for (const [what, body] of Object.entries(OTHERS)) {
    it(`is closed, then open, where a plugin beside ours ${what}`, async () => {
      const suspect = {
        'package.json': {oclif: {hooks: {prerun: './hook.js'}}},
        'hook.js': `module.exports = async function () { ${body} }`,
      }
      await putPlugins(stage, {plain: PLAIN, kit: KIT, suspect}, {modules: true})
      for (const [kind, args] of Object.entries(COMMANDS)) {
        const closed = await stage.run(args, {timeoutMs: 90_000})
        expect(closed.code, `${kind}\n${closed.stderr}`).to.equal(64)
        if (args.includes('--json')) expect(jsonErrorOf(closed).code).to.equal('NOT_LOGGED_IN')
        else expect(closed.stdout).to.equal('')
      }
      await stage.putLogin()
      for (const args of [['kit'], ['plain'], ['topic', 'below']]) {
        const open = await stage.run(args, {timeoutMs: 90_000})
        expectExit(open, 0)
        expect(open.stdout).to.equal('it ran\n')
      }
    }).timeout(300_000)
  }
})
