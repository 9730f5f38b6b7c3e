import {expect} from 'chai'
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {corePluginsIn} from '../../scripts/bundle/core-plugins.js'
import {expectExit, jsonLines} from '../support/answers.js'
import {projectRoot} from '../support/cli-environment.js'
import {schemaNames, shapeOf} from '../support/json-schemas.js'
import {pluginFolder, putPlugins} from '../support/put-plugins.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'
import {setStrictStage} from '../support/strict-stage.js'

const ADA = 'ada@example.test'

describe('docs/json.md and docs/schemas', () => {
  const page = readFile(join(projectRoot, 'docs', 'json.md'), 'utf8')

  it('name each other', async () => {
    const links = [...(await page).matchAll(/\]\(schemas\/([\w-]+)\.schema\.json\)/g)]
    expect([...new Set(links.map(([, name]) => name))].sort()).to.deep.equal(schemaNames().sort())
  })

  it('have a shape for every command with --json', async () => {
    const rows = [...(await page).matchAll(/^\| `mogplex ([^|]*?) +\|/gm)].map(
      ([, text]) => text ?? '',
    )
    const documented = rows.flatMap((row) => {
      const [first = '', ...others] = row.split('`').filter((_, index) => index % 2 === 0)
      const topic = first.split(' ')[0] ?? ''
      return [
        first,
        ...others.map((name) => (name.startsWith('mogplex ') ? name.slice(8) : `${topic} ${name}`)),
      ]
    })
    const words = documented.map((name) => name.replace(/ [A-Z-].*$/, ''))
    for (const folder of ['.', ...corePluginsIn(projectRoot)]) {
      const text = await readFile(join(projectRoot, folder, 'oclif.manifest.json'), 'utf8')
      const {commands} = JSON.parse(text) as {
        commands: Record<string, {enableJsonFlag?: boolean; hidden?: boolean}>
      }
      for (const [id, {enableJsonFlag, hidden}] of Object.entries(commands)) {
        if (enableJsonFlag === true && hidden !== true)
          expect(words).to.include(id.replaceAll(':', ' '))
      }
    }
  })
})

