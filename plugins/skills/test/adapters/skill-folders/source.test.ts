import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {readSkillSource, skillFoldersIn} from '../../../src/adapters/skill-folders/source.js'
import {temporaryHome} from '../../../../../test/support/temporary-home.js'

const GOOD =
  '---\nname: good\ndescription: What, and when.\nmetadata:\n  version: 1.0\nallowed-tools: Bash(git status:*) Read\n---\n# Good\n'

describe('readSkillSource', () => {
  let root: string

  beforeEach(async () => {
    root = join(await temporaryHome(), 'plugin')
    await put('skills/good/SKILL.md', GOOD)
  })

  it('reads a skill with all of its files', async () => {
    await put('skills/good/references/more.md', 'more')
    await put('skills/good/.DS_Store', 'of a file manager')
    const {files, description, allowedTools, problems} = await readSkillSource(root, 'skills/good')
    expect(problems).to.deep.equal([])
    expect(allowedTools).to.deep.equal(['Bash(git status:*)', 'Read'])
    expect(description).to.equal('What, and when.')
    expect([...files.keys()]).to.deep.equal(['SKILL.md', 'references/more.md'])
    expect(Buffer.from(files.get('references/more.md') ?? []).toString()).to.equal('more')
  })

  it('finds a folder of a skill, and those in a folder of skills', async () => {
    await put('skills/another/SKILL.md', GOOD)
    await put('skills/notes/README.md', 'no skill')
    await put('more/small/Skill.md', GOOD)
    expect(skillFoldersIn(root, 'more')).to.deep.equal(['more/small'])
    expect(skillFoldersIn(root, 'skills/good')).to.deep.equal(['skills/good'])
    expect(skillFoldersIn(root, 'skills')).to.deep.equal(['skills/another', 'skills/good'])
    for (const without of ['skills/notes', 'none']) {
      expect(skillFoldersIn(root, without)).to.deep.equal([without])
    }
  })

  it('reads it in a plugin that is linked', async () => {
    await symlink(root, `${root}-link`)
    expect((await readSkillSource(`${root}-link`, 'skills/good')).problems).to.deep.equal([])
  })

  for (const [what, change, said, folder = 'skills/good'] of [
    ['no folder', () => Promise.resolve(), 'cannot be read', 'skills/none'],
    ['no SKILL.md', () => put('skills/bare/a.md', 'a'), 'no SKILL.md', 'skills/bare'],
    [
      'a SKILL.md that is misspelt',
      () => put('skills/small/skill.md', GOOD),
      'hosts look for SKILL.md, and its file is skill.md: rename it',
      'skills/small',
    ],
    ['no frontmatter', () => put('skills/good/SKILL.md', '# Good'), 'frontmatter'],
    ['broken YAML', () => put('skills/good/SKILL.md', '---\na: [\n---\n'), 'not valid YAML'],
    ['a key twice', () => put('skills/good/SKILL.md', '---\na: b\na: c\n---\n'), 'not valid YAML'],
    [
      'aliases',
      () => put('skills/good/SKILL.md', '---\na: &a b\nc: *a\n---\n'),
      'frontmatter uses aliases',
    ],
    [
      'frontmatter that breaks the rules',
      () => put('skills/other/SKILL.md', GOOD),
      'its folder',
      'skills/other',
    ],
    ['a link', () => symlink('/etc/hosts', join(root, 'skills/good/hosts')), 'not a plain file'],
    [
      'a link to a folder',
      () => symlink('/etc', join(root, 'skills/good/etc')),
      'not a plain file',
    ],
    ['a pipe', () => makePipe('skills/good/pipe'), 'not a plain file'],
    [
      'a pipe for a SKILL.md',
      () => makePipe('skills/odd/SKILL.md'),
      'not a plain file',
      'skills/odd',
    ],
    ['a record', () => put('skills/good/.mogplex-skill.json', '{}'), 'ours to write'],
    ['too much', () => put('skills/good/big.bin', 'x'.repeat(3 * 1024 * 1024)), 'too big'],
  ] as readonly [string, () => Promise<void>, string, string?][]) {
    it(`says why it is unusable with ${what}`, async () => {
      await change()
      const {problems} = await readSkillSource(root, folder)
      expect(problems.join()).to.include(said)
    })
  }

  it('refuses links that lead out of the plugin', async () => {
    await put('../elsewhere/good/SKILL.md', GOOD)
    await symlink(join(root, '../elsewhere/good'), join(root, 'skills/linked'))
    const {files, problems} = await readSkillSource(root, 'skills/linked')
    expect(problems).to.deep.equal(['it leads out of the plugin'])
    expect(files.size).to.equal(0)
  })

  async function makePipe(path: string): Promise<void> {
    await mkdir(dirname(join(root, path)), {recursive: true})
    execFileSync('mkfifo', [join(root, path)])
  }

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), {recursive: true})
    await writeFile(join(root, path), text)
  }
})
