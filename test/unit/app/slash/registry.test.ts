import {expect} from 'chai'
import {paletteFor} from '../../../../src/terminal/palette.js'
import {clear} from '../../../../src/app/slash/clear.js'
import {help} from '../../../../src/app/slash/help.js'
import {quit} from '../../../../src/app/slash/quit.js'
import {runSlash, SlashRegistry} from '../../../../src/app/slash/registry.js'
import type {AppSlashCommand, AppSlashContext} from '../../../../src/app/slash/app-slash-command.js'
import {UsageError} from '../../../../src/domain/errors/usage.js'

const did: string[] = []
const model: AppSlashCommand = {
  name: 'model',
  argument: 'MODEL',
  summary: 'Choose the model',
  complete: () => ['gpt', 'Gemini', 'claude'].map((value) => ({value})),
  run(_context, args) {
    did.push(`model ${args.join(',')}`)
  },
}
const mcp: AppSlashCommand = {name: 'mcp', summary: 'List the servers', run() {}}
const commands = new SlashRegistry([model, mcp, clear, help, quit])

const context: AppSlashContext = {
  palette: paletteFor(false),
  columns: 60,
  commands,
  signal: new AbortController().signal,
  print: (text) => did.push(text),
  clear: () => did.push('clear'),
  leave: () => did.push('leave'),
  run: async () => undefined,
  pick: async () => Promise.resolve(undefined),
}

function values(before: string, registry = commands): string[] | undefined {
  return registry.complete(before)?.candidates.map(({value}) => value)
}

async function failureOf(line: string): Promise<unknown> {
  return runSlash(line, commands, context).then(
    () => undefined,
    (error: unknown) => error,
  )
}

describe('the slash commands', () => {
  it('completes an argument by any part of it, except its payer', () => {
    const models = ['mogplex:openai/gpt-5', 'mogplex:xai/grok-4'].map((value) => ({value}))
    const one = new SlashRegistry([{...model, complete: () => models}])
    expect(values('/model gp', one)).to.deep.equal(['mogplex:openai/gpt-5'])
    expect(values('/model mog', one)).to.have.length(2)
    expect(values('/model nothing', one)).to.deep.equal([])
  })

  beforeEach(() => {
    did.length = 0
  })

  it('run with their arguments, by name or alias, in any case', async () => {
    for (const line of ['/model a b', '/MODEL', '/clear', '/exit']) {
      expect(await runSlash(line, commands, context)).to.equal(true)
    }
    expect(did).to.deep.equal(['model a,b', 'model ', 'clear', 'leave'])
  })

  it('leave prompts alone', async () => {
    expect(await runSlash('hello', commands, context)).to.equal(false)
    expect(await runSlash(' /model', commands, context)).to.equal(false)
    expect(did).to.deep.equal([])
  })

  it('reject unknown ones, with the nearest name', async () => {
    const near = await failureOf('/modle x')
    expect(near).to.be.instanceOf(UsageError)
    expect(near).to.include({
      message: 'The command /modle does not exist.',
      remedy: 'Did you mean /model? A space before the slash sends the line as it is.',
    })
    const far = await failureOf('/usr/local/bin\x1b[2J')
    expect(far).to.have.property('message', 'The command /usr/local/bin [2j does not exist.')
    expect(far).to.have.property('remedy').that.includes('/help')
    expect(await failureOf('/constructor')).to.be.instanceOf(UsageError)
    expect(await failureOf('/')).to.be.instanceOf(UsageError)
  })

  it('are completed by name, the exact one first, otherwise by alias', () => {
    expect(values('/')).to.deep.equal(['/model ', '/mcp', '/clear', '/help', '/quit'])
    expect(values('/M')).to.deep.equal(['/model ', '/mcp'])
    expect(values('/ex')).to.deep.equal(['/exit'])
    expect(values('/x')).to.deep.equal([])
    const registry = new SlashRegistry([{...mcp, name: 'mcp-list'}, mcp])
    expect(values('/mcp', registry)).to.deep.equal(['/mcp', '/mcp-list'])
    expect(commands.complete('/m')).to.include({from: 0, eager: true})
  })

  it('are completed by argument, where they take one', () => {
    expect(values('/model ')).to.deep.equal(['gpt', 'Gemini', 'claude'])
    expect(values('/model g')).to.deep.equal(['gpt', 'Gemini'])
    expect(values('/model gpt')).to.deep.equal([])
    expect(commands.complete('/model  g')).to.include({from: 8, eager: false})
    expect(values('/mcp x')).to.deep.equal([])
    for (const before of ['', 'hello', ' /m', '/model a b', '/mo\n']) {
      expect(commands.complete(before), before).to.equal(undefined)
    }
  })

  it('can be extended by others, which replace none', async () => {
    const run = () => void did.push('other')
    const all = commands.with([
      {name: 'deploy', aliases: ['mcp', 'd'], summary: 'Deploy', run},
      {name: 'model', summary: 'Another one', run},
      {name: 'exit', summary: 'Not that', run},
    ])
    expect(all.all.map(({name}) => name)).to.deep.equal([
      'model',
      'mcp',
      'clear',
      'help',
      'quit',
      'deploy',
      'exit',
    ])
    await runSlash('/d', all, context)
    await runSlash('/mcp', all, context)
    await runSlash('/model', all, context)
    expect(did).to.deep.equal(['other', 'model '])
  })

  it('are listed by /help, with the keys, in any width', async () => {
    await runSlash('/?', commands, context)
    const [text = ''] = did
    expect(text).to.match(
      /^ {2}\/model MODEL {2}Choose the model\n {2}\/mcp {10}List the servers\n/,
    )
    expect(text).to.match(/\n\n {2}Enter {9}sends;/)
    expect(text).to.include('Ctrl+C')
    for (const line of text.split('\n')) expect(line.length).to.be.below(60)
  })
})