describe('the output of --json has the documented shape', function () {
  this.timeout(60_000)
  const stage = setStage({runPace: 0.01, inferenceAccepts: 'oauth'})

  /** Each line that a run with `--json` prints. */
  function expectShape(name: string, result: CliResult, fewest = 1): void {
    const lines = jsonLines(result)
    expect(lines.length, result.stderr).to.be.at.least(fewest)
    const shape = shapeOf(name)
    for (const line of lines) shape(line)
  }

  async function run(name: string, args: readonly string[], fewest = 1): Promise<CliResult> {
    const result = await stage.run([...args, '--json'])
    expectShape(name, result, fewest)
    return result
  }

  it('before anybody is signed in', async () => {
    expectExit(await run('error', ['whoami']), 64)
    expectExit(await run('error', ['whoami', '--explain']), 64)
    expectExit(await run('error', ['login', '--bogus']), 2)
    expectExit(await run('version', ['--version']), 0)
    await run('logout', ['logout'])
    for (const args of [['--help'], ['help', 'files'], ['login', '--help'], ['logs', '--help']])
      await run('help', args)
    await run('completion', ['completion', 'bash'])
  })

  it('of a login in the browser, and what comes after it', async () => {
    const login = await stage.signIn(ADA, {args: ['--json']})
    expectShape('login', login, 2)
    expectShape('login', await stage.run(['login', '--start', '--json']), 1)
    await run('whoami', ['whoami', '--verify', '--explain'])
    stage.env.OPENAI_API_KEY = stage.secret('sk-proj-of-the-shapes-0123456789')
    stage.env.OPENAI_BASE_URL = 'http://example.test'
    await run('whoami', ['whoami', '--explain'])
    Object.assign(stage.env, {OPENAI_API_KEY: '', OPENAI_BASE_URL: ''})
    await run('models', ['models'], 2)
    await run('mcp', ['mcp'], 2)
    await run('prompt', ['--prompt', 'What is a nanosecond?'])
    await run('attach', ['attach', stage.cloud.startRun(ADA)], 3)
    await run('attach', ['--attach', stage.cloud.startRun(ADA, 'fail')], 2)
    await chmod(join(stage.home, '.mogplex'), 0o755)
    await run('doctor', ['doctor', '--fix'], 10)
    await run('logs', ['logs'])
    await run('logs-show', ['logs', 'show'], 3)
    await run('logs-verify', ['logs', 'verify'])
    expectShape('login', await stage.signIn('grace@example.test', {args: ['--json']}), 2)
    stage.env.MOGPLEX_API_KEY = await stage.cloud.createKey(ADA)
    await run('logout', ['logout'])
  })

  it('of runs, repositories and sandboxes', async () => {
    await stage.putLogin(ADA)
    const repo = ['--repo', 'ada/analytical-engine']
    const started = await run('run', ['run', ...repo, 'Mend the tests'])
    await run('attach', ['run', ...repo, 'Mend the tests', '--follow'], 3)
    const [{runId = ''} = {}] = jsonLines(started) as {runId?: string}[]
    await run('run', ['runs', 'get', runId])
    await run('attach', ['runs', 'events', runId], 2)
    await run('runs-cancel', ['runs', 'cancel', runId])
    await run('repos', ['repos', 'list'], 2)
    await run('sandboxes', ['sandboxes', 'list'])
    await run('sandboxes-stop', ['sandboxes', 'stop'])
    await run('error', ['run', '--repo', 'engine', 'Mend'])
  })

  it('of keys', async () => {
    const put = (key: string, ...args: string[]): Promise<CliResult> =>
      stage.run(['login', '--with-api-key', '--json', ...args], {
        stdin: `${key}
`,
      })
    const openai = stage.secret('sk-proj-of-the-shapes-0123456789')
    expectShape('login', await put(openai, '--provider', 'openai'))
    expectShape('login', await put(await stage.cloud.createKey(ADA)))
    await run('whoami', ['whoami', '--verify'])
    stage.env.OPENAI_API_KEY = openai
    expectShape('login', await put(openai, '--provider', 'openai'), 2)
    await writeFile(`${stage.authPath}.broken-2026-01-01`, openai)
    await run('logout', ['logout', '--all'])
  })

  it('of the entries of agent hosts', async () => {
    await run('mcp-entry', ['mcp', 'install', '--host', 'codex'])
    await run('mcp-entry', ['mcp', 'remove', '--host', 'codex', '--dry-run'])
  })

  it('of profiles', async () => {
    await stage.putLogin(ADA)
    await stage.putProfile('work', 'grace@example.test')
    await run('whoami', ['whoami', '--profile', 'work', '--explain'])
    await run('profiles', ['profiles'], 2)
    await run('profiles-choice', ['profiles', 'pin', 'work'])
    await run('profiles-choice', ['profiles', 'use', 'work'])
    await run('profiles-choice', ['profiles', 'unpin'])
    await run('profiles-remove', ['profiles', 'remove', 'work'])
    await run('error', ['profiles', 'use', 'work'])
  })

  it('of plugins and skills', async () => {
    const one = {'package.json': {oclif: {commands: './commands'}}, 'commands/login.js': ''}
    const newer = {'package.json': {oclif: {}, engines: {node: '>=99'}}}
    await putPlugins(stage, {one, newer, broken: {'package.json': '{'}})
    await run('plugins', ['plugins', '--core'], 5)
    await run('plugins-inspect', ['plugins', 'inspect', 'one'])
    await run('plugins-removed', ['plugins', 'uninstall', 'one'])
    await run('plugins', ['plugins', 'link', '--no-install', pluginFolder(stage, 'one')])
    await run('plugins-removed', ['plugins', 'reset'], 2)
    await mkdir(join(stage.home, '.claude'), {recursive: true})
    await run('skills', ['skills'])
    await run('skills-change', ['skills', 'install'])
    await run('skills', ['skills'])
    await run('skills-change', ['skills', 'remove'])
  })
})

describe('the output of --json has the documented shape where a device signs in', () => {
  const strict = setStrictStage()

  it('with the code first', async () => {
    const cli = strict.stage.start(['login', '--device', '--json'])
    const [, code = ''] = await cli.waitFor(/"userCode":"([^"]+)"/)
    await strict.server.approveDevice(code)
    const lines = jsonLines(await cli.exit)
    expect(lines).to.have.length(2)
    for (const line of lines) shapeOf('login')(line)
  })
})
