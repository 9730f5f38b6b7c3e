import type {Config} from '@oclif/core'
import {expect} from 'chai'
import {appendFile, mkdir, readdir, readFile, readlink, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {expectExit, jsonErrorOf, jsonLines} from '../support/answers.js'
import {composeSkills} from '../../plugins/skills/src/compose.js'
import {projectRoot} from '../support/cli-environment.js'
import {homeVariables} from '../support/home-variables.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'
import {listFiles} from '../support/temporary-home.js'

const SKILL = 'plugins/auth-skill/skills/mogplex-auth'
const USUAL = ['.agents/skills/mogplex-auth', '.claude/skills/mogplex-auth']

describe('mogplex skills', () => {
  const stage = setStage()
  const skills = (args: string, cwd = stage.home): Promise<CliResult> =>
    stage.run(['skills', ...args.split(' ').filter((word) => word !== '')], {cwd})

  it('installs the skill where agent hosts look, lists it, and removes it', async () => {
    expect((await skills('')).stdout).to.match(
      /^skill +plugin .*\nmogplex-auth +@mogplex\/plugin-auth-skill +\d\S+ +nowhere\n$/,
    )
    const install = await skills('install')
    expectExit(install, 0)
    expect(install.stdout).to.match(
      /^ {2}installed {2}~\/\.agents\/skills\/mogplex-auth, for Codex/m,
    )
    for (const folder of USUAL) {
      const files = await listFiles(join(stage.home, folder))
      const copies = files.filter((file) => file !== '.mogplex-skill.json')
      expect(copies).to.deep.equal(await listFiles(join(projectRoot, SKILL)))
      for (const file of copies) {
        const copy = await readFile(join(stage.home, folder, file))
        expect(copy.equals(await readFile(join(projectRoot, SKILL, file))), file).to.equal(true)
      }
    }
    const [listed] = jsonLines(await skills('--json')) as [Record<string, unknown>]
    expect(listed).to.include({name: 'mogplex-auth', plugin: '@mogplex/plugin-auth-skill'})
    expect(listed.installed).to.have.length(2)
    expect(JSON.stringify(listed.installed)).to.include('"state":"current"')

    expectExit(await skills('remove'), 0)
    const left = await listFiles(stage.home)
    expect(left.filter((file) => !file.startsWith('.mogplex/logs/'))).to.deep.equal([])
    const logged = jsonLines(await stage.run(['logs', 'show', '--json'])) as {event: string}[]
    const event = 'plugin.@mogplex/plugin-skills.skill.changed'
    expect(logged.filter((record) => record.event === event)).to.have.length(2)
    const nothing = await skills('remove --json')
    expectExit(nothing, 0)
    expect(jsonLines(nothing)).to.deep.equal([])
  })

  it('never overwrites or removes an edited copy without --force', async () => {
    expectExit(await skills('install'), 0)
    const edited = join(stage.home, '.claude/skills/mogplex-auth/SKILL.md')
    await appendFile(edited, '\nMine.\n')
    expect((await skills('')).stdout).to.include('~/.claude/skills/mogplex-auth (edited)')
    const [install, planned, removal] = [
      await skills('install'),
      await skills('install --force --dry-run --json'),
      await skills('remove --host claude-code'),
    ]
    expectExit(install, 1)
    expect(install.stdout).to.include('SKILL.md')
    expect(install.stderr).to.include('--force')
    expectExit(planned, 0)
    const plan = jsonLines(planned) as {action: string}[]
    expect(plan.map(({action}) => action)).to.deep.equal(['unchanged', 'replaced'])
    expectExit(removal, 1)
    expect(await readFile(edited, 'utf8')).to.match(/\nMine\.\n$/)

    const forced = await skills('install --force --json')
    expectExit(forced, 0)
    expect(jsonLines(forced)).to.deep.equal(plan)
    expect(await readFile(edited, 'utf8')).not.to.include('Mine.')
  })

  it('leaves no partial skill, wherever it is killed, and installs it the next time', async function () {
    this.timeout(120_000)
    const killer = pathToFileURL(join(projectRoot, 'test/support/kill-at.mjs')).href
    const [folder = ''] = USUAL
    const file = (name: string): string => join(stage.home, folder, name)
    Object.assign(process.env, homeVariables(stage.home)) // restored after the test
    const root = join(projectRoot, 'plugins/auth-skill')
    const pjson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as object
    const plugin = {...pjson, root, type: 'core', pjson}
    const plugins = new Map([['auth-skill', plugin]]) as unknown as Config['plugins']
    const here = await composeSkills({plugins})
    const request = {
      names: [],
      force: false,
      dryRun: false,
      scope: 'user',
      hosts: ['agents'],
    } as const
    const env = {NODE_OPTIONS: `--import=${killer}`}
    for (let at = 1; ; at++) {
      const [outcome] = here.install(request)
      expect(outcome?.action, `after being killed at ${at - 1}`).to.be.oneOf(
        at === 1 ? ['installed'] : ['installed', 'replaced', 'unchanged', 'updated'],
      )
      // As an earlier version left it: the next install has something to replace.
      const record = await readFile(file('.mogplex-skill.json'), 'utf8')
      await put(file('.mogplex-skill.json'), record.replace(/"version": "[^"]+"/, '"version": "0"'))
      const {code} = await stage.run(['skills', 'install', '--host', 'agents'], {
        env: {...env, KILL_AT: String(at)},
      })
      const [listed] = here.list()
      const states = listed?.installed.map(({state}) => state)
      if (code === 0) {
        expect(states).to.deep.equal(['current'])
        expect(at).to.be.greaterThan(8)
        break
      }
      expect(states?.join(), `killed at ${at}`).to.be.oneOf(['', 'current', 'outdated'])
    }
    const hidden = (await readdir(dirname(join(stage.home, folder)))).filter((name) =>
      name.startsWith('.'),
    )
    expect(hidden).not.to.have.length(0)
    for (const name of hidden) expect(name).to.match(/^\.mogplex-auth\.[\w-]{36}\.(old|tmp)$/)
  })

  it('leaves a folder that it did not create, and a link, whatever is in them', async () => {
    const [ours, theirs] = USUAL.map((folder) => join(stage.home, folder))
    await put(join(theirs ?? '', 'SKILL.md'), 'theirs')
    await mkdir(dirname(ours ?? ''), {recursive: true})
    await symlink(theirs ?? '', ours ?? '')
    const install = await skills('install --json')
    expectExit(install, 1)
    const [folder, link] = jsonLines(install) as {action: string; why: string}[]
    expect(link?.action).to.equal('left')
    expect(link?.why).to.include('link')
    expect(folder?.action).to.equal('left')
    expect(folder?.why).to.include('mogplex')
    expectExit(await skills('remove --force'), 0)
    expect(await readFile(join(theirs ?? '', 'SKILL.md'), 'utf8')).to.equal('theirs')
    const removal = await skills('remove mogplex-auth --json')
    expectExit(removal, 1)
    expect(jsonLines(removal)).to.have.length(2)
  })

  it('treats a link to its own copy as that copy', async () => {
    const [ours = '', link = ''] = USUAL.map((folder) => join(stage.home, folder))
    await mkdir(dirname(link), {recursive: true})
    await symlink(ours, link)
    const plan = await skills('install --dry-run --json')
    const install = await skills('install --json')
    for (const result of [plan, install]) {
      expectExit(result, 0)
      const outcomes = jsonLines(result) as {action: string; path: string}[]
      expect(outcomes.map(({action}) => action)).to.deep.equal(['installed', 'unchanged'])
      expect(outcomes.map(({path}) => path)).to.deep.equal([ours, link])
    }
    expect((await skills('')).stdout).to.include('~/.claude/skills/mogplex-auth\n')
    expectExit(await skills('remove'), 0)
    expect(await readlink(link)).to.equal(ours)
  })

  it('installs into the project of the current folder, and never through a link out of it', async () => {
    const project = join(stage.home, 'work')
    await mkdir(join(project, '.git'), {recursive: true})
    await mkdir(join(project, 'deep', 'down'), {recursive: true})
    await mkdir(join(stage.home, 'elsewhere'))
    await symlink('../elsewhere', join(project, '.claude'))
    const below = join(project, 'deep', 'down')
    const install = await skills('install --project mogplex-auth --json', below)
    expectExit(install, 1)
    const outcomes = jsonLines(install) as {action: string}[]
    expect(outcomes.map(({action}) => action)).to.have.members(['installed', 'left'])
    const files = await listFiles(stage.home)
    expect(files.filter((file) => file.endsWith('SKILL.md'))).to.deep.equal([
      'work/.agents/skills/mogplex-auth/SKILL.md',
    ])
    expect((await skills('', project)).stdout).to.include('~/work/.agents/skills/mogplex-auth')
    expect((await skills('')).stdout).to.include('nowhere')
    expectExit(await skills('install --project --host copilot', project), 0)
    expect(await listFiles(join(project, '.github'))).to.include('skills/mogplex-auth/SKILL.md')
    const removal = await skills('remove --project', project)
    expect(removal.stdout.match(/^ {2}removed /gm)).to.have.length(2)
  })

  it('reports what it does not understand, and does nothing', async () => {
    expect(jsonErrorOf(await skills('install mogplex-auth nope --json'))).to.include({
      code: 'UNKNOWN_SKILL',
      exitCode: 2,
    })
    expect(jsonErrorOf(await skills('remove ../x --force --json')).exitCode).to.equal(2)
    expectExit(await skills('install --host emacs'), 2)
    const both = jsonErrorOf(await skills('install --user --project --json'))
    expect(both).to.include({exitCode: 2, remedy: 'Run `mogplex skills install --help`.'})
    expect(await listFiles(stage.home)).to.deep.equal([])
  })

  it('includes the skills of linked plugins, and reports unusable ones', async () => {
    const plugin = join(stage.home, 'a-plugin')
    await put(
      join(plugin, 'package.json'),
      JSON.stringify({
        name: 'a-plugin',
        version: '2.0.0', // no settings for oclif: it has no command
        mogplex: {kit: 1, skills: ['./skills', 'broken', '../out', 'x/mogplex-auth']},
      }),
    )
    const text =
      '---\nname: notes\ndescription: Takes notes.\nallowed-tools: Bash(ls:*)\n---\n# Notes\n'
    await put(join(plugin, 'skills/notes/SKILL.md'), text)
    await put(join(plugin, 'broken/SKILL.md'), '# No frontmatter')
    await put(join(plugin, 'x/mogplex-auth/SKILL.md'), text.replace('notes', 'mogplex-auth'))
    expectExit(await stage.run(['plugins', 'link', '--no-install', plugin]), 0)

    const listed = jsonLines(await skills('--json')) as {name: string; problems: string[]}[]
    const problems = listed.map(({name, problems: [first = '']}) => `${name} ${first}`.trim())
    const wanted = [/^mogplex-auth$/, /^notes$/, /^a-plugin .*"\.\.\/out"/]
    wanted.push(/^broken .*frontmatter/, /^mogplex-auth .*@mogplex\/plugin-auth-skill/)
    expect(problems).to.have.length(wanted.length)
    for (const [index, pattern] of wanted.entries()) expect(problems[index]).to.match(pattern)
    const all = await skills('install --json --host agents')
    expectExit(all, 0)
    const outcomes = jsonLines(all) as {skill: string; action: string; why?: string}[]
    expect(outcomes.map(({skill, action}) => `${skill} ${action}`)).to.deep.equal([
      'mogplex-auth installed',
      'notes skipped',
      'a-plugin skipped',
      'broken skipped',
      'mogplex-auth skipped',
    ])
    expect(outcomes[1]?.why).to.include('mogplex skills install notes')
    const install = await skills('install notes --host gemini')
    expectExit(install, 0)
    expect(install.stdout).to.include('Bash(ls:*)')
    expect(await readFile(join(stage.home, '.gemini/skills/notes/SKILL.md'), 'utf8')).to.equal(text)

    expectExit(await stage.run(['plugins', 'unlink', 'a-plugin']), 0)
    const removal = await skills('remove notes')
    expectExit(removal, 0)
    expect(removal.stdout).to.match(/^notes, a-plugin 2\.0\.0\n {2}removed /)
  })

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(path), {recursive: true})
    await writeFile(path, text)
  }
})
