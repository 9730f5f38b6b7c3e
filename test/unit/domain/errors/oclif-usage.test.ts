import {Args, Command, Config, Flags} from '@oclif/core'
import {expect} from 'chai'
import {reportOf} from '../../../../src/domain/errors/error-report.js'
import {usageMessage} from '../../../../src/domain/errors/oclif-usage.js'
import {temporaryHome} from '../../../support/temporary-home.js'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'

class Own extends Command {
  static override args = {
    RUN: Args.string({required: true, description: 'The run.'}),
    KIND: Args.string({options: ['a', 'b']}),
  }
  static override flags = {
    count: Flags.integer({min: 2, max: 9}),
    one: Flags.boolean({exclusive: ['two']}),
    two: Flags.boolean(),
    needs: Flags.boolean({dependsOn: ['two']}),
    kind: Flags.string({options: ['x', 'y'], multiple: true}),
    text: Flags.string(),
    url: Flags.url(),
    some: Flags.boolean({relationships: [{type: 'some', flags: ['text', 'url']}]}),
    only: Flags.boolean({relationships: [{type: 'only', flags: ['text']}]}),
  }

  async run(): Promise<void> {
    await this.parse(Own)
  }
}

class Strict extends Command {
  static override flags = {
    needed: Flags.string({required: true}),
    also: Flags.string({required: true}),
  }

  async run(): Promise<void> {
    await this.parse(Strict)
  }
}

class RepositoryChoice extends Command {
  static override flags = {
    here: Flags.boolean({exactlyOne: ['here', 'there']}),
    there: Flags.boolean({exactlyOne: ['here', 'there']}),
  }

  async run(): Promise<void> {
    await this.parse(RepositoryChoice)
  }
}

class AtLeast extends Command {
  static override flags = {
    here: Flags.boolean({atLeastOne: ['here', 'there']}),
    there: Flags.boolean(),
  }

  async run(): Promise<void> {
    await this.parse(AtLeast)
  }
}

const RUN = 'run_1'
const CASES: readonly [typeof Command, readonly string[], string][] = [
  [Own, [RUN, 'a', 'more'], '`mogplex own` does not take "more".'],
  [Own, [RUN, 'a', 'x, y', 'z'], '`mogplex own` does not take "x, y", "z".'],
  [Own, [RUN, '--nope'], '`mogplex own` has no flag --nope.'],
  [Own, [RUN, '--nope', '--no'], '`mogplex own` has no flag --nope, --no.'],
  [Own, [], 'The argument RUN is missing.'],
  [Own, [RUN, 'c'], '"c" is not one of: a, b.'],
  [Own, [RUN, '--text'], '--text needs a value.'],
  [Own, [RUN, '--kind'], '--kind needs a value, one of: x, y.'],
  [Own, [RUN, '--kind', 'z=1'], '--kind must be one of: x, y; not "z=1".'],
  [Own, [RUN, '--count', 'x'], '--count: "x" is not a whole number.'],
  [Own, [RUN, '--count', '1'], '--count: 1 is too small: 2 or more.'],
  [Own, [RUN, '--count', '10'], '--count: 10 is too large: 9 or less.'],
  [Own, [RUN, '--url', 'x'], '--url: "x" is not an address.'],
  [Own, [RUN, '--text', '1', '--text', '2'], '--text was given more than once.'],
  [Own, [RUN, '--one', '--two'], '--one and --two cannot be used together.'],
  [Own, [RUN, '--needs'], '--needs can only be used with --two.'],
  [Own, [RUN, '--some'], '--some can only be used with one of: --text, --url.'],
  [Own, [RUN, '--only', '--two'], '--only can only be used alone, or with: --text.'],
  [Strict, [], 'The flag --also is missing. The flag --needed is missing.'],
  [RepositoryChoice, [], 'One of these flags is needed, and only one: --here, --there.'],
  [RepositoryChoice, ['--here', '--there'], '--here and --there cannot be used together.'],
  [AtLeast, [], 'One of these flags is needed: --here, --there.'],
]

describe('usageMessage', () => {
  for (const [command, argv, message] of CASES) {
    it(`says for ${JSON.stringify(argv)} of ${command.name}: ${message}`, async () => {
      const root = await temporaryHome()
      await writeFile(join(root, 'package.json'), '{"name": "cli", "oclif": {}}')
      const config = await Config.load(root)
      const thrown = await (command as unknown as typeof Own)
        .run([...argv], config)
        .then(() => expect.fail('It was taken.'))
        .catch((error: unknown) => error)
      expect(reportOf(thrown, 'mogplex own', (text) => text)).to.deep.equal({
        code: 'USAGE',
        message,
        remedy: 'Run `mogplex own --help`.',
        exitCode: 2,
      })
    })
  }

  it('reports every problem once, even where it has no text for a part', () => {
    const said = 'The following errors occurred:\n  Missing required flag a\n  Odd one\n  Odd one'
    expect(usageMessage(undefined, said, 'mogplex')).to.equal('The flag --a is missing. Odd one')
  })

  it("keeps a command's own message", () => {
    expect(usageMessage(undefined, 'There is nothing to do.', 'mogplex')).to.equal(undefined)
  })
})
