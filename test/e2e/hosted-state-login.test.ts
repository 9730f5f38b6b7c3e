import {type LocalCloud, startLocalCloud} from '@mogplex/local-cloud'
import {expect} from 'chai'
import {once} from 'node:events'
import {readdir, readFile, stat, writeFile} from 'node:fs/promises'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {paletteFor} from '../../src/terminal/palette.js'
import {syncProgressLine} from '../../src/app/sync-progress.js'
import {ListOfOthersError} from '../../src/domain/errors/hosted-state.js'
import {RemoteError} from '../../src/domain/errors/remote.js'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {onCleanup} from '../support/cleanup.js'
import {addressAt, addressOn, setStage} from '../support/sign-in-stage.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'
const LISTS = ['mcp-servers.json', 'models.json']

const line = (event: Parameters<typeof syncProgressLine>[0]): string =>
  syncProgressLine(event, paletteFor(false))
const synced = (count: number, what: 'models' | 'mcp-servers'): string =>
  line({type: 'done', what, count})
const notSynced = (what: 'models' | 'mcp-servers'): string =>
  line({type: 'failed', what, error: new RemoteError('', '')}).trimEnd()

describe('mogplex login and logout, and the lists of the account', () => {
  const stage = setStage()
  const hosted = (...names: string[]) => join(stage.home, '.mogplex', 'hosted', ...names)

  async function listNames(): Promise<string[]> {
    return (await readdir(hosted()).catch(() => [])).sort()
  }

  it('syncs both after a login, for the owner only and without a secret', async () => {
    const {stderr} = await stage.signIn()
    for (const said of [
      line({type: 'started', what: 'models'}),
      synced(12, 'models'),
      synced(3, 'mcp-servers'),
    ]) {
      expect(stderr).to.include(`\n${said}\n`)
    }
    expect(await listNames()).to.deep.equal(LISTS)
    expect((await stat(hosted())).mode & 0o777).to.equal(0o700)
    for (const name of LISTS) {
      expect((await stat(hosted(name))).mode & 0o777).to.equal(0o600)
      const copy = JSON.parse(await readFile(hosted(name), 'utf8')) as {account: object}
      const {account} = await stage.storedLogin()
      expect(copy.account).to.deep.equal({issuer: stage.cloud.url, id: account?.id})
    }

    const before = stage.cloud.requests.length
    const [models, found, servers] = await Promise.all([
      stage.run(['models', '--json']),
      stage.run(['models', 'CLAUDE haiku']),
      stage.run(['mcp', '--json']),
    ])
    expect(jsonLines(models)).to.have.length(12)
    expect(found.stdout.match(/^anthropic\/\S+haiku/gm)).to.have.length(1)
    expect(jsonLines(servers).map((server) => (server as {name: string}).name)).to.deep.equal([
      'browser',
      'engine-db',
      'notes',
    ])
    expect(stage.cloud.requests).to.have.length(before)
  })

  it('reports the sync in one line at a terminal, and not with --json', async () => {
    const terminal = stage.terminal(['login', '--no-browser'], {columns: 120})
    await stage.cloud.browser(ADA).visit(await addressAt(terminal))
    expect(await terminal.exit).to.include({code: 0})
    expect(terminal.scrollback()).to.match(/^Signed in to [^]* 12 models,\s3\sMCP\sservers\.$/m)

    const cli = stage.start(['login', '--no-browser', '--json'])
    const [, address = ''] = await cli.waitFor(/"url":"([^"]+)"/)
    await stage.cloud.browser(ADA).visit(address)
    const result = await cli.exit
    expectExit(result, 0)
    expect(result.stderr).to.equal('')
    expect(jsonLines(result).map((line) => (line as {type: string}).type)).to.deep.equal([
      'authorization',
      'signed-in',
    ])
    expect(await listNames()).to.deep.equal(LISTS)
  })

  it('removes both at logout, after which none are shown', async () => {
    await stage.signIn()
    const result = await stage.run(['logout', '--json'])
    expectExit(result, 0)
    expect(jsonOf(result).hosted).to.deep.equal({models: 12, mcpServers: 3})
    expect(jsonOf(result).removed).to.have.length(1)
    expect(await listNames()).to.deep.equal([])
    expect(jsonErrorOf(await stage.run(['models', '--json'])).exitCode).to.equal(64)
    const again = await stage.run(['logout', '--json'])
    expect(jsonOf(again)).to.deep.include({removed: [], hosted: {models: 0, mcpServers: 0}})
  })

  it("leaves them where only a provider's key is removed", async () => {
    await stage.signIn()
    const stdin = stage.secret('sk-proj-goes-again')
    expectExit(await stage.run(['login', '--with-api-key', '--provider', 'openai'], {stdin}), 0)
    expectExit(await stage.run(['logout', '--provider', 'openai']), 0)
    expect(await listNames()).to.deep.equal(LISTS)
    const all = jsonOf(await stage.run(['logout', '--all', '--json']))
    expect(all.hosted).to.deep.equal({models: 12, mcpServers: 3})
  })

  it("replaces the lists of another account with those of the new login's", async () => {
    await stage.signIn(ADA)
    await stage.signIn(GRACE)
    const [models, servers] = await Promise.all([
      stage.run(['models']),
      stage.run(['mcp', '--json']),
    ])
    expectExit(models, 0)
    expect(models.stdout).to.include(`${stage.cloud.url}/settings/models`)
    expect(models.stdout).to.include(`, ${GRACE}\n`)
    expect(jsonLines(servers)).to.have.length(1)
    const texts = await Promise.all(LISTS.map((name) => readFile(hosted(name), 'utf8')))
    expect(texts.join()).not.to.match(/claude|engine-db/i)
    const {hosted: removed} = jsonOf(await stage.run(['logout', '--json']))
    expect(removed).to.deep.equal({models: 0, mcpServers: 1})
  })

  it('removes the lists of another account even where the new ones are unavailable', async () => {
    await stage.signIn(ADA)
    stage.intercept(async ({url}) =>
      /\/(models|mcp\/servers)$/.test(url) ? new Response('', {status: 500}) : undefined,
    )
    const {stderr} = await stage.signIn(GRACE)
    expect(stderr)
      .to.include(`\n${notSynced('models')} `)
      .and.to.include('500')
    expect(stderr).to.include(`\n${notSynced('mcp-servers')} `)
    expect(await listNames()).to.deep.equal([])
    expect(jsonErrorOf(await stage.run(['models', '--json']))).to.include({
      code: 'NOT_SYNCED',
      exitCode: 1,
    })
  })

  for (const [what, answer] of [
    ['HTML', () => new Response('<!doctype html>', {status: 200})],
    ['a cut connection', () => 'drop' as const],
  ] as const) {
    it(`warns, and exits with 0, when the sync fails with ${what}`, async () => {
      stage.intercept(async ({url}) => (url.endsWith('/models') ? answer() : undefined))
      const {code, stdout, stderr} = await stage.signIn()
      expect(code).to.equal(0)
      expect(stdout).to.include(ADA)
      expect(stderr).to.include(`\n${notSynced('models')} `)
      expect(stderr).to.include(synced(3, 'mcp-servers'))
      expect(await listNames()).to.deep.equal(['mcp-servers.json'])
    })
  }

  it('ends a sync that hangs with Ctrl+C, and the login stays', async () => {
    stage.intercept(async ({url}) => (url.endsWith('/models') ? 'hang' : undefined))
    const terminal = stage.terminal(['login', '--no-browser'])
    await stage.cloud.browser(ADA).visit(await addressAt(terminal))
    await terminal.see('Syncing models')
    terminal.press('ctrl+c')
    expect(await terminal.exit).to.include({code: 0})
    expect(terminal.screen()).to.match(/^Signed in to [^]*\binterrupted\b/)
    expect((await stage.storedLogin()).account?.email).to.equal(ADA)
  })

  it('warns, and exits with 0, when the lists cannot be written', async () => {
    await stage.putAuthFile('{}\n')
    await writeFile(hosted(), 'no folder')
    const {code, stderr} = await stage.signIn()
    expect(code).to.equal(0)
    expect(stderr).to.match(/hosted/)
    expect((await stage.storedLogin()).account?.email).to.equal(ADA)
  })

  it('syncs with the variable that outranks the login, as every command does then', async () => {
    const MOGPLEX_API_KEY = await stage.cloud.createKey(GRACE)
    const {stderr} = await stage.signIn(ADA, {env: {MOGPLEX_API_KEY}})
    expect(stderr).to.include('MOGPLEX_API_KEY')
    expect(stderr).to.include(synced(1, 'mcp-servers'))
    const [shell, login] = await Promise.all([
      stage.run(['mcp', '--json'], {env: {MOGPLEX_API_KEY}}),
      stage.run(['mcp', '--json']),
    ])
    expect(jsonLines(shell)).to.have.length(1)
    expect(jsonErrorOf(login).code).to.equal('NOT_SYNCED')
  })

  it("leaves the lists of the login alone when another account's key is a guest", async () => {
    await stage.signIn(ADA)
    const before = await readFile(hosted('models.json'), 'utf8')
    const MOGPLEX_API_KEY = await stage.cloud.createKey(GRACE)
    const guest = await stage.run(['mcp', '--refresh', '--json'], {env: {MOGPLEX_API_KEY}})
    expectExit(guest, 0)
    expect(jsonLines(guest)).to.have.length(1)
    expect(guest.stderr).to.include(new ListOfOthersError().message)
    expect(await readFile(hosted('models.json'), 'utf8')).to.equal(before)
    expect(jsonLines(await stage.run(['mcp', '--json']))).to.have.length(3)
  })

  describe('where a login is sent', () => {
    let other: LocalCloud

    before(async () => {
      other = await startLocalCloud()
    })

    after(() => other.close())

    /** A proxy that refuses every connection, and the requests it got. */
    async function proxy(): Promise<{address: string; wanted: string[]}> {
      const wanted: string[] = []
      const server = createServer((request, response) => {
        wanted.push(request.url ?? '')
        response.writeHead(502).end()
      })
      server.on('connect', ({url = ''}, socket) => {
        wanted.push(url)
        socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      onCleanup(() => void server.close())
      return {address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, wanted}
    }

    it('is its own issuer, not mogplex.com, where only MOGPLEX_ISSUER is set', async () => {
      const {address, wanted} = await proxy()
      const env = {MOGPLEX_URL: '', MOGPLEX_ISSUER: stage.cloud.url, HTTPS_PROXY: address}
      const {stderr} = await stage.signIn(ADA, {env})
      expect(stderr).to.include(synced(12, 'models'))
      for (const args of [
        ['whoami', '--verify'],
        ['models', '--refresh'],
        ['mcp', '--refresh'],
      ]) {
        expectExit(await stage.run(args, {env}), 0)
      }
      expectExit(await stage.run(['logout'], {env}), 0)
      expect(wanted).to.deep.equal([])
    })

    it('is not the issuer for a key of Mogplex', async () => {
      const {address, wanted} = await proxy()
      const env = {MOGPLEX_URL: '', MOGPLEX_ISSUER: stage.cloud.url, HTTPS_PROXY: address}
      const stdin = await stage.cloud.createKey(ADA)
      const before = stage.cloud.requests.length
      expectExit(await stage.run(['login', '--with-api-key'], {stdin, env}), 69)
      expect(wanted).to.deep.equal(['mogplex.com:443'])
      expect(stage.cloud.requests).to.have.length(before)
    })

    it('is MOGPLEX_URL where both are set: the API may be elsewhere than the issuer', async () => {
      const env = {MOGPLEX_URL: other.url, MOGPLEX_ISSUER: stage.cloud.url}
      const before = other.requests.length
      const cli = stage.start(['login', '--no-browser'], {env})
      await stage.cloud.browser(ADA).visit(await addressOn(cli))
      const result = await cli.exit
      expectExit(result, 0)
      expect(result.stderr).to.include(notSynced('models')) // it does not know the token
      const asked = other.requests.slice(before)
      expect(new Set(asked.map(({path}) => path))).to.deep.equal(
        new Set(['/api/v1/mogplex/models', '/api/v1/mogplex/mcp/servers']),
      )
      expect(asked.every(({hasAuthorization}) => hasAuthorization)).to.equal(true)
    })

    it('is nowhere else: a login of another issuer is not sent to MOGPLEX_URL', async () => {
      await stage.putLogin()
      const before = other.requests.length
      const env = {MOGPLEX_URL: other.url}
      for (const args of [['models', '--refresh'], ['whoami', '--verify'], ['mcp']]) {
        expectExit(await stage.run(args, {env}), 64)
      }
      expect(other.requests).to.have.length(before)
    })
  })
})
