import type {SlashContext} from '@mogplex/plugin-kit'
import {expect} from 'chai'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {contributions} from '../../../../src/host/plugins/contributions.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const CONTEXT = {
  columns: 80,
  signal: new AbortController().signal,
  run: async () => Promise.resolve(),
  pick: async () => Promise.resolve(undefined),
}

describe('contributions', () => {
  let root: string
  beforeEach(async () => {
    root = await temporaryHome()
    process.env.HOME = root // restored after the test
  })

  /** A plugin whose only slash command has this declaration and this code. */
  async function put(code: string, declared: object = {}, mogplex: object = {}) {
    await mkdir(join(root, 'slash'), {recursive: true})
    await writeFile(join(root, 'slash', 'it.cjs'), code)
    const entry = {summary: 'It does', module: 'slash/it.cjs', ...declared}
    const pjson = {mogplex: {kit: 1, slashCommands: {it: entry}, ...mogplex}}
    const plugin = {name: 'p', root, pjson}
    const plugins = new Map([['p', plugin]])
    const config = {pjson: {name: 'under test'}, plugins, version: '0.0.0'}
    return contributions(config as unknown as Parameters<typeof contributions>[0], ['exit'])
  }

  it('leaves out a name of ours, and reports it', async () => {
    const exit = {summary: 'Take the place of ours', module: 'slash/it.cjs'}
    const {slashCommands, problems} = await put('', {}, {slashCommands: {exit, fine: exit}})
    expect(slashCommands.map(({name}) => name)).to.deep.equal(['fine'])
    expect(problems).to.have.length(1)
    expect(problems[0]).to.include('/exit')
  })

  async function run(code: string, declared: object = {}, args: readonly string[] = []) {
    const printed: string[] = []
    const [command] = (await put(code, declared)).slashCommands
    const print: SlashContext['print'] = (text) => printed.push(text)
    const error = await command
      ?.run({...CONTEXT, print}, args, args.join(' '))
      .then(() => undefined)
      .catch((thrown: unknown) => thrown)
    return {printed, error}
  }

  it('runs a function with its words, the columns, a session and a print function', async () => {
    const code = `exports.default = async ({args, columns, print, session}) =>
      print(args.join('-') + columns + session.version)`
    const {printed, error} = await run(code, {}, ['a', 'b'])
    expect(error).to.equal(undefined)
    expect(printed).to.deep.equal(['a-b801'])
  })

  it('passes on the name and the text after it', async () => {
    const {slashCommands, problems} = await put('', {argument: 'TEXT'})
    expect(
      slashCommands.map(({name, summary, argument}) => [name, summary, argument]),
    ).to.deep.equal([['it', 'It does', 'TEXT']])
    expect(problems).to.deep.equal([])
    expect((await put('')).slashCommands[0]).not.to.have.property('argument')
  })

  it('loads no module through a link out of the plugin', async () => {
    const elsewhere = await temporaryHome()
    await writeFile(join(elsewhere, 'it.cjs'), 'exports.default = () => undefined')
    await symlink(elsewhere, join(root, 'away'))
    const {error} = await run('', {module: 'away/it.cjs'})
    expect(error).to.include({code: 'PLUGIN_FAILED'})
    expect(String(error)).to.include('/it: away/it.cjs is not in its folder')
  })

  async function complete(code: string, declared: object = {}) {
    const [command] = (await put(code, declared)).slashCommands
    return command?.complete('a', new AbortController().signal).catch((thrown: unknown) => thrown)
  }

  it('completes with exactly the words that a command returns', async () => {
    const code = `exports.default = () => undefined
    exports.default.complete = async (prefix, {session, signal}) => [
      prefix + session.version, {value: 'b', summary: 'two\\nlines'}, 'a blank', 'a\\u001B[2J', 7, null,
      String(signal.aborted),
    ]`
    expect(await complete(code)).to.deep.equal([
      {value: 'a1'},
      {value: 'b', summary: 'two lines'},
      {value: 'false'},
    ])
  })

  for (const code of ['', '; exports.default.complete = () => 1']) {
    it(`completes nothing without a completion: ${code}`, async () => {
      expect(await complete(`exports.default = () => undefined${code}`)).to.deep.equal([])
    })
  }

  it('completes nothing behind a closed gate', async () => {
    expect(await complete('throw new Error("it was loaded")', {auth: 'account'})).to.deep.equal([])
  })

  it('reports which completion failed', async () => {
    const failing = `exports.default = () => undefined
    exports.default.complete = () => { throw new Error('on purpose') }`
    const error = await complete(failing)
    expect(error)
      .to.include({code: 'PLUGIN_FAILED'})
      .and.to.have.property('message')
      .that.includes('on purpose')
  })

  it('closes the gate before its module is loaded', async () => {
    const {error} = await run('throw new Error("it was loaded")', {auth: 'account'})
    expect(error).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
  })

  for (const [what, code, said] of [
    ['throws', 'exports.default = () => { throw new Error("on\\u0007 purpose.") }', 'on purpose'],
    ['throws a text', 'exports.default = async () => { throw "a text" }', 'a text'],
    [
      'throws a value that is not a text',
      'exports.default = () => { throw Object.create(null) }',
      'An unknown value was thrown',
    ],
    [
      'throws an error whose message is not a text',
      'exports.default = () => { throw Object.assign(new Error(), {message: 42}) }',
      '42',
    ],
    ['cannot be loaded', 'throw new Error("at once")', 'at once'],
    ['is no function', 'exports.default = 42', 'slash/it.cjs has no function default for /it'],
  ] as const) {
    it(`is an error that names the plugin where the command ${what}`, async () => {
      const {error} = await run(code)
      expect(error).to.include({code: 'PLUGIN_FAILED', exitCode: 1})
      expect(String(error)).to.include('The plugin p failed: ').and.to.include(`${said}.`)
    })
  }

  it('reports an unknown declaration; skills are checked elsewhere', async () => {
    const {slashCommands, problems} = await put('', {auth: 'acount'})
    expect(slashCommands).to.deep.equal([])
    expect(problems).to.deep.equal([
      'The plugin p: "mogplex.slashCommands" has an entry that cannot be used: it.',
    ])
    const skills = await put('', {}, {kit: 9, skills: 7, slashCommands: undefined})
    expect(skills).to.deep.equal({slashCommands: [], problems: []})
  })
})
