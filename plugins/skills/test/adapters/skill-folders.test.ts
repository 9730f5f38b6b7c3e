import {expect} from 'chai'
import {
  access,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {
  installSkill,
  ourSkillsIn,
  realFolder,
  removeSkill,
  skillFolderAt,
} from '../../src/adapters/skill-folders.js'
import {LocalFileError} from '../../src/domain/errors.js'
import {fingerprintsOf} from '../../src/domain/skill-record.js'
import {type ContributedSkill, standingOf} from '../../src/domain/skill-standing.js'
import {listFiles, temporaryHome} from '../../../../test/support/temporary-home.js'

describe('the folders of skills', () => {
  let base: string
  let path: string

  beforeEach(async () => {
    base = join(await temporaryHome(), '.agents', 'skills')
    path = join(base, 'my-skill')
  })

  const stateOf = (skill = makeSkill()): string => standingOf(skillFolderAt(path), skill).state
  const install = (skill = makeSkill()): void => installSkill(path, skill, skillFolderAt(path))

  it('get a skill with its record, and nothing beside it', async () => {
    expect(stateOf()).to.equal('absent')
    install()
    expect(await listFiles(base)).to.deep.equal([
      'my-skill/.mogplex-skill.json',
      'my-skill/SKILL.md',
      'my-skill/references/more.md',
    ])
    expect(await readdir(base)).to.deep.equal(['my-skill'])
    expect(stateOf()).to.equal('current')
    expect(ourSkillsIn(base)).to.deep.equal(['my-skill'])
  })

  it('contain nothing executable, and nothing that others may write', async () => {
    install()
    for (const file of await listFiles(base)) {
      expect((await stat(join(base, file))).mode & 0o133, file).to.equal(0)
    }
    expect((await stat(path)).mode & 0o022).to.equal(0)
  })

  it('respect the umask', async () => {
    const umask = process.umask(0o077)
    try {
      install()
    } finally {
      process.umask(umask)
    }
    expect((await stat(join(path, 'SKILL.md'))).mode & 0o777).to.equal(0o600)
    expect((await stat(path)).mode & 0o777).to.equal(0o700)
  })

  it('are replaced whole: a file that the new version lacks is removed', async () => {
    install()
    const next = makeSkill({'SKILL.md': 'next'})
    expect(stateOf(next)).to.equal('outdated')
    install(next)
    expect(await listFiles(path)).to.deep.equal(['.mogplex-skill.json', 'SKILL.md'])
    expect(stateOf(next)).to.equal('current')
  })

  for (const [what, edit] of [
    ['a file was changed', () => writeFile(join(path, 'SKILL.md'), 'mine')],
    ['a file was added', () => writeFile(join(path, 'notes.md'), 'mine')],
    ['a file was removed', () => rm(join(path, 'references/more.md'))],
    ['a file became a link', () => symlink('/etc/hosts', join(path, 'hosts'))],
  ] as const) {
    it(`show that they were edited when ${what}`, async () => {
      install()
      await edit()
      expect(stateOf()).to.equal('edited')
    })
  }

  it('ignore changes of line ends, and files of file managers', async () => {
    install(makeSkill({'SKILL.md': 'a\nb\n'}))
    await writeFile(join(path, 'SKILL.md'), 'a\r\nb\r\n')
    await writeFile(join(path, '.DS_Store'), 'x')
    expect(stateOf(makeSkill({'SKILL.md': 'a\nb\n'}))).to.equal('current')
  })

  it('are foreign without a record of that skill', async () => {
    await mkdir(path, {recursive: true})
    expect(stateOf()).to.equal('foreign')
    await writeFile(join(path, '.mogplex-skill.json'), '{"skill":"other"}')
    expect(stateOf()).to.equal('foreign')
    expect(ourSkillsIn(base)).to.deep.equal([])
    expect(ourSkillsIn(join(base, 'none'))).to.deep.equal([])
  })

  it('are refused where a link or a file is at their path', async () => {
    await mkdir(base, {recursive: true})
    await symlink(base, path)
    expect(stateOf()).to.equal('blocked')
    await rm(path)
    await writeFile(path, 'a file')
    expect(stateOf()).to.equal('blocked')
    path = join(path, 'below')
    expect(stateOf()).to.equal('blocked')
  })

  it('count as up to date where a link leads to our own copy, and are not removed there', async () => {
    install()
    const link = join(base, 'elsewhere', 'my-skill')
    await mkdir(dirname(link))
    await symlink('../my-skill', link)
    const found = skillFolderAt(link)
    expect(found).to.include({kind: 'link', target: realFolder(path)})
    expect(standingOf(found, makeSkill()).state).to.equal('current')
    expect(standingOf(found, undefined).state).to.equal('blocked')
    expect(ourSkillsIn(dirname(link))).to.deep.equal([])
    await writeFile(join(path, 'SKILL.md'), 'mine')
    expect(standingOf(skillFolderAt(link), makeSkill()).state).to.equal('blocked')
    expect(skillFolderAt(link, dirname(link)).kind).to.equal('in-the-way')
    await rm(path, {recursive: true})
    expect(skillFolderAt(link)).to.deep.equal({
      kind: 'link',
      target: realFolder(path),
      there: {kind: 'nothing'},
    })
  })

  it('are refused where a link leads out of the project, and accepted where it stays inside', async () => {
    const project = join(base, 'project')
    await mkdir(join(project, '.agents', 'skills'), {recursive: true})
    await symlink('.agents', join(project, '.claude'))
    await symlink(base, join(project, '.cursor'))
    const found = (folder: string) =>
      skillFolderAt(join(project, folder, 'skills', 'a'), project).kind
    expect(found('.claude')).to.equal('nothing')
    expect(found('.gemini')).to.equal('nothing')
    expect(found('.cursor')).to.equal('in-the-way')
    expect(realFolder(join(project, '.claude/skills'))).to.equal(join(project, '.agents/skills'))
    expect(realFolder(join(project, '.gemini/skills'))).to.equal(join(project, '.gemini/skills'))
  })

  it('keep edits made between the check and the swap', async () => {
    install()
    const found = skillFolderAt(path)
    await writeFile(join(path, 'SKILL.md'), 'mine, just now')
    const next = makeSkill({'SKILL.md': 'next'})
    expect(() => installSkill(path, next, found)).to.throw(LocalFileError, 'changed meanwhile')
    expect(() => removeSkill(path, found)).to.throw(LocalFileError, 'changed meanwhile')
    expect(await readFile(join(path, 'SKILL.md'), 'utf8')).to.equal('mine, just now')
    expect(await readdir(base)).to.deep.equal(['my-skill'])
  })

  it('keep files that were created between the check and the swap', async () => {
    const found = skillFolderAt(path)
    await mkdir(path, {recursive: true})
    await writeFile(join(path, 'SKILL.md'), 'theirs')
    expect(() => installSkill(path, makeSkill(), found)).to.throw(LocalFileError, 'meanwhile')
    expect(await readFile(join(path, 'SKILL.md'), 'utf8')).to.equal('theirs')
    expect(await readdir(base)).to.deep.equal(['my-skill'])
  })

  it('are removed whole, with nothing left beside them', async () => {
    install()
    removeSkill(path, skillFolderAt(path))
    expect(await readdir(base)).to.deep.equal([])
  })

  it('report an obstacle in a parent folder', async () => {
    await mkdir(dirname(base), {recursive: true})
    await symlink(join(dirname(base), 'no', 'where'), base)
    expect(() => install()).to.throw(
      LocalFileError,
      `${path} cannot be written: a part of its path`,
    )
    await rm(base)
    await writeFile(base, 'a file')
    const act = (): void => installSkill(path, makeSkill(), {kind: 'nothing'})
    expect(act).to.throw(LocalFileError, 'a part of its path is a file')
  })

  it('leave files of a concurrent install alone', async () => {
    await mkdir(base, {recursive: true})
    const name = '.my-skill.01234567-89ab-cdef-0123-456789abcdef.tmp'
    await mkdir(join(base, name))
    await utimes(join(base, name), 0, 0) // its ctime is the current time all the same
    install()
    await access(join(base, name))
  })
})

function makeSkill(
  texts: Record<string, string> = {'SKILL.md': 'text', 'references/more.md': 'more'},
): ContributedSkill {
  const files = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))
  return {
    name: 'my-skill',
    plugin: '@x/plugin',
    version: '1.0.0',
    description: 'What.',
    isOurs: true,
    allowedTools: [],
    files,
    fingerprints: fingerprintsOf(files),
  }
}
