import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {corePluginsIn} from '../../scripts/bundle/core-plugins.js'
import {projectRoot} from '../support/cli-environment.js'
import {contactedBy} from '../support/contacted.js'
import {npmPack} from '../support/npm.js'
import {pluginFolder, putPluginList, putPlugins} from '../support/put-plugins.js'
import type {CliOptions} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'
import {startStubServer, type StubServer} from '../support/stub-server.js'

const ADA = 'ada@example.test'
const REPO = 'ada/analytical-engine'
const tested = new Set<string>()

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: {name: 'a host', version: '1'},
  },
})

describe('the addresses that a command contacts', function () {
  this.timeout(120_000)
  const stage = setStage({runPace: 0.01})

  /** Fails unless it contacted exactly these addresses. */
  async function expectContacts(
    args: readonly string[],
    allowed: readonly string[],
    options: Partial<CliOptions> = {},
  ): Promise<void> {
    tested.add(args.filter((word) => /^[a-z]+$/.test(word)).join(':'))
    const {result, addresses} = await contactedBy(stage, args, options)
    const hosts = allowed.map((url) => new URL(url).host)
    expect(addresses, `${args.join(' ')}\n${result.stderr}`).to.deep.equal(hosts.sort())
  }

  it('are none, where it only reads local state', async () => {
    await stage.putLogin()
    await stage.run(['models', '--refresh'])
    const runs = [
      ['--version'],
      ['--help'],
      ['help'],
      ['help', 'files'],
      ['completion', 'bash'],
      ['whoami'],
      ['whoami', '--explain'],
      ['models'],
      ['mcp'],
      ['no-such-command'],
      ['logs'],
      ['logs', 'show'],
      ['logs', 'verify'],
      ['profiles'],
      ['sandboxes', 'stop', 'sbx_1'],
      ['skills'],
      ['skills', 'install'],
      ['skills', 'remove'],
      ['mcp', 'install', '--host', 'cursor'],
      ['mcp', 'remove', '--host', 'cursor'],
      ['plugins'],
      ['plugins', '--core'],
      ['plugins', 'reset'],
    ]
    for (const args of runs) await expectContacts(args, [])
    await stage.run(['login', '--with-api-key', '--provider', 'openai', '--profile', 'work'], {
      stdin: `${stage.secret('sk-proj-of-the-quiet-0123456789')}\n`,
    })
    for (const what of ['use', 'pin', 'unpin', 'remove'])
      await expectContacts(['profiles', what, ...(what === 'unpin' ? [] : ['work'])], [])
    await putPlugins(stage, {one: {'package.json': {oclif: {}}}})
    await expectContacts(['plugins', 'inspect', 'one'], [])
    await expectContacts(['plugins', 'link', '--no-install', pluginFolder(stage, 'one')], [])
  })

  it('are the configured Mogplex, for its requests', async () => {
    const {url} = stage.cloud
    const key = await stage.cloud.createKey(ADA)
    await expectContacts(['login', '--with-api-key'], [url], {stdin: `${key}\n`})
    const openai = `${stage.secret('sk-proj-of-the-quiet-0123456789')}\n`
    await expectContacts(['login', '--with-api-key', '--provider', 'openai'], [], {stdin: openai})
    await stage.putLogin()
    await expectContacts(['whoami', '--verify'], [url])
    await expectContacts(['models', '--refresh'], [url])
    await expectContacts(['mcp', '--refresh'], [url])
    await expectContacts(['mcp', 'connect'], [url], {stdin: `${INITIALIZE}\n`})
    await expectContacts(['attach', stage.cloud.startRun(ADA)], [url])
    await expectContacts(['--attach', stage.cloud.startRun(ADA)], [url])
    const id = stage.cloud.startRun(ADA, 'quiet')
    for (const what of ['get', 'events', 'cancel']) await expectContacts(['runs', what, id], [url])
    await expectContacts(['run', '--repo', REPO, 'Mend it.'], [url])
    await expectContacts(['repos', 'list'], [url])
    await expectContacts(['sandboxes', 'list'], [url])
    await expectContacts(['login', '--no-browser', '--timeout', '1'], [url])
    await expectContacts(['doctor'], [url])
    await expectContacts(['logout'], [url])
  })

  it('are the provider that pays, for a prompt', async () => {
    const server = await startStubServer((response) => {
      response.writeHead(401, {'content-type': 'application/json'}).end('{}')
    })
    stage.env.OPENAI_API_KEY = stage.secret('sk-proj-of-the-quiet-0123456789')
    stage.env.OPENAI_BASE_URL = `${server.url}/v1`
    await expectContacts(['--prompt', 'Hello', '--model', 'openai: gpt'], [server.url])
  })

  it('are the configured registry, for npm', async () => {
    await putPlugins(stage, {one: {'package.json': {oclif: {}}}})
    const folder = pluginFolder(stage, 'one')
    const tarball = await npmPack(folder, folder)
    await putPluginList(stage, '{"oclif": {"plugins": []}}')
    const registry = await emptyRegistry()
    const options = {env: {MOGPLEX_NPM_REGISTRY: registry.url}, timeoutMs: 90_000}
    await expectContacts(['plugins', 'install', 'no-such-plugin'], [registry.url], options)
    await expectAtMost(['plugins', 'install', tarball], registry, options)
    await expectAtMost(['plugins', 'update'], registry, options)
    await expectAtMost(['plugins', 'uninstall', 'one'], registry, options)
  })

  /** Whether npm sends requests depends on npm. */
  async function expectAtMost(
    args: readonly string[],
    {url}: StubServer,
    options: Partial<CliOptions>,
  ): Promise<void> {
    tested.add(
      args
        .filter((word) => /^[a-z]+$/.test(word))
        .slice(0, 2)
        .join(':'),
    )
    const {result, addresses} = await contactedBy(stage, args, options)
    expect(result.code, result.stderr).to.equal(0)
    expect([new URL(url).host]).to.include.members([...addresses])
  }

  async function emptyRegistry(): Promise<StubServer> {
    return startStubServer((response) => {
      response.writeHead(404, {'content-type': 'application/json'}).end('{}')
    })
  }

  it('are known for every command', async () => {
    const page = await readFile(join(projectRoot, 'docs', 'network.md'), 'utf8')
    for (const folder of ['.', ...corePluginsIn(projectRoot)]) {
      const text = await readFile(join(projectRoot, folder, 'oclif.manifest.json'), 'utf8')
      const {commands} = JSON.parse(text) as {commands: Record<string, {hidden?: boolean}>}
      for (const [id, {hidden}] of Object.entries(commands)) {
        if (hidden === true) continue
        expect(
          [...tested].some((each) => each === id || each.startsWith(`${id}:`)),
          id,
        ).to.equal(true)
        expect(page).to.match(new RegExp(`[\`, ]${id.replace(':', ' ')}\\b`))
      }
    }
  })
})
