import {expect} from 'chai'
import {chmod, mkdir, readFile, rename, rm, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {expectExit, jsonErrorOf, jsonLines, jsonOf} from '../support/answers.js'
import {putPlugins} from '../support/put-plugins.js'
import {addressOn, setStage} from '../support/sign-in-stage.js'
import {listStored} from '../support/temporary-home.js'

const ADA = 'ada@example.test'
const GRACE = 'grace@example.test'

describe('mogplex profiles', function () {
  this.timeout(90_000)
  const stage = setStage()
  const who = async (args: readonly string[] = [], options: {cwd?: string; env?: object} = {}) => {
    const {env, ...rest} = options
    const result = await stage.run(['whoami', '--json', ...args], {
      ...rest,
      env: {...(env as Record<string, string> | undefined)},
    })
    const {account, error} = jsonOf(result) as {
      account?: {email: string}
      error?: {code: string}
    }
    return account?.email ?? error?.code
  }
  const folder = async (...parts: string[]) => {
    const path = join(stage.home, ...parts)
    await mkdir(path, {recursive: true})
    return path
  }
  const remembered = () => join(stage.home, '.mogplex', 'profiles.json')

  it('chooses by flag, variable, nearest pin, the current one and default, in this order', async () => {
    await stage.putLogin(GRACE)
    for (const name of ['a', 'b', 'c', 'd']) await stage.putProfile(name, ADA)
    const [repo, below] = [await folder('repo'), await folder('repo', 'src', 'deep')]
    const used = async (args: readonly string[], cwd: string, env = {}) => {
      const result = await stage.run(['whoami', '--json', ...args], {cwd, env})
      const {profile, account} = jsonOf(result) as {
        profile: {name: string}
        account: {email: string; source: {path: string}}
      }
      const {name} = profile
      expect(account.email).to.equal(name === 'default' ? GRACE : ADA)
      const folders = name === 'default' ? '.mogplex' : `profiles/${name}`
      expect(account.source.path.endsWith(`${folders}/auth.json`)).to.equal(true)
      return name
    }
    expect(await used([], below)).to.equal('default')
    expectExit(await stage.run(['profiles', 'use', 'd']), 0)
    expect(await used([], below)).to.equal('d')
    expectExit(await stage.run(['profiles', 'pin', 'c'], {cwd: repo}), 0)
    expect(await used([], below)).to.equal('c')
    expect(await used([], stage.home)).to.equal('d')
    expect(await used([], below, {MOGPLEX_PROFILE: 'b'})).to.equal('b')
    expect(await used(['--profile', 'a'], below, {MOGPLEX_PROFILE: 'b'})).to.equal('a')
    expect(await used(['--profile', 'default'], below, {MOGPLEX_PROFILE: 'b'})).to.equal('default')
    expect(await used([], below, {MOGPLEX_PROFILE: 'default'})).to.equal('default')
  })

  it('lists each account, signed in or not, and which profile is in use and why', async () => {
    await stage.putProfile('home', GRACE)
    await stage.putProfile('work', ADA)
    expectExit(await stage.run(['logout', '--profile', 'work']), 0)
    const repo = await folder('repo')
    expectExit(await stage.run(['profiles', 'pin', 'work'], {cwd: repo}), 0)
    const lines = jsonLines(await stage.run(['profiles', 'list', '--json'], {cwd: repo}))
    expect(lines).to.have.length(3)
    expect(lines[1]).to.deep.include({profile: 'home', signedIn: true, inUse: false, pinnedTo: []})
    expect(lines[2]).to.deep.include({
      profile: 'work',
      issuer: stage.cloud.url,
      signedIn: false,
      pinnedTo: [repo],
      current: false,
      inUse: true,
      source: {type: 'pin', folder: repo},
    })
    const {stdout} = await stage.run(['profiles'], {cwd: repo})
    expect(stdout).to.match(
      /^work +ada@example\.test, signed out +127\S+ +~\/repo +pinned to ~\/repo$/m,
    )
  })

  it('names what outranks a choice', async () => {
    await stage.putProfile('work')
    const result = await stage.run(['profiles', 'use', 'work'], {env: {MOGPLEX_PROFILE: 'home'}})
    expectExit(result, 0)
    expect(result.stderr).to.equal(
      'The profile in use here is home, from MOGPLEX_PROFILE: `unset MOGPLEX_PROFILE` ends that.\n',
    )
  })

  it('rejects profiles without a login, and creates none', async () => {
    for (const args of [
      ['use', 'work'],
      ['pin', 'work'],
      ['remove', 'work'],
    ]) {
      const error = jsonErrorOf(await stage.run(['profiles', ...args, '--json']))
      expect(error).to.include({code: 'NO_SUCH_PROFILE', exitCode: 64})
    }
    for (const args of [
      ['whoami'],
      ['logout'],
      ['models', '--refresh'],
      ['mcp'],
      ['--prompt', 'x'],
    ]) {
      await stage.run([...args, '--profile', 'work'], {env: {OPENAI_API_KEY: ''}})
    }
    expect(await listStored(stage.home)).to.deep.equal([])
  })

  for (const name of [
    '',
    '.',
    '..',
    'a.b',
    '../default',
    'a/b',
    '/etc',
    'Work',
    'x'.repeat(33),
    'nul',
    'com1',
    '-x',
    'ä',
    'a b',
  ]) {
    it(`rejects the name ${JSON.stringify(name)} everywhere`, async () => {
      for (const [args, env] of [
        [[`--profile=${name}`, 'whoami'], {}],
        [['whoami', `--profile=${name}`], {}],
        [['logout'], {MOGPLEX_PROFILE: name}],
        [['profiles', 'use', '--', name], {}],
        [['profiles', 'remove', '--', name], {}],
      ] as const) {
        if (name === '' && 'MOGPLEX_PROFILE' in env) continue // unset
        const result = await stage.run(args, {env})
        expectExit(result, 2)
      }
      expect(await listStored(stage.home)).to.deep.equal([])
    })
  }

  it('removes one with a receipt, and uses no other in its place', async () => {
    await stage.putLogin(GRACE)
    await stage.putProfile('work')
    const repo = await folder('repo')
    expectExit(await stage.run(['profiles', 'pin', 'work'], {cwd: repo}), 0)
    const result = await stage.run(['profiles', 'remove', 'work'])
    expectExit(result, 0)
    expect(result.stdout).to.match(
      /^Signed out of Mogplex: ada@example\.test[\s\S]*The profile work is removed\./,
    )
    expect(result.stdout).to.include('Nobody acts in ~/repo: `mogplex profiles unpin ~/repo`.')
    expect(await listStored(stage.home)).to.deep.equal([
      '.mogplex/auth.json',
      '.mogplex/profiles.json',
    ])
    expect(await who([], {cwd: repo})).to.equal('NOT_LOGGED_IN')
    expectExit(await stage.run(['profiles', 'unpin', repo]), 0)
    expect(await who([], {cwd: repo})).to.equal(GRACE)
  })

  it('keeps foreign files of a folder that it removes', async () => {
    const login = await stage.putProfile('work')
    const path = join(stage.profile('work'), 'auth.json')
    await writeFile(path, JSON.stringify({mogplex: login, 'somebody-else': {kept: true}}))
    await writeFile(join(stage.profile('work'), 'notes.txt'), 'mine')
    const {keptAside} = jsonOf(await stage.run(['profiles', 'remove', 'work', '--json']))
    expect(keptAside)
      .to.be.a('string')
      .and.match(/profiles\/work\.removed-/)
    expect(await readFile(join(String(keptAside), 'notes.txt'), 'utf8')).to.equal('mine')
    expect(await readFile(join(String(keptAside), 'auth.json'), 'utf8')).to.include('somebody-else')
    expect(jsonLines(await stage.run(['profiles', '--json']))).to.have.length(1)
  })

  it('does not remove default', async () => {
    await stage.putLogin()
    const before = await stage.authText()
    expectExit(await stage.run(['profiles', 'remove', 'default']), 2)
    expect(await stage.authText()).to.equal(before)
  })

  it('leaves the other profiles byte for byte, when one is signed out, and their tokens valid', async () => {
    await stage.putLogin()
    const [home] = [await stage.putProfile('home'), await stage.putProfile('work')]
    const read = async () => [
      await stage.authText(),
      await readFile(join(stage.profile('home'), 'auth.json'), 'utf8'),
    ]
    const before = await read()
    expectExit(await stage.run(['logout', '--all', '--profile', 'work']), 0)
    expect(await read()).to.deep.equal(before)
    expectExit(await stage.run(['whoami', '--verify', '--profile', 'home']), 0)
    expect(home.accessToken).not.to.equal('')
  })

  it('changes no byte of a home of today', async () => {
    await stage.putLogin()
    const before = await stage.authText()
    const files = await listStored(stage.home)
    expectExit(await stage.run(['whoami']), 0)
    expectExit(await stage.run(['profiles']), 0)
    expectExit(await stage.run(['whoami', '--profile', 'default']), 0)
    expect((await stage.run(['whoami'])).stdout).not.to.include('profile')
    expect(await stage.authText()).to.equal(before)
    expect(await listStored(stage.home)).to.deep.equal(files)
  })

  it("knows the secrets of every profile when it verifies the logs, and names each log's profile", async () => {
    const login = await stage.putProfile('work')
    await stage.putProfile('home', GRACE)
    expectExit(await stage.run(['models', '--refresh', '--profile', 'home']), 0)
    const logs = join(stage.home, '.mogplex', 'logs')
    const [log = ''] = await listStored(logs)
    const text = await readFile(join(logs, log), 'utf8')
    expect(text).to.include('"profile":"home"')
    await writeFile(join(logs, log), `${text}{"leak":"${login.refreshToken ?? ''}"}\n`)
    expectExit(await stage.run(['logs', 'verify']), 1)
    await writeFile(join(logs, log), text)
    expectExit(await stage.run(['logs', 'verify']), 0)
  })

  describe('in a foreign checkout', () => {
    it('is not selected by any file, link, worktree or environment file of it', async () => {
      await stage.putLogin(ADA)
      await stage.putProfile('work', GRACE)
      const repo = await folder('repo')
      await folder('repo', '.git', 'modules', 'sub')
      await folder('repo', '.mogplex', 'profiles', 'work')
      await folder('repo', 'profiles', 'work')
      const pins = JSON.stringify({current: 'work', pins: {[repo]: 'work', [stage.home]: 'work'}})
      for (const [file, text] of [
        ['.env', 'MOGPLEX_PROFILE=work\n'],
        ['.envrc', 'export MOGPLEX_PROFILE=work\n'],
        ['.mogplex/profiles.json', pins],
        ['profiles.json', pins],
        ['mogplex.json', pins],
        ['.mogplexrc', 'profile=work\n'],
        ['.npmrc', 'profile=work\n'],
        ['package.json', '{"mogplex": {"profile": "work"}}'],
        ['.git/config', '[mogplex]\n\tprofile = work\n'],
        ['.gitmodules', '[submodule "sub"]\n\tpath = sub\n'],
      ] as const) {
        await writeFile(join(repo, file), text)
      }
      await symlink(stage.profile('work'), join(repo, 'link'))
      for (const cwd of [repo, join(repo, '.mogplex'), join(repo, 'link')]) {
        expect(await who([], {cwd}), cwd).to.equal(ADA)
      }
    })

    it('does not get the pin of a folder that a link in it leads to, nor by the path of a link', async () => {
      await stage.putLogin(ADA)
      await stage.putProfile('work', GRACE)
      const [pinned, other] = [await folder('pinned'), await folder('other')]
      expectExit(await stage.run(['profiles', 'pin', 'work'], {cwd: pinned}), 0)
      // A user in the linked folder is in the pinned folder.
      await symlink(pinned, join(other, 'link'))
      expect(await who([], {cwd: join(other, 'link')})).to.equal(GRACE)
      expect(await who([], {cwd: other})).to.equal(ADA)
      // In place of the folder, there is now a link to another one.
      await rename(pinned, join(stage.home, 'moved'))
      await symlink(other, pinned)
      expect(await who([], {cwd: pinned})).to.equal(ADA)
      expect(await who([], {cwd: pinned, env: {PWD: pinned}})).to.equal(ADA)
      expect(await who([], {cwd: join(stage.home, 'moved')})).to.equal(ADA)
    })
  })

  describe('with damaged or replaced files', () => {
    for (const text of [
      '{',
      '[]',
      '{"current": "../x"}',
      '{"pins": {"/": 1}}',
      '\0',
      'x'.repeat(2e6),
    ]) {
      it(`reports that profiles.json is broken, and keeps it: ${JSON.stringify(text.slice(0, 20))}`, async () => {
        await stage.putLogin(ADA)
        await stage.putProfile('work', GRACE)
        await writeFile(remembered(), text)
        const result = await stage.run(['whoami'])
        expectExit(result, 0)
        expect(result.stdout).to.match(/^ada@example\.test/)
        expect(result.stderr).to.match(
          /profiles\.json (?:is broken|is larger than 1 MB)[\s\S]*[Ii]ts pins are ignored\.\n$/,
        )
        expect(await readFile(remembered(), 'utf8')).to.equal(text)
      })
    }

    it('saves a broken profiles.json beside the new one', async () => {
      await stage.putProfile('work')
      await writeFile(remembered(), '{"current":')
      expectExit(await stage.run(['profiles', 'use', 'work']), 0)
      const files = await listStored(stage.home)
      const [kept = ''] = files.filter((path) => path.includes('profiles.json.broken-'))
      expect(await readFile(join(stage.home, kept), 'utf8')).to.equal('{"current":')
    })

    it('follows no link in the place of profiles.json, of the folder, or of all of them', async () => {
      await stage.putLogin(ADA)
      await stage.putProfile('work', GRACE)
      const elsewhere = await folder('elsewhere')
      await writeFile(join(elsewhere, 'pins'), '{"current": "work"}')
      await symlink(join(elsewhere, 'pins'), remembered())
      expect(await who()).to.equal(ADA)
      const work = stage.profile('work')
      await rename(work, join(elsewhere, 'work'))
      await symlink(join(elsewhere, 'work'), work)
      for (const args of [
        ['whoami'],
        ['logout'],
        ['login', '--no-browser'],
        ['models', '--refresh'],
      ]) {
        const result = await stage.run([...args, '--profile', 'work'])
        expectExit(result, 1)
        expect(result.stderr).to.match(/profiles\/work is a symbolic link, not a folder\./)
      }
      const profiles = join(work, '..')
      await rm(work)
      await rename(profiles, join(elsewhere, 'all'))
      await rename(join(elsewhere, 'work'), join(elsewhere, 'all', 'work'))
      await symlink(join(elsewhere, 'all'), profiles)
      expectExit(await stage.run(['whoami', '--profile', 'work']), 1)
      expect(await readFile(join(elsewhere, 'all', 'work', 'auth.json'), 'utf8')).to.include(GRACE)
    })

    it('refuses a file in the place of the folder', async () => {
      await folder('.mogplex', 'profiles')
      await writeFile(stage.profile('work'), 'x')
      const result = await stage.run(['whoami', '--profile', 'work'])
      expectExit(result, 1)
      expect(result.stderr).to.include('is a file, not a folder')
    })

    it('reports before anybody signs in that the folder is read-only', async function () {
      if (process.geteuid?.() === 0) this.skip()
      await stage.putProfile('work')
      await chmod(stage.profile('work'), 0o500)
      const result = await stage.run(['login', '--no-browser', '--profile', 'work'])
      await chmod(stage.profile('work'), 0o700)
      expectExit(result, 1)
    })
  })

  it('has none under CODEX_HOME, and says so', async () => {
    const codex = await folder('codex')
    const env = {CODEX_HOME: codex}
    for (const args of [
      ['whoami', '--profile', 'work'],
      ['profiles', 'use', 'work'],
      ['profiles', 'pin', 'default'],
      ['profiles', 'unpin'],
      ['login', '--no-browser', '--profile', 'work'],
    ]) {
      const error = jsonErrorOf(await stage.run([...args, '--json'], {env}))
      expect(error, args.join(' ')).to.include({code: 'NO_PROFILES_HERE', exitCode: 2})
    }
    expectExit(await stage.run(['logout'], {env: {...env, MOGPLEX_PROFILE: 'work'}}), 2)
    expectExit(await stage.run(['whoami', '--profile', 'default'], {env}), 64)
    const list = await stage.run(['profiles'], {env})
    expectExit(list, 0)
    expect(list.stderr).to.include('CODEX_HOME has no profiles')
  })

  it("leaves a plugin's own --profile to it, and reads ours from before its command", async () => {
    await stage.putLogin(ADA)
    await stage.putProfile('work', GRACE)
    const plugins = {
      deploys: {
        'package.json': {type: 'commonjs', oclif: {commands: './commands'}},
        'commands/deploy.js': `
          const {Command, Flags} = require('@oclif/core')
          module.exports = class extends Command {
            static flags = {profile: Flags.string({helpValue: 'NAME'})}
            async run() {
              const {flags} = await this.parse(this.constructor)
              const {successes} = await this.config.runHook('mogplex:session', {plugin: 'deploys'})
              const session = successes.find(({plugin}) => plugin.name === '@mogplex/cli').result
              const {account, profile} = await session.identity()
              console.log(flags.profile + ' ' + account.email + ' ' + (profile && profile.name))
            }
          }`,
      },
    }
    await putPlugins(stage, plugins, {modules: true})
    const said = async (...args: string[]) => (await stage.run(args)).stdout.trim()
    expect(await said('deploy', '--profile', 'prod')).to.equal(`prod ${ADA} default`)
    expect(await said('--profile', 'work', 'deploy', '--profile', 'prod')).to.equal(
      `prod ${GRACE} work`,
    )
    expect(await said('--profile', 'work', 'deploy')).to.equal(`undefined ${GRACE} work`)
  })

  it('refuses the refresh of a process whose profile is removed meanwhile, and never recreates it', async () => {
    await stage.putProfile('work')
    await stage.cloud.expireAccessTokens()
    const path = join(stage.profile('work'), 'auth.json')
    const text = await readFile(path, 'utf8')
    await writeFile(
      path,
      text.replace(/"expiresAt": "[^"]+"/, '"expiresAt": "2020-01-01T00:00:00.000Z"'),
    )
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    let isAsked = (): void => undefined
    const asked = new Promise<void>((resolve) => (isAsked = resolve))
    stage.intercept(async ({url, method}) => {
      if (method !== 'POST' || !url.endsWith('/token')) return undefined
      isAsked()
      await held
      return undefined
    })
    const runner = stage.start(['whoami', '--verify', '--profile', 'work'])
    await asked
    const removal = stage.start(['profiles', 'remove', 'work'])
    await removal.waitFor('', 'stdout')
    release()
    expectExit(await runner.exit, 0)
    expectExit(await removal.exit, 0)
    expect(await listStored(stage.home)).to.deep.equal([])
    expect(await who(['--profile', 'work'])).to.equal('NOT_LOGGED_IN')
  })

  it('signs in to a profile while it is removed, and ends in one or the other state', async () => {
    await stage.putProfile('work')
    const cli = stage.start(['login', '--no-browser', '--profile', 'work'])
    const address = await addressOn(cli)
    expectExit(await stage.run(['profiles', 'remove', 'work']), 0)
    await stage.cloud.browser(GRACE).visit(address)
    expectExit(await cli.exit, 0)
    expect(await who(['--profile', 'work'])).to.equal(GRACE)
  })
})
