import {expect} from 'chai'
import {type CommandFacts, factsOf} from '../../../../src/app/help/command-facts.js'
import {commandHelp, exampleSection} from '../../../../src/app/help/command-help.js'
import {paletteFor} from '../../../../src/terminal/palette.js'

describe('commandHelp', () => {
  const facts = (command: object): CommandFacts =>
    factsOf({id: 'x', summary: 'Does it.', ...command}, (text) => text)
  const help = (command: object, columns = 80): string =>
    commandHelp(facts(command), [], {palette: paletteFor(false), columns})

  it('shows required values in the usage, and the rest as flags', () => {
    const flags = {
      to: {type: 'option', required: true, helpValue: 'PLACE'},
      dry: {type: 'boolean', char: 'd', description: 'Only look.'},
    }
    const args = {ID: {name: 'ID', required: true}, MORE: {name: 'MORE', multiple: true}}
    expect(help({flags, args})).to.equal(`Does it.

USAGE
  $ mogplex x ID [MORE...] --to PLACE [FLAGS]

ARGUMENTS
  ID
  [MORE...]

FLAGS
  -d, --dry   Only look.
  --to PLACE  Required.`)
  })

  it('makes sections of those in the description', () => {
    const description = 'It does.\n\nEXIT CODES\n  0   done, and all is well\n  64  not'
    expect(help({description}, 24)).to.equal(`Does it.

USAGE
  $ mogplex x

DESCRIPTION
  It does.

EXIT CODES
  0   done, and all is
      well
  64  not`)
  })

  it('lists long options where there is room, and breaks no flag', () => {
    const options = ['anthropic', 'openai', 'google', 'mistral', 'deepseek']
    const text = help({flags: {provider: {type: 'option', options, description: 'Whose.'}}}, 40)
    expect(text).to.include(`
  --provider PROVIDER
      Whose. One of anthropic, openai,
      google, mistral, deepseek.`)
  })

  it('keeps the usage that a plugin gives', () => {
    expect(help({usage: ['$ mogplex x FROM TO', 'x --all']})).to.include(
      '  $ mogplex x FROM TO\n  $ mogplex x --all',
    )
  })

  it('shows aliases, and the commands below', () => {
    const display = {palette: paletteFor(false), columns: 80}
    const below = [{command: 'x one', summary: 'The one.'}]
    expect(commandHelp(facts({aliases: ['y:z']}), below, display)).to.include(`
ALIASES
  $ mogplex y z

COMMANDS
  x one  The one.`)
  })
})

describe('exampleSection', () => {
  it('marks each command with $, and not its description', () => {
    const examples = [
      'mogplex login',
      'printenv KEY | mogplex login',
      'Sign in\nmogplex login\n$ mogplex whoami',
      'cat x',
    ]
    expect(exampleSection(examples).commands).to.deep.equal([
      '$ mogplex login',
      '$ printenv KEY | mogplex login',
      'Sign in',
      '$ mogplex login',
      '$ mogplex whoami',
      '$ cat x',
    ])
  })
})
