import {expect} from 'chai'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join, resolve} from 'node:path'
import {ensureFolder, findHome} from '../../../src/adapters/home.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {changeFs, failing} from '../../support/change-fs.js'
import {expectMode} from '../../support/system-under-test.js'
import {temporaryHome} from '../../support/temporary-home.js'

const isRoot = process.geteuid?.() === 0

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8)
}

function withUmask(mask: number, work: () => void): void {
  const before = process.umask(mask)
  try {
    work()
  } finally {
    process.umask(before)
  }
}

describe('findHome', () => {
  it('is ~/.mogplex when nothing is set, without a notice', () => {
    expect(findHome({}, resolve('/home/ada'), '/work')).to.deep.equal({
      path: resolve('/home/ada/.mogplex'),
      from: 'default',
      notices: [],
    })
  })

  it('prefers MOGPLEX_HOME, and then prints nothing about CODEX_HOME', () => {
    const env = {MOGPLEX_HOME: '/srv/m', CODEX_HOME: '/srv/c'}
    expect(findHome(env, '/home/ada', '/work')).to.deep.equal({
      path: resolve('/srv/m'),
      from: 'MOGPLEX_HOME',
      notices: [],
    })
  })

  it('uses CODEX_HOME with one notice that names MOGPLEX_HOME', () => {
    const home = findHome({CODEX_HOME: '/srv/c'}, '/home/ada', '/work')
    expect(home).to.include({path: resolve('/srv/c'), from: 'CODEX_HOME'})
    expect(home.notices).to.have.length(1)
    expect(home.notices[0]).to.match(/CODEX_HOME.*MOGPLEX_HOME/)
  })

  it('counts empty and blank values as unset', () => {
    for (const blank of ['', ' \t']) {
      const home = findHome({MOGPLEX_HOME: blank, CODEX_HOME: blank}, '/home/ada', '/work')
      expect(home.from).to.equal('default')
    }
  })

  it('makes relative values absolute', () => {
    const pathOf = (env: Record<string, string>) => findHome(env, '/home/ada', '/work/x').path
    expect(pathOf({MOGPLEX_HOME: '../m/'})).to.equal(resolve('/work/m'))
    expect(pathOf({CODEX_HOME: '.'})).to.equal(resolve('/work/x'))
  })
})

describe('ensureFolder', () => {
  let home: string

  beforeEach(async () => {
    home = await temporaryHome()
  })

  for (const mask of [0o000, 0o022, 0o777]) {
    it(`creates folders with mode 0700 under umask ${mask.toString(8).padStart(4, '0')}`, () => {
      const folder = join(home, 'a', 'b', 'c')
      withUmask(mask, () => ensureFolder(folder))
      const modes = [folder, join(home, 'a', 'b'), join(home, 'a')].map(modeOf)
      expect(modes).to.deep.equal(['700', '700', '700'])
    })
  }

  it('removes the permissions of others, and leaves parent folders alone', () => {
    const folder = join(home, 'a')
    mkdirSync(folder)
    chmodSync(folder, 0o755)
    chmodSync(home, 0o755)
    ensureFolder(folder)
    expect([modeOf(folder), modeOf(home)]).to.deep.equal(['700', '755'])
  })

  it('leaves a stricter folder alone', () => {
    const folder = join(home, 'a')
    mkdirSync(folder)
    chmodSync(folder, 0o500)
    ensureFolder(folder)
    expectMode(folder, 0o500)
  })

  it('follows a link, and creates its target where it is missing', () => {
    mkdirSync(join(home, 'dots'))
    symlinkSync('dots/../dots/deep/mogplex', join(home, 'link'))
    symlinkSync('link', join(home, 'first'))
    ensureFolder(join(home, 'first', 'logs'))
    expect(statSync(join(home, 'dots', 'deep', 'mogplex', 'logs')).isDirectory()).to.equal(true)
    expect(lstatSync(join(home, 'first')).isSymbolicLink()).to.equal(true)
    expect(lstatSync(join(home, 'link')).isSymbolicLink()).to.equal(true)
    ensureFolder(join(home, 'first'))
  })

  it('creates a folder in it, which must not be a link', () => {
    ensureFolder(join(home, 'first'), 'logs')
    expectMode(join(home, 'first', 'logs'), 0o700)
    mkdirSync(join(home, 'outside'))
    chmodSync(join(home, 'outside'), 0o755)
    symlinkSync('../outside', join(home, 'first', 'hosted'))
    symlinkSync('../nowhere', join(home, 'first', 'dangling'))
    for (const name of ['hosted', 'dangling']) {
      expect(() => ensureFolder(join(home, 'first'), name)).to.throw(
        LocalFileError,
        `${join(home, 'first', name)} is a symbolic link`,
      )
    }
    expectMode(join(home, 'outside'), 0o755)
    expect(existsSync(join(home, 'nowhere'))).to.equal(false)
  })

  it('refuses circular links', () => {
    symlinkSync('b', join(home, 'a'))
    symlinkSync('a', join(home, 'b'))
    for (const folder of [join(home, 'a'), join(home, 'a', 'below')]) {
      expect(() => ensureFolder(folder)).to.throw(LocalFileError, /form a loop/)
    }
  })

  it('says whether a folder could not be made, or not be closed to others', () => {
    chmodSync(home, 0o755)
    changeFs({mkdirSync: failing('EROFS'), chmodSync: failing('EROFS')})
    const folder = join(home, 'new')
    expect(() => ensureFolder(folder)).to.throw(
      LocalFileError,
      `${folder} cannot be made: the file system is read-only.`,
    )
    expect(() => ensureFolder(home)).to.throw(
      LocalFileError,
      `${home} cannot be restricted to its owner: the file system is read-only.`,
    )
  })

  it('refuses a file in its place, and in the place of a folder above', () => {
    const file = join(home, 'file')
    writeFileSync(file, 'kept')
    for (const folder of [file, join(file, 'below'), join(file, 'far', 'below')]) {
      expect(() => ensureFolder(folder)).to.throw(LocalFileError, `${file} is a file`)
    }
    expect(readFileSync(file, 'utf8')).to.equal('kept')
  })

  it('refuses a folder that everybody shares', () => {
    const folder = join(home, 'tmp')
    mkdirSync(folder)
    chmodSync(folder, 0o1777)
    expect(() => ensureFolder(folder)).to.throw(LocalFileError, /open to every user/)
    expectMode(folder, 0o1777)
  })

  const othersFolder = 'refuses a folder of another user, exit 1, and leaves it as it is'
  if (isRoot) {
    it(othersFolder, () => {
      const folder = join(home, 'theirs')
      mkdirSync(folder)
      chmodSync(folder, 0o755)
      chownSync(folder, 12345, 12345)
      expect(() => ensureFolder(folder))
        .to.throw(LocalFileError, `${folder} belongs to another user`)
        .with.property('exitCode', 1)
      expectMode(folder, 0o755)
    })
  } else {
    it.skip(`${othersFolder} (skipped: only root can give a folder away)`)
  }
})
