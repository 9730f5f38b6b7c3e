import {expect} from 'chai'
import {factsOf} from '../../../../src/app/help/command-facts.js'

describe('factsOf', () => {
  const render = (text: string): string => text.replaceAll('<%= config.bin %>', 'mogplex')
  const facts = (command: object) => factsOf(command, render)

  it('describes a command as it is typed, with its templates filled in', () => {
    const command = {
      id: 'logs:show',
      aliases: ['log'],
      summary: 'Show one.',
      description: 'Long.\n\nText.',
      examples: ['<%= config.bin %> logs show', {description: 'All', command: 'mogplex logs'}],
    }
    expect(facts(command)).to.deep.equal({
      command: 'logs show',
      summary: 'Show one.',
      description: 'Long.\n\nText.',
      aliases: ['log'],
      args: [],
      flags: [],
      examples: ['mogplex logs show', 'All\nmogplex logs'],
    })
  })

  it('uses the first line of the description where there is no summary', () => {
    expect(facts({id: 'x', description: 'First.\n\nRest.'})).to.include({
      summary: 'First.',
      description: 'Rest.',
    })
  })

  it('describes flags and args, without hidden ones', () => {
    const flags = {
      host: {type: 'option', options: ['a', 'b'], multiple: true, char: 'h', default: 'a'},
      secret: {type: 'boolean', hidden: true},
      install: {type: 'boolean', allowNo: true, helpGroup: 'Global', exclusive: ['host']},
    }
    const args = {NAME: {name: 'name', required: true, description: 'Which.'}}
    const told = facts({id: 'x', flags, args})
    expect(told.flags).to.deep.equal([
      {
        name: 'host',
        char: 'h',
        value: 'a|b',
        options: ['a', 'b'],
        multiple: true,
        required: false,
        default: 'a',
        description: '',
        exclusive: [],
        allowNo: false,
      },
      {
        name: 'install',
        multiple: false,
        required: false,
        description: '',
        exclusive: ['host'],
        group: 'GLOBAL',
        allowNo: true,
      },
    ])
    expect(told.args).to.deep.equal([
      {name: 'NAME', required: true, multiple: false, description: 'Which.'},
    ])
  })

  it("describes --json in our words, not in oclif's", () => {
    const flags = {json: {type: 'boolean', description: 'Format output as json.'}}
    expect(facts({id: 'x', flags}).flags[0]?.description).to.equal('Print JSON, for programs.')
  })

  it('reads whatever the manifest of a plugin holds, and gives only printable text', () => {
    const odd = {
      id: 'x\u001B[2J',
      summary: 7,
      description: 'a\u0007b',
      aliases: [1, 'y\u202E'],
      flags: {'a\u001B': {type: 'option', options: 'no list', description: {}}},
      args: 'none',
      examples: [null, 3, {command: 4}],
      usage: ['<%= config.bin %> x\u009B'],
    }
    expect(JSON.stringify(facts(odd))).not.to.match(/\\u00|[\u0080-\u009F\u202E]/)
    expect(facts({})).to.include({command: '', summary: ''})
  })
})
