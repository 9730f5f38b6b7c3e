import {expect} from 'chai'
import {randomUUID} from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {FencedOffError, keepAside, replaceFile} from '../../../src/adapters/atomic-write.js'
import {removeLeftovers} from '../../../src/adapters/atomic-write/temporary-files.js'
import {prepareTarget} from '../../../src/adapters/atomic-write/target.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {writeTrouble} from '../../../src/domain/files/write-trouble.js'
import {itMounts, mount, mounts} from '../../support/mounts.js'
import {expectMode} from '../../support/system-under-test.js'
import {listFiles, temporaryHome} from '../../support/temporary-home.js'

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  )
}

/** Fails like `writeTrouble` for a system error. */
async function expectTrouble(path: string, code: string, contents = 'sk-hidden-4711') {
  const error = await failureOf(replaceFile(path, contents))
  if (!(error instanceof LocalFileError)) throw new Error(`No LocalFileError: ${String(error)}`)
  const {message, remedy} = writeTrouble(path, Object.assign(new Error(), {code})) as LocalFileError
  expect(error).to.include({exitCode: 1, message, remedy})
  expect(`${error.message}${error.stack ?? ''}`).not.to.include('4711')
}

describe('replaceFile', () => {
  let home: string
  let file: string

  beforeEach(async () => {
    home = await temporaryHome()
    file = join(home, 'auth.json')
  })

  it('creates a file, and replaces it', async () => {
    await replaceFile(file, 'one')
    await replaceFile(file, Buffer.from('zweï'))
    expect(readFileSync(file, 'utf8')).to.equal('zweï')
    expect(await listFiles(home)).to.deep.equal(['auth.json'])
  })

  it('writes large contents whole', async () => {
    const contents = 'é'.repeat(3_000_000)
    await replaceFile(file, contents)
    expect(readFileSync(file, 'utf8') === contents).to.equal(true)
  })

  for (const mask of [0o000, 0o777]) {
    it(`gives the file mode 0600 under umask ${mask.toString(8).padStart(4, '0')}`, async () => {
      const before = process.umask(mask)
      try {
        await replaceFile(file, 'one')
        await replaceFile(join(home, 'new', 'deep', 'auth.json'), 'one')
      } finally {
        process.umask(before)
      }
      expectMode(file, 0o600)
      expectMode(join(home, 'new', 'deep', 'auth.json'), 0o600)
      expectMode(join(home, 'new', 'deep'), 0o700)
      expectMode(join(home, 'new'), 0o700)
    })
  }

  it('removes the permissions of others from a file that it replaces', async () => {
    writeFileSync(file, 'old')
    chmodSync(file, 0o666)
    await replaceFile(file, 'new')
    expectMode(file, 0o600)
  })

  it('replaces a file that is read-only', async () => {
    writeFileSync(file, 'old')
    chmodSync(file, 0o400)
    await replaceFile(file, 'new')
    expect(readFileSync(file, 'utf8')).to.equal('new')
  })

  it('replaces the file at the end of a chain of links, as prepareTarget finds it', async () => {
    mkdirSync(join(home, 'dots', 'private'), {recursive: true})
    writeFileSync(join(home, 'dots', 'auth'), 'old')
    symlinkSync('dots/private', join(home, 'shortcut'))
    // `..` is the parent folder of the link's target, not of the link.
    symlinkSync('shortcut/../auth', join(home, 'second'))
    symlinkSync(join(home, 'second'), file)
    await replaceFile(prepareTarget(file), 'new')
    expect(readFileSync(join(home, 'dots', 'auth'), 'utf8')).to.equal('new')
    expect(readlinkSync(file)).to.equal(join(home, 'second'))
    expect(readlinkSync(join(home, 'second'))).to.equal('shortcut/../auth')
    expect(await listFiles(home)).to.deep.equal(['auth.json', 'dots/auth', 'second', 'shortcut'])
  })

  it('keeps a dangling link and creates its target, even in a missing folder', async () => {
    symlinkSync('far/away/auth.json', file)
    await replaceFile(prepareTarget(file), 'new')
    expect(lstatSync(file).isSymbolicLink()).to.equal(true)
    expect(readFileSync(join(home, 'far', 'away', 'auth.json'), 'utf8')).to.equal('new')
    expectMode(join(home, 'far', 'away'), 0o700)
  })

  it('refuses circular links', async () => {
    symlinkSync('b', file)
    symlinkSync('auth.json', join(home, 'b'))
    expect(() => prepareTarget(file)).to.throw(LocalFileError)
    expect(await listFiles(home)).to.deep.equal(['auth.json', 'b'])
  })

  it('replaces a link, and leaves its target alone', async () => {
    writeFileSync(join(home, 'theirs'), 'theirs')
    chmodSync(join(home, 'theirs'), 0o644)
    for (const target of ['theirs', 'nowhere', 'auth.json']) {
      symlinkSync(target, file)
      await replaceFile(file, 'new')
      expect(lstatSync(file).isFile(), target).to.equal(true)
      rmSync(file)
    }
    expect(readFileSync(join(home, 'theirs'), 'utf8')).to.equal('theirs')
    expectMode(join(home, 'theirs'), 0o644)
    expect(await listFiles(home)).to.deep.equal(['theirs'])
  })

  it('refuses a folder in its place, and leaves no temporary file', async () => {
    mkdirSync(file)
    await expectTrouble(file, 'EISDIR')
    expect(await listFiles(home)).to.deep.equal([])
  })

  it('refuses a path that leads through a file', async () => {
    writeFileSync(file, 'old')
    await expectTrouble(join(file, 'below'), 'ENOTDIR')
    expect(readFileSync(file, 'utf8')).to.equal('old')
  })

  it('lets the last of many writers win, complete', async () => {
    const all = Array.from({length: 20}, (_, index) => String(index).repeat(10_000))
    await Promise.all(all.map(async (contents) => replaceFile(file, contents)))
    expect(all).to.include(readFileSync(file, 'utf8'))
    expect(await listFiles(home)).to.deep.equal(['auth.json'])
  })

  itMounts('leaves the old file unchanged when the disk is full', async () => {
    const disk = join(home, 'disk')
    mkdirSync(disk)
    mount(disk, '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs')
    const small = join(disk, 'auth.json')
    await replaceFile(small, 'old')
    await expectTrouble(small, 'ENOSPC', '4711'.repeat(50_000))
    expect(readFileSync(small, 'utf8')).to.equal('old')
    expect(await listFiles(disk)).to.deep.equal(['auth.json'])
  })

  itMounts('leaves the old file unchanged on a read-only file system', async () => {
    const disk = join(home, 'disk')
    mkdirSync(disk)
    mount(disk, '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs')
    writeFileSync(join(disk, 'auth.json'), 'old')
    expect(mounts('-o', 'remount,ro', disk)).to.equal(true)
    await expectTrouble(join(disk, 'auth.json'), 'EROFS')
    expect(readFileSync(join(disk, 'auth.json'), 'utf8')).to.equal('old')
  })

  itMounts('refuses a file that is a mount point', async () => {
    writeFileSync(join(home, 'outside'), 'old')
    writeFileSync(file, '')
    mount(file, '--bind', join(home, 'outside'))
    await expectTrouble(file, 'EBUSY')
    expect(readFileSync(file, 'utf8')).to.equal('old')
    expect(await listFiles(home)).to.deep.equal(['auth.json', 'outside'])
  })

  it('writes beside the target, into a file named after its turn', async () => {
    mkdirSync(join(home, 'dots'))
    const nonce = randomUUID()
    let seen: string[] = []
    const mayCommit = (): boolean => {
      seen = readdirSync(join(home, 'dots'))
      return true
    }
    await replaceFile(join(home, 'dots', 'target'), 'new', {nonce, mayCommit})
    expect(seen).to.deep.equal([`target.${nonce}.tmp`])
    expect(readdirSync(join(home, 'dots'))).to.deep.equal(['target'])
  })

  it('does nothing when the right to write was lost before the last step', async () => {
    writeFileSync(file, 'old')
    const nonce = randomUUID()
    const robbed = await failureOf(replaceFile(file, 'new', {nonce, mayCommit: () => false}))
    expect(robbed).to.be.instanceOf(FencedOffError)
    const late = await failureOf(
      replaceFile(file, 'new', {
        nonce,
        mayCommit: () => {
          removeLeftovers(file) // a process that takes over the lock does this first
          return true
        },
      }),
    )
    expect(late).to.be.instanceOf(FencedOffError)
    expect(readFileSync(file, 'utf8')).to.equal('old')
    expect(await listFiles(home)).to.deep.equal(['auth.json'])
  })

  it('leaves no temporary file when its name would be too long', async () => {
    await expectTrouble(join(home, 'x'.repeat(230)), 'ENAMETOOLONG')
    expect(await listFiles(home)).to.deep.equal([])
  })
})

describe('keepAside', () => {
  it('replaces nothing: when a name is taken, a number is appended', async () => {
    const home = await temporaryHome()
    const path = join(home, 'auth.json.broken-1')
    symlinkSync('nowhere', `${path}-2`)
    expect(await keepAside(path, 'one')).to.equal(path)
    expect(await keepAside(path, 'two')).to.equal(`${path}-3`)
    expect(readFileSync(path, 'utf8')).to.equal('one')
    expect(readFileSync(`${path}-3`, 'utf8')).to.equal('two')
    expectMode(path, 0o600)
  })

  it('fails with a LocalFileError where nothing can be created', async () => {
    const home = await temporaryHome()
    const error = await failureOf(keepAside(join(home, 'missing', 'auth.json'), 'one'))
    expect(error).to.be.instanceOf(LocalFileError)
  })
})
