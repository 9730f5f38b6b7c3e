import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {chmod, mkdir, readFile, stat, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {AGENT_HOSTS} from '../../src/domain/mcp/agent-hosts.js'
import {expectExit, jsonOf} from '../support/answers.js'
import {setStage} from '../support/sign-in-stage.js'

describe('mogplex mcp install and remove', () => {
  const stage = setStage()
  let path: string
  beforeEach(() => {
    path = join(stage.home, '.cursor', 'mcp.json')
  })

  async function mcp(...words: string[]) {
    return stage.run(['mcp', ...words])
  }

  for (const {id} of AGENT_HOSTS) {
    it(`add one entry to the file of ${id}, without a secret, and remove it`, async () => {
      const {accessToken} = await stage.putLogin()
      const added = await mcp('install', '--host', id, '--json')
      expectExit(added, 0)
      const {path: file, ...rest} = jsonOf(added) as {path: string}
      expect(rest).to.deep.equal({host: id, action: 'added', dryRun: false})
      const text = await readFile(file, 'utf8')
      expect(text).to.include('mogplex').and.not.to.include(accessToken)
      expect(jsonOf(await mcp('install', '--host', id, '--json'))).to.include({action: 'unchanged'})
      expect(await readFile(file, 'utf8')).to.equal(text)
      const readOnly = await mcp('install', '--host', id, '--read-only', '--json')
      expect(jsonOf(readOnly)).to.include({action: 'replaced'})
      expect(jsonOf(await mcp('remove', '--host', id, '--json'))).to.include({action: 'removed'})
      expect(jsonOf(await mcp('remove', '--host', id, '--json'))).to.include({action: 'absent'})
    })
  }

  it('show the entry, and write nothing, with --dry-run', async () => {
    const result = await mcp('install', '--host', 'cursor', '--dry-run')
    expectExit(result, 0)
    const [said, entry = ''] = result.stdout.split('\n\n')
    expect(said).to.equal('It would be added to ~/.cursor/mcp.json:')
    expect(existsSync(path)).to.equal(false)
    expectExit(await mcp('install', '--host', 'cursor'), 0)
    expect(await readFile(path, 'utf8')).to.equal(entry)
    const removed = await mcp('remove', '--host', 'cursor', '--dry-run')
    expect(removed.stdout).to.equal('It would be removed from ~/.cursor/mcp.json.\n')
    expect(await readFile(path, 'utf8')).to.equal(entry)
  })

  it('leave an edited entry, without --force', async () => {
    await mkdir(join(stage.home, '.cursor'))
    const text = '{"mcpServers": {"mogplex": {"command": "mine"}}}'
    await writeFile(path, text)
    for (const verb of ['install', 'remove']) {
      const result = await mcp(verb, '--host', 'cursor')
      expectExit(result, 1)
      expect(result.stderr).to.include('has been edited').and.to.include('--force')
      expect(await readFile(path, 'utf8')).to.equal(text)
    }
    expectExit(await mcp('install', '--host', 'cursor', '--force'), 0)
    expect(await readFile(path, 'utf8')).to.include('"connect"')
  })

  it('find the file of Codex through CODEX_HOME', async () => {
    const folder = join(stage.home, 'elsewhere')
    await mkdir(folder, {mode: 0o700})
    const env = {CODEX_HOME: folder, MOGPLEX_HOME: join(stage.home, '.mogplex')}
    expectExit(await stage.run(['mcp', 'install', '--host', 'codex'], {env}), 0)
    expect(await readFile(join(folder, 'config.toml'), 'utf8')).to.include('[mcp_servers.mogplex]')
  })

  it('follow a link, and keep the mode of the file', async () => {
    await mkdir(join(stage.home, '.cursor'))
    const real = join(stage.home, 'dotfiles.json')
    await writeFile(real, '{}\n')
    await chmod(real, 0o640)
    await symlink(real, path)
    expectExit(await mcp('install', '--host', 'cursor'), 0)
    expect(await readFile(real, 'utf8')).to.include('mogplex')
    expect((await stat(real)).mode & 0o777).to.equal(0o640)
  })

  it('keep what Claude Code writes with its own command, which only adds an empty env', async () => {
    const claude = join(stage.home, '.claude.json')
    const entry = {type: 'stdio', command: 'mogplex', args: ['mcp', 'connect'], env: {}}
    const text = JSON.stringify({numStartups: 1, mcpServers: {mogplex: entry}}, undefined, 2)
    await writeFile(claude, text)
    const result = await mcp('install', '--host', 'claude-code', '--json')
    expect(jsonOf(result)).to.include({action: 'unchanged'})
    expect(await readFile(claude, 'utf8')).to.equal(text)
    expectExit(await mcp('remove', '--host', 'claude-code'), 0)
    expect(JSON.parse(await readFile(claude, 'utf8'))).to.deep.equal({numStartups: 1})
  })

  it('change only the entry in a file of 10 MB', async () => {
    await mkdir(join(stage.home, '.cursor'))
    const text = `{\n  "mcpServers": {\n    "a": {}\n  },\n  "big": "${'x'.repeat(10_000_000)}"\n}\n`
    await writeFile(path, text)
    expectExit(await mcp('install', '--host', 'cursor'), 0)
    expect((await stat(path)).size).to.be.above(text.length)
    expectExit(await mcp('remove', '--host', 'cursor'), 0)
    expect((await readFile(path, 'utf8')) === text).to.equal(true)
  })

  it('name the profile to use', async () => {
    await stage.putProfile('work', 'grace@example.test')
    expectExit(await stage.run(['--profile', 'work', 'mcp', 'install', '--host', 'cursor']), 0)
    expect(await readFile(path, 'utf8')).to.match(/"--profile",\s*"work",\s*"mcp"/)
  })

  it('report a broken file, and leave it', async () => {
    await mkdir(join(stage.home, '.cursor'))
    await writeFile(path, '{"mcpServers": ')
    const result = await mcp('install', '--host', 'cursor')
    expectExit(result, 1)
    expect(result.stderr).to.include('Cursor could not read')
    expect(await readFile(path, 'utf8')).to.equal('{"mcpServers": ')
  })
})
