import * as kit from '@mogplex/plugin-kit'
import type {AccountEvents, Listener, SlashCommand} from '@mogplex/plugin-kit'
import * as errors from '@mogplex/plugin-kit/errors'
import * as session from '@mogplex/plugin-kit/session'
import * as rules from '@mogplex/plugin-kit/rules'
import * as text from '@mogplex/plugin-kit/text'
import * as testing from '@mogplex/plugin-kit/testing'
import {expect} from 'chai'
import {writeFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'
import {temporaryHome} from '../../../test/support/temporary-home.js'

const ROOT = resolve(import.meta.dirname, '..')

class Repos extends kit.MogplexCommand {
  static override auth = 'account' as const
  static override enableJsonFlag = true
  async run(): Promise<unknown> {
    await this.parse(Repos)
    const session = await this.session()
    const data = await session.request('/repos')
    if (!(await session.can('write'))) throw new NotTodayError('Not today.')
    this.log('listed')
    return data
  }
}

class NotTodayError extends kit.MogplexError {
  readonly code = 'NOT_TODAY'
  readonly exitCode = kit.ExitCode.Access
  readonly remedy = 'Come back tomorrow.'
}

const RESPONSES = {'/repos': {repos: [{full_name: 'ada/engine'}]}}

async function run(argv: readonly string[], options: testing.FakeSessionOptions = {}) {
  const session = testing.fakeSession({responses: RESPONSES, ...options})
  return {session, ...(await testing.runCommand(Repos, argv, {session, root: ROOT}))}
}

/** A CLI whose hook `mogplex:session` returns the value of a JavaScript text. */
async function cliWith(answer: string): Promise<Parameters<typeof kit.findSession>[0]> {
  const root = await temporaryHome()
  await writeFile(join(root, 'session.cjs'), `exports.session = async () => (${answer})`)
  const hooks = {'mogplex:session': [{target: './session.cjs', identifier: 'session'}]}
  const config = {
    name: 'mogplex',
    version: '9.9.9',
    root,
    plugins: new Map([['cli', {root, hooks}]]),
  }
  return config as unknown as Parameters<typeof kit.findSession>[0]
}

describe('@mogplex/plugin-kit', () => {
  it('exports exactly these names', () => {
    expect(Object.keys(kit).sort()).to.deep.equal([
      'ExitCode',
      'KitVersionError',
      'MogplexCommand',
      'MogplexError',
      'NoSessionError',
      'SessionError',
      'findSession',
      'isInteractive',
      'paint',
      'printable',
      'table',
    ])
    expect(Object.keys(errors).sort()).to.deep.equal(['ExitCode', 'MogplexError'])
    expect(Object.keys(session)).to.deep.equal([]) // types only
    expect(Object.keys(rules).sort()).to.deep.equal([
      'BadEventError',
      'BadNameError',
      'BadPathError',
      'requestPath',
      'requireEvent',
      'requireName',
    ])
    expect(Object.keys(text).sort()).to.deep.equal([
      'layOutTable',
      'printable',
      'printableLines',
      'withEscapes',
    ])
    expect(Object.keys(testing).sort()).to.deep.equal([
      'fakeSession',
      'runCommand',
      'runListener',
      'runSlashCommand',
    ])
  })

  it('runs a command with its session, as text and as JSON', async () => {
    const text = await run([])
    expect(text).to.include({stdout: 'listed\n', exitCode: 0, error: undefined})
    expect(text.session.requests).to.deep.equal([{path: '/repos', options: {}}])
    const json = await run(['--json'])
    expect(JSON.parse(json.stdout)).to.deep.equal(RESPONSES['/repos'])
    expect(json.result).to.deep.equal(RESPONSES['/repos'])
  })

  it('separates the exit code of the command from that of the test process', async () => {
    const before = process.exitCode
    process.exitCode = 1
    const {exitCode} = await run([])
    expect(process.exitCode).to.equal(1)
    process.exitCode = before
    expect(exitCode).to.equal(0)
  })

  it('closes the gate of a command: 64, before any request', async () => {
    const {exitCode, error, session} = await run([], {account: null})
    expect(exitCode).to.equal(kit.ExitCode.Authentication)
    expect(error).to.be.instanceOf(kit.SessionError).and.to.be.instanceOf(kit.MogplexError)
    expect(session.requests).to.deep.equal([])
  })

  it("exits with the exit code of a plugin's own error", async () => {
    const {exitCode, error} = await run([], {account: {scopes: ['read']}})
    expect(exitCode).to.equal(65)
    expect(error).to.include({code: 'NOT_TODAY', remedy: 'Come back tomorrow.'})
    expect(new NotTodayError('No.').oclif).to.deep.equal({exit: 65})
    expect(new NotTodayError('No.').suggestions).to.deep.equal(['Come back tomorrow.'])
  })

  it('treats an error of another copy of the kit as ours, and no other error', () => {
    const foreign = Object.assign(new Error('x'), {code: 'X', remedy: 'y', exitCode: 1})
    expect(foreign).to.be.instanceOf(kit.MogplexError)
    expect(foreign).not.to.be.instanceOf(NotTodayError)
    expect(new Error('x')).not.to.be.instanceOf(kit.MogplexError)
  })

  it('has exit codes that scripts branch on: they do not change', () => {
    expect(kit.ExitCode).to.deep.equal({
      Done: 0,
      Failed: 1,
      Usage: 2,
      Authentication: 64,
      Access: 65,
      Remote: 69,
      Later: 75,
      Cancelled: 130,
    })
  })

  it('fakes scopes, computed answers, and MCP servers whose secrets are not printed', async () => {
    const fake = testing.fakeSession({
      responses: {'/runs': ({method}: {method?: string}) => ({method})},
      mcpServers: [{name: 'files', config: {url: 'https://files.example'}}],
    })
    expect(await fake.request('/runs', {method: 'POST', body: {}})).to.deep.equal({method: 'POST'})
    const reader = testing.fakeSession({account: {scopes: ['read']}})
    const refused = await reader.request('/runs', {method: 'POST'}).catch((error: unknown) => error)
    expect(refused).to.include({code: 'SCOPE_MISSING', exitCode: 65})
    const lack = await reader.require('write').catch((error: unknown) => error)
    expect(lack).to.include({code: 'SCOPE_MISSING', exitCode: 65})
    const misspelt = await fake.require('acount' as never).catch((error: unknown) => error)
    expect(misspelt).to.include({code: 'UNKNOWN_AUTH_NEED', exitCode: 1})
    const [server] = await fake.mcpServers()
    expect(server?.config).to.deep.equal({url: 'https://files.example'})
    expect(JSON.stringify(server)).not.to.include('files.example')
  })

  it('runs a slash command, and listeners are functions of an event', async () => {
    const hello: SlashCommand = async (context) => {
      const {args, session, columns} = context
      const {account} = await session.identity()
      context.print(`${account?.name ?? ''}, ${args.join(' ')}\n${columns}`)
    }
    const lines = await testing.runSlashCommand(hello, ['good', 'day'], {
      session: testing.fakeSession(),
      columns: 60,
    })
    expect(lines).to.deep.equal(['Ada, good day', '60'])
  })

  it('calls a listener with an event and a session', async () => {
    const heard: unknown[] = []
    const listener: Listener<'mogplex:logout'> = async ({previous, identity, config}) => {
      const session = await kit.findSession(config)
      heard.push(previous, identity.account, (await session.identity()).model?.provider)
    }
    const event: AccountEvents['mogplex:logout'] = {
      identity: {account: null, model: null, outranked: []},
      previous: null,
    }
    const session = testing.fakeSession({account: null, model: {provider: 'groq'}})
    await testing.runListener(listener, event, {session, root: ROOT})
    expect(heard).to.deep.equal([null, null, 'groq'])
  })

  it('prints an error with --json as the CLI does, and nothing of it in text', async () => {
    const text = await run([], {account: null})
    expect(text.stdout).to.equal('')
    const {stdout} = await run(['--json'], {account: {scopes: ['read']}})
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).to.deep.equal({
      error: {
        code: 'NOT_TODAY',
        message: 'Not today.',
        remedy: 'Come back tomorrow.',
        exitCode: 65,
      },
    })
    const usage = await run(['--bogus', '--json'])
    expect(JSON.parse(usage.stdout)).to.have.nested.property('error.code', 'USAGE')
    expect(usage.exitCode).to.equal(2)
  })

  it('fakes a user who has only a key for prompts, and an account that pays for none', async () => {
    const onlyKey = testing.fakeSession({account: null, model: {}})
    await onlyKey.require('model')
    await onlyKey.require('any')
    const noAccount = await onlyKey.require('account').catch((error: unknown) => error)
    expect(noAccount).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
    const refused = await onlyKey.request('/repos').catch((error: unknown) => error)
    expect(refused).to.include({code: 'NOT_LOGGED_IN'})
    const noPayer = testing.fakeSession({model: null})
    await noPayer.require('account')
    const unpaid = await noPayer.require('model').catch((error: unknown) => error)
    expect(unpaid).to.include({exitCode: 64})
  })

  it('fakes an interrupted request, other forms of an answer, and the log', async () => {
    const responses = {
      '/file': Buffer.from('a,b'),
      '/slow': async () => new Promise(() => undefined),
    }
    const fake = testing.fakeSession({responses})
    expect(await fake.request('/file', {responseType: 'text'})).to.equal('a,b')
    const bytes = await fake.request('/file', {responseType: 'bytes'})
    expect(Buffer.from(bytes).toString()).to.equal('a,b')
    const response = await fake.request('/file', {responseType: 'response'})
    expect([response.status, await response.text()]).to.deep.equal([200, 'a,b'])
    const controller = new AbortController()
    const {signal} = controller
    const slow = fake.request('/slow', {signal}).catch((error: unknown) => error)
    controller.abort()
    expect(await slow).to.include({code: 'CANCELLED', exitCode: 130})
    const late = await fake.request('/file', {signal}).catch((error: unknown) => error)
    expect(late).to.include({code: 'CANCELLED', exitCode: 130})
    const runs = [{id: 'r1', branch: ''}]
    const keeping = testing.fakeSession({kept: {names: ['a']}, recentRuns: runs})
    await keeping.keep('names', (before) => [...(before as string[]), 'b'])
    await keeping.rememberRun({id: 'r2', branch: 'main'})
    expect(await keeping.kept('names')).to.deep.equal(['a', 'b'])
    expect((await keeping.recentRuns()).map(({id}) => id)).to.deep.equal(['r2', 'r1'])
    await keeping.keep('names', () => undefined)
    expect(await keeping.kept('names')).to.equal(undefined)
    const offered = ['a', 'b'].map((name) => ({name, value: name.toUpperCase()}))
    const chooser = testing.fakeSession({choices: ['b', 'x']})
    expect(await chooser.choose('Which?', offered)).to.equal('B')
    const left = await chooser.choose('Which?', offered).catch((error: unknown) => error)
    expect(left).to.include({code: 'CANCELLED', exitCode: 130})
    const alone = await chooser.choose('Which?', offered).catch((error: unknown) => error)
    expect(alone).to.include({code: 'NOT_INTERACTIVE', exitCode: 2})
    const nobody = testing.fakeSession({account: null})
    const refused = await nobody.keep('names', () => 1).catch((error: unknown) => error)
    expect(refused).to.include({code: 'NOT_LOGGED_IN', exitCode: 64})
    await fake.log('sync.ended', {files: 3})
    expect(fake.logged).to.deep.equal([{event: 'sync.ended', fields: {files: 3}}])
  })

  it('reports a missing CLI, or one of another version', async () => {
    const nobody = {plugins: new Map(), root: ROOT} as unknown as Parameters<
      typeof kit.findSession
    >[0]
    const error = await kit.findSession(nobody).catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(kit.NoSessionError).and.to.include({exitCode: 1})
    const version = new kit.KitVersionError('Too old.', 'Update mogplex.')
    expect(version).to.include({code: 'KIT_VERSION', exitCode: 1, remedy: 'Update mogplex.'})
  })

  const answers: Record<string, [answer: string, message: RegExp, remedy: string]> = {
    'has a newer session': [
      '{version: 2}',
      /made for version 1 .*mogplex 9\.9\.9 has 2/,
      'Update the plugin.',
    ],
    'has an older session': ['{version: 0}', /mogplex 9\.9\.9 has 0/, 'Update mogplex.'],
    'hands out something else': ['{identity() {}}', /has none/, 'Update mogplex.'],
    'hands out nothing': ['undefined', /has none/, 'Update mogplex.'],
  }
  for (const [what, [answer, message, remedy]] of Object.entries(answers)) {
    it(`explains clearly that a CLI ${what}, and runs nothing`, async () => {
      const error = await kit.findSession(await cliWith(answer)).catch((thrown: unknown) => thrown)
      expect(error).to.be.instanceOf(kit.KitVersionError).and.to.include({code: 'KIT_VERSION'})
      expect(error).to.include({exitCode: 1, remedy})
      expect(error).to.have.property('message').that.matches(message)
    })
  }

  it('uses what a CLI supports, and reports what it is too old for', async () => {
    const session = await kit.findSession(await cliWith('{version: 1, can: async () => true}'))
    expect(await session.can('write')).to.equal(true)
    const error = await session.mcpServers().catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(kit.KitVersionError).and.to.include({remedy: 'Update mogplex.'})
    expect(error).to.have.property('message').that.includes('`mcpServers`')
  })

  it('forwards only the response facts of a CLI error', async () => {
    const fields = `{code: 'REMOTE', remedy: 'Wait.', exitCode: 69, status: 503, retryAfterSeconds: 7,
      requestId: 'iad1::abc', details: {limit: 5, of: ['runs']}, request: 'hunter2'}`
    const can = `async () => { throw Object.assign(new Error('It is away.'), ${fields}) }`
    const session = await kit.findSession(await cliWith(`{version: 1, can: ${can}}`))
    const error = await session.can('write').catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(kit.SessionError)
    expect({...(error as object)}).to.deep.equal({
      name: 'SessionError',
      code: 'REMOTE',
      remedy: 'Wait.',
      exitCode: 69,
      status: 503,
      retryAfterSeconds: 7,
      requestId: 'iad1::abc',
      details: {limit: 5, of: ['runs']},
    })
  })

  it('supports additional error fields, and has none by default', () => {
    class QuotaError extends kit.MogplexError {
      readonly code = 'QUOTA'
      readonly exitCode = kit.ExitCode.Later
      readonly remedy = 'Wait.'
      override readonly retryAfterSeconds = 60
      constructor(override readonly details: kit.ErrorDetails) {
        super('No more today.')
      }
    }
    const error: kit.MogplexError = new QuotaError({used: 5, of: {runs: [5, null, true]}})
    expect(error.details).to.deep.equal({used: 5, of: {runs: [5, null, true]}})
    expect(error.retryAfterSeconds).to.equal(60)
    expect(error.status).to.equal(undefined)
    expect(Object.keys(new NotTodayError('No.'))).to.have.members(['code', 'exitCode', 'remedy'])
  })

  it('detects whether a person is present', () => {
    const terminal = {stdin: {isTTY: true}, stderr: {isTTY: true}}
    expect(kit.isInteractive({...terminal, env: {}})).to.equal(true)
    expect(kit.isInteractive({...terminal, env: {CI: 'true'}})).to.equal(false)
    expect(kit.isInteractive({...terminal, stdin: {}, env: {}})).to.equal(false)
  })
})
