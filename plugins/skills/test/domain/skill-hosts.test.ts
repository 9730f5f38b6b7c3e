import {expect} from 'chai'
import {readFile} from 'node:fs/promises'
import {join, normalize} from 'node:path'
import {SKILL_HOST_IDS, skillPlaces, USUAL_HOST_IDS} from '../../src/domain/skill-hosts.js'
import {projectRoot} from '../../../../test/support/cli-environment.js'

const READ_BY_MOST = ['Codex', 'GitHub Copilot', 'Cursor', 'Gemini CLI', 'OpenCode', 'Windsurf']

const withSlashes = (path: string): string => path.replaceAll('\\', '/')

describe('skillPlaces', () => {
  const user = {env: {}, scope: 'user', base: '/home/ada'} as const
  const project = {env: {}, scope: 'project', base: '/work/p'} as const
  const foldersOf = (...args: Parameters<typeof skillPlaces>): string[] =>
    skillPlaces(...args).map(({folder}) => withSlashes(folder))

  it('knows where each host looks, for the user and for a project', () => {
    expect(foldersOf(SKILL_HOST_IDS, user)).to.deep.equal([
      '/home/ada/.agents/skills',
      '/home/ada/.claude/skills',
      '/home/ada/.copilot/skills',
      '/home/ada/.cursor/skills',
      '/home/ada/.gemini/skills',
      '/home/ada/.config/opencode/skills',
      '/home/ada/.codeium/windsurf/skills',
    ])
    expect(foldersOf(SKILL_HOST_IDS, project)).to.deep.equal([
      '/work/p/.agents/skills',
      '/work/p/.claude/skills',
      '/work/p/.github/skills',
      '/work/p/.cursor/skills',
      '/work/p/.gemini/skills',
      '/work/p/.opencode/skills',
      '/work/p/.windsurf/skills',
    ])
  })

  it('reaches every host by the usual two folders, and names each of them once', () => {
    for (const where of [user, project]) {
      const readers = skillPlaces(USUAL_HOST_IDS, where).flatMap((place) => place.readers)
      expect(readers).to.deep.equal([...READ_BY_MOST, 'Claude Code'])
    }
  })

  it('names a folder once for two hosts that share it', () => {
    expect(skillPlaces(['codex', 'agents'], user)).to.deep.equal([
      {scope: 'user', folder: normalize('/home/ada/.agents/skills'), readers: READ_BY_MOST},
    ])
    expect(skillPlaces(['cursor'], project)).to.deep.equal([
      {scope: 'project', folder: normalize('/work/p/.cursor/skills'), readers: ['Cursor']},
    ])
  })

  it('uses CLAUDE_CONFIG_DIR for the user, where it is an absolute path', () => {
    const places = (CLAUDE_CONFIG_DIR: string, where: typeof project | typeof user) =>
      foldersOf(['claude-code'], {...where, env: {CLAUDE_CONFIG_DIR}})
    expect(places('/etc/claude', user)).to.deep.equal(['/etc/claude/skills'])
    expect(places('here', user)).to.deep.equal(['/home/ada/.claude/skills'])
    expect(places(' ', user)).to.deep.equal(['/home/ada/.claude/skills'])
    expect(places('/etc/claude', project)).to.deep.equal(['/work/p/.claude/skills'])
  })

  it('matches docs/skills.md', async () => {
    const page = await readFile(join(projectRoot, 'docs', 'skills.md'), 'utf8')
    for (const id of SKILL_HOST_IDS) {
      const [row] = page.split('\n').filter((line) => line.startsWith(`| \`${id}\``))
      const [inHome] = foldersOf([id], {...user, base: '~'})
      const [inProject] = foldersOf([id], {...project, base: '.'})
      expect(row, id).to.include(`\`${inHome}\``).and.to.include(`\`${inProject}\``)
    }
  })
})
