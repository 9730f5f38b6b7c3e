import {expect} from 'chai'
import {factsOf} from '../../../../src/app/help/command-facts.js'
import {groupOf, rootFlags, rootHelp} from '../../../../src/app/help/root-help.js'
import {paletteFor} from '../../../../src/terminal/palette.js'

const of = (command: object) => factsOf(command, (text) => text)
const root = of({id: '', summary: 'Opens it.', flags: {attach: {type: 'option'}}})

describe('rootHelp', () => {
  it('lists commands by purpose, those of plugins separately', () => {
    const commands = [
      of({id: 'attach', summary: 'Shows a run.'}),
      of({id: 'extra', summary: 'One of ours that no group names.'}),
      of({id: 'login', summary: 'Signs in.'}),
      {...of({id: 'theirs', summary: 'Of a plugin.'}), plugin: 'their-plugin'},
    ]
    const text = rootHelp('All of it.', root, commands, {palette: paletteFor(false), columns: 80})
    expect(text.startsWith('All of it.\n\nUSAGE\n  $ mogplex [FLAGS]\n')).to.equal(true)
    expect(text).to.include(`
START
  (no command)  Opens it.
  login         Signs in.

RUNS
  attach  Shows a run.

EXTEND
  extra  One of ours that no group names.

PLUGINS
  theirs  Of a plugin.

FLAGS
  --attach ATTACH
`)
  })
})

describe('rootFlags', () => {
  it('has those that oclif handles', () => {
    expect(rootFlags(root).map(({name}) => name)).to.deep.equal(['attach', 'help', 'version'])
  })
})

describe('groupOf', () => {
  it('is that of the first word', () => {
    expect(groupOf({command: 'logs show'})).to.equal('ACCOUNT')
    expect(groupOf({command: 'logs show', plugin: 'theirs'})).to.equal('PLUGINS')
  })
})
