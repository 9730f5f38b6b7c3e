import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {paletteFor} from '../../src/terminal/palette.js'
import {syncProgressLine} from '../../src/app/sync-progress.js'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('mogplex models and mogplex mcp', () => {
  const stage = setStage()

  it('explain what to do before the first sync, and then answer without network', async () => {
    await stage.putLogin()
    const first = jsonErrorOf(await stage.run(['models', '--json']))
    expect(first).to.include({code: 'NOT_SYNCED', exitCode: 1})
    expect(first.remedy).to.include('`mogplex models --refresh`')

    const refreshed = await stage.run(['models', '--refresh'])
    expectExit(refreshed, 0)
    expect(refreshed.stdout).to.match(/^model +name +/)
    expect(refreshed.stdout).to.match(/\nsynced \d\d:\d\d, ada@example\.test\n$/)
    expect(refreshed.stderr)
      .to.match(/\b\d+ models\b/)
      .and.to.match(/\b\d+ MCP servers\b/)

    const requests = stage.cloud.requests.length
    const servers = await stage.run(['mcp'])
    expectExit(servers, 0)
    expect(servers.stderr).to.equal('')
    expect(servers.stdout).to.match(/^notes +/m)
    expect(await stage.run(['models'])).to.deep.equal({...refreshed, stderr: ''})
    expect(stage.cloud.requests).to.have.length(requests)
  })

  it('print one object per line with --json, and nothing else on stdout', async () => {
    await stage.putLogin()
    const models = await stage.run(['models', '--refresh', '--json', 'claude'])
    expectExit(models, 0)
    expect(models.stderr).to.equal('')
    const lines = jsonLines(models) as {id: string}[]
    expect(lines).not.to.have.length(0)
    for (const line of lines) {
      expect(Object.keys(line)).to.deep.equal([
        'id',
        'provider',
        'name',
        'contextLength',
        'capabilities',
        'pricing',
      ])
      expect(line.id).to.include('claude')
    }
    const servers = jsonLines(await stage.run(['mcp', '--json'])) as {name: string}[]
    expect(servers.map(({name}) => name)).to.include('notes')
    expect(jsonLines(await stage.run(['mcp', '--json', 'no such']))).to.deep.equal([])
  })

  it('store no secret on disk: the stage searches for them after each test', async () => {
    await stage.putLogin()
    expectExit(await stage.run(['mcp', '--refresh']), 0)
    const path = join(stage.home, '.mogplex', 'hosted', 'mcp-servers.json')
    expect(await readFile(path, 'utf8')).to.include('Authorization')
  })

  it('explain what an account without models lacks, with exit 0', async () => {
    await stage.putLogin('grace@example.test')
    const text = await stage.run(['models', '--refresh'])
    expectExit(text, 0)
    expect(text.stdout).to.include(`${stage.cloud.url}/settings/models`)
    const json = await stage.run(['models', '--json'])
    expectExit(json, 0)
    expect(json.stdout).to.equal('')
    expect(json.stderr).to.include(`${stage.cloud.url}/settings/billing`)
  })

  it('need an account: exit 64', async () => {
    for (const command of ['models', 'mcp']) {
      expect(jsonErrorOf(await stage.run([command, '--json'])).exitCode).to.equal(64)
    }
  })

  it('fail with the exit code of the cause, and keep the old copy', async () => {
    await stage.putLogin()
    expectExit(await stage.run(['models', '--refresh']), 0)
    stage.intercept(async ({url}) =>
      Promise.resolve(url.endsWith('/models') ? new Response('', {status: 500}) : undefined),
    )
    const failed = await stage.run(['models', '--refresh'])
    expectExit(failed, 69)
    expect(failed.stdout).to.equal('')
    expect(failed.stderr.match(/\b500\b/g), failed.stderr).to.have.length(1)
    expectExit(await stage.run(['models']), 0)
    const other = await stage.run(['mcp', '--refresh', '--json'])
    expectExit(other, 0)
    expect(other.stderr).to.match(/^.*\bmodels\b.*\b500\b.*\n$/)
  })

  it('need the scope read: exit 65', async () => {
    await stage.putLogin('ada@example.test', 'write offline_access')
    expect(jsonErrorOf(await stage.run(['mcp', '--refresh', '--json'])).exitCode).to.equal(65)
  })

  it('show a key its own copy, and another key none of it', async () => {
    const [ada, grace] = await Promise.all([
      stage.cloud.createKey('ada@example.test'),
      stage.cloud.createKey('grace@example.test'),
    ])
    const synced = await stage.run(['models', '--refresh'], {env: {MOGPLEX_API_KEY: ada}})
    expectExit(synced, 0)
    expect(synced.stdout).to.match(/, MOGPLEX_API_KEY\n$/)
    expectExit(await stage.run(['models'], {env: {MOGPLEX_API_KEY: ada}}), 0)
    const other = await stage.run(['models', '--json'], {env: {MOGPLEX_API_KEY: grace}})
    expect(jsonErrorOf(other).code).to.equal('NOT_SYNCED')
  })

  it('fit a terminal of 40 columns, and end with Ctrl+C', async () => {
    await stage.putLogin()
    const terminal = stage.terminal(['models', '--refresh'], {columns: 40, rows: 60})
    await terminal.see(/synced \d\d:\d\d, ada@example\.test/)
    expect(await terminal.exit).to.include({code: 0})
    expect(terminal.scrollback()).to.match(/^anthropic\/\S+\n {2}name +Claude/m)
    stage.intercept(async () => Promise.resolve('hang'))
    const hanging = stage.terminal(['mcp', '--refresh'])
    await hanging.see(syncProgressLine({type: 'started', what: 'models'}, paletteFor(false)))
    hanging.press('ctrl+c')
    expect(await hanging.exit).to.include({code: 130})
    await hanging.see('The sync was interrupted.')
  })

  for (const command of ['models', 'mcp']) {
    it(`${command} --refresh prints the result where no home can be created`, async () => {
      const MOGPLEX_API_KEY = await stage.cloud.createKey('ada@example.test')
      const env = {MOGPLEX_API_KEY, MOGPLEX_HOME: join(process.execPath, 'home')}
      const result = await stage.run([command, '--refresh', '--json'], {env})
      expectExit(result, 0)
      expect(result.stdout).to.match(/^\{"/)
      expect(result.stderr).to.include('not stored')
    })
  }
})
