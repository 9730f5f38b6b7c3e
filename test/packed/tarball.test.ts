import {expect} from 'chai'
import {HELP_PAGES} from '../../src/app/help/help-pages.js'
import {SIGNED_OUT} from '../../src/app/receipt-text.js'
import {execFile} from 'node:child_process'
import {readFile, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {bundle} from '../../scripts/bundle.js'
import {expectExit, jsonErrorOf, jsonOf} from '../support/answers.js'
import {type Command, projectRoot} from '../support/cli-environment.js'
import {npm} from '../support/npm.js'
import {installedCli, packedCli} from '../support/packed-cli.js'
import {setStage} from '../support/sign-in-stage.js'
import {listFiles} from '../support/temporary-home.js'

const run = promisify(execFile)

describe('the tarball that users install', () => {
  const stage = setStage()
  let folder = ''
  let packed: string[] = []
  let command: Command = ['']

  before(async () => {
    ;({folder, command} = await installedCli())
    packed = (await run('tar', ['-tzf', await packedCli()])).stdout.trim().split('\n').sort()
  })

  it('contains only what runs', async () => {
    expect(packed).to.include.members([
      'package/package.json',
      'package/README.md',
      'package/LICENSE',
      'package/oclif.manifest.json',
      'package/bin/run.js',
      'package/bin/package.json',
    ])
    const dist = packed.filter((path) => path.startsWith('package/dist/'))
    const made = [...(await bundle(projectRoot)).keys(), 'plugins.json']
    expect(dist).to.have.members(made.map((name) => `package/dist/${name}`))
    const surplus = packed.filter((path) => isSurplus(path))
    expect(surplus).to.deep.equal([])
    const ours = packed.filter((path) => !path.startsWith('package/node_modules/'))
    expect(new Set(ours.map((path) => path.split('/')[1]))).to.have.all.keys(
      'package.json',
      'README.md',
      'LICENSE',
      'oclif.manifest.json',
      'bin',
      'completion',
      'dist',
      'docs',
    )
    const pages = HELP_PAGES.map(({name}) => `package/docs/${name}.md`)
    expect(packed.filter((path) => path.startsWith('package/docs/'))).to.have.members(pages)
  })

  it('includes the skill, and no authorization server', async () => {
    const bundled = new Set(
      packed
        .filter((path) => path.startsWith('package/node_modules/'))
        .map((path) => path.split('/').slice(2, 4).join('/')),
    )
    const plugins = ['@mogplex/plugin-auth-skill', '@mogplex/plugin-runs', '@mogplex/plugin-skills']
    expect([...bundled]).to.deep.equal(plugins)
    const installed = await listFiles(join(folder, 'node_modules'))
    expect(installed.length).to.be.greaterThan(100)
    const unwanted =
      /(^|node_modules\/)(better-auth|@mogplex\/local-cloud|playwright-core|mocha|tsx|typescript)\//
    expect(installed.filter((path) => unwanted.test(path))).to.deep.equal([])
  })

  it('has less than 2 MB, and a bill of materials, created by npm', async () => {
    const ours = await Promise.all(
      (await listFiles(join(folder, 'node_modules', '@mogplex', 'cli'))).map(async (path) => {
        const {size} = await stat(join(folder, 'node_modules', '@mogplex', 'cli', path))
        return size
      }),
    )
    expect(ours.reduce((sum, size) => sum + size, 0)).to.be.lessThan(2_000_000)
    const path = join(folder, 'package.json') // npm requires a name and a version in it
    const pjson = JSON.parse(await readFile(path, 'utf8')) as object
    await writeFile(path, JSON.stringify({...pjson, name: 'installed', version: '1.0.0'}))
    const sbom = JSON.parse(await npm(['sbom', '--sbom-format=cyclonedx'], folder)) as {
      bomFormat: string
      components: {name: string; licenses?: object[]}[]
    }
    expect(sbom.bomFormat).to.equal('CycloneDX')
    expect(sbom.components.map(({name}) => name)).to.include.members(['@mogplex/cli', 'got'])
  })

  it('installs the included skill', async () => {
    const skill = 'node_modules/@mogplex/plugin-auth-skill/skills/mogplex-auth'
    const pages = ['SKILL.md', 'references/outcomes.md', 'references/signing-in.md']
    expect(packed).to.include.members(pages.map((page) => `package/${skill}/${page}`))
    const install = await stage.run(['skills', 'install', '--host', 'agents'], {command})
    expectExit(install, 0)
    const installed = await listFiles(join(stage.home, '.agents/skills/mogplex-auth'))
    expect(installed).to.include.members(pages)
  })

  it('prints its version', async () => {
    const {version} = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      version: string
    }
    const result = await stage.run(['--version'], {command})
    expectExit(result, 0)
    expect(result.stdout).to.include(`@mogplex/cli/${version} `)
  })

  it('lists its commands, including those of its plugins', async () => {
    const {stdout} = await stage.run(['--help'], {command})
    expect(stdout)
      .to.match(/^ {2}login\b/m)
      .and.to.match(/^ {2}plugins\b/m)
  })

  it('signs in, shows the account, and signs out', async () => {
    expectExit(await stage.run(['whoami'], {command}), 64)
    await stage.signIn('ada@example.test', {command})
    const whoami = await stage.run(['whoami', '--verify', '--json'], {command})
    expectExit(whoami, 0)
    expect(jsonOf(whoami).account).to.include({email: 'ada@example.test'})
    const logout = await stage.run(['logout'], {command})
    expectExit(logout, 0)
    expect(logout.stdout).to.include(`${SIGNED_OUT}: ada@example.test`)
    expect(jsonErrorOf(await stage.run(['whoami', '--json'], {command})).exitCode).to.equal(64)
  })

  it('runs the commands of its plugins', async () => {
    await stage.putLogin()
    const repos = await stage.run(['repos', 'list', '--json'], {command})
    expectExit(repos, 0)
    expect(repos.stdout).to.include('"full_name":"ada/analytical-engine"')
  })

  it('works at a terminal, and from any folder', async () => {
    const terminal = stage.terminal([], {command, cwd: '/'})
    await terminal.see('How do you want to sign in?')
    terminal.press('ctrl+c')
    expect((await terminal.exit).code).to.be.oneOf([0, 130])
  })
})

/** Tests, sources, compiler files: useless for a user. */
function isSurplus(path: string): boolean {
  if (/(^|\/)(test|tests|scripts|src)\//.test(path)) return true
  return /(\.test\.|\.tsbuildinfo$|\.map$|(?<!\.d)\.ts$|(^|\/)tsconfig[^/]*\.json$|\.mocharc)/.test(
    path,
  )
}
