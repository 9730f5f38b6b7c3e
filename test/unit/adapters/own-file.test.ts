import {expect} from 'chai'
import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  constants,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {
  isOwnFolder,
  NotOurFileError,
  textIfOurs,
  withOwnFile,
} from '../../../src/adapters/own-file.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {onCleanup} from '../../support/cleanup.js'
import {expectMode} from '../../support/system-under-test.js'
import {temporaryHome} from '../../support/temporary-home.js'

const APPEND = constants.O_WRONLY | constants.O_APPEND
const isRoot = process.geteuid?.() === 0

describe('withOwnFile', () => {
  let home: string
  let path: string

  const read = (maxBytes?: number): string | undefined =>
    withOwnFile(path, {...(maxBytes !== undefined && {maxBytes})}, (file) =>
      readFileSync(file, 'utf8'),
    )
  const append = (flags = APPEND): number | undefined =>
    withOwnFile(path, {flags}, (file) => writeSync(file, 'ours'))

  beforeEach(async () => {
    home = await temporaryHome()
    path = join(home, 'file')
  })

  it('passes the file to the work, and nothing where there is none', () => {
    expect(read()).to.equal(undefined)
    expect(append()).to.equal(undefined)
    writeFileSync(path, 'text', {mode: 0o600})
    expect(append()).to.equal(4)
    expect(read()).to.equal('textours')
    path = join(home, 'missing', 'file')
    expect(read()).to.equal(undefined)
  })

  it('removes the permissions of others, and passes the old mode to the work', () => {
    writeFileSync(path, 'text')
    chmodSync(path, 0o646)
    expect(withOwnFile(path, {}, (_, {mode}) => mode & 0o777)).to.equal(0o646)
    expectMode(path, 0o600)
    chmodSync(path, 0o644)
    withOwnFile(path, {leavesMode: true}, () => 0)
    expectMode(path, 0o644)
  })

  it('creates a file for its owner only, whatever the umask', () => {
    const before = process.umask(0o777)
    try {
      append(APPEND | constants.O_CREAT)
    } finally {
      process.umask(before)
    }
    expectMode(path, 0o600)
    expect(read()).to.equal('ours')
  })

  const inTheWay: [what: string, make: () => unknown, says: RegExp][] = [
    ['a folder', () => mkdirSync(path), /is a folder, not a file/],
    ['a FIFO', () => spawnSync('mkfifo', [path]), /is a (named|socket or a) pipe/],
    ['a socket', async () => listenAt(path), /is a socket or a pipe/],
    ['a link to a file', () => symlinkSync('outside', path), /is a symbolic link/],
    ['a link that leads nowhere', () => symlinkSync('nowhere', path), /is a symbolic link/],
    ['a link to itself', () => symlinkSync('file', path), /is a symbolic link/],
  ]
  for (const [what, make, says] of inTheWay) {
    it(`refuses ${what}, without waiting, and changes nothing`, async () => {
      writeFileSync(join(home, 'outside'), 'theirs', {mode: 0o644})
      await make()
      for (const work of [read, append, () => append(APPEND | constants.O_CREAT)]) {
        expect(() => work())
          .to.throw(NotOurFileError, says)
          .with.property('exitCode', 1)
      }
      expect(textIfOurs(path, 99)).to.equal(undefined)
      expect(readFileSync(join(home, 'outside'), 'utf8')).to.equal('theirs')
      expectMode(join(home, 'outside'), 0o644)
    })
  }

  it('follows a link where that is allowed', () => {
    writeFileSync(join(home, 'outside'), 'text', {mode: 0o600})
    symlinkSync('outside', path)
    expect(withOwnFile(path, {mayBeLink: true}, () => 'seen')).to.equal('seen')
  })

  it('refuses a file beyond the size limit, before a byte is read', () => {
    writeFileSync(path, '')
    truncateSync(path, 3 * 2 ** 30)
    expect(() => read(2 ** 20)).to.throw(NotOurFileError, `${path} is larger than 1 MB.`)
    expect(textIfOurs(path, 99)).to.equal(undefined)
  })

  const asRoot = isRoot ? it : it.skip
  asRoot("refuses another user's file, and files in another user's folder (needs root)", () => {
    writeFileSync(path, 'theirs')
    chownSync(path, 12345, 12345)
    expect(() => read()).to.throw(LocalFileError, `${path} belongs to another user.`)
    chownSync(path, 0, 0)
    chownSync(home, 12345, 12345)
    expect(() => read()).to.throw(LocalFileError, `${home} belongs to another user.`)
    expect(isOwnFolder(home)).to.equal(false)
  })

  async function listenAt(socket: string): Promise<void> {
    const server = createServer().listen(socket)
    onCleanup(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
  }
})

describe('isOwnFolder', () => {
  it('is false for a link, a file, and nothing', async () => {
    const home = await temporaryHome()
    symlinkSync('.', join(home, 'link'))
    writeFileSync(join(home, 'file'), '')
    expect(isOwnFolder(home)).to.equal(true)
    for (const name of ['link', 'file', 'nothing', 'file/below']) {
      expect(isOwnFolder(join(home, name)), name).to.equal(false)
    }
  })
})
