import {expect} from 'chai'
import {mkdir, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {projectRootOf} from '../../src/adapters/project-root.js'
import {temporaryHome} from '../../../../test/support/temporary-home.js'

describe('projectRootOf', () => {
  let home: string

  beforeEach(async () => {
    home = await temporaryHome()
    await mkdir(join(home, 'work', 'deep', 'down'), {recursive: true})
  })

  it('is the nearest parent with a .git, whether a folder or a file', async () => {
    await mkdir(join(home, 'work', '.git'))
    expect(projectRootOf(join(home, 'work', 'deep', 'down'), home)).to.equal(join(home, 'work'))
    await writeFile(join(home, 'work', 'deep', '.git'), 'gitdir: elsewhere\n')
    const inner = join(home, 'work', 'deep')
    expect(projectRootOf(join(inner, 'down'), home)).to.equal(inner)
    expect(projectRootOf(inner, home)).to.equal(inner)
  })

  it('is the folder itself where there is none, even if the home folder has one', async () => {
    await mkdir(join(home, '.git'))
    const folder = join(home, 'work', 'deep')
    expect(projectRootOf(folder, home)).to.equal(folder)
    expect(projectRootOf(home, home)).to.equal(home)
  })

  it('recognises the home folder by any path: through a link, or on a case-insensitive disk', async () => {
    await mkdir(join(home, '.git'))
    const folder = join(home, 'work', 'deep')
    await symlink(home, join(home, 'another-name'))
    expect(projectRootOf(folder, join(home, 'another-name'))).to.equal(folder)
    expect(projectRootOf(folder, '')).to.equal(home)
    expect(projectRootOf(folder, join(home, 'gone'))).to.equal(home)
  })
})
