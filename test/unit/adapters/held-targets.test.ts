import {expect} from 'chai'
import {chmodSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import fs from 'node:fs'
import {join} from 'node:path'
import {FencedOffError, replaceFile} from '../../../src/adapters/atomic-write.js'
import {prepareTarget} from '../../../src/adapters/atomic-write/target.js'
import {ensureFolder} from '../../../src/adapters/home.js'
import {readAuthFile} from '../../../src/adapters/auth-file/read-auth-file.js'
import {publish, readRecord, removeFile} from '../../../src/adapters/file-lock/records.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {changeFs, failing} from '../../support/change-fs.js'
import {pretendPlatform} from '../../support/pretend-platform.js'
import {temporaryHome} from '../../support/temporary-home.js'

const NONCE = '0c3c8f0e-96b9-4ab9-9ffc-5d5fd0e53b1c'

/** The function, which fails at first, as while another program has the file open. */
function heldFirst<A extends unknown[], R>(real: (...args: A) => R, code: string, times = 3) {
  let tries = 0
  return (...args: A): R => {
    tries += 1
    if (tries <= times) throw Object.assign(new Error(code), {code})
    return real(...args)
  }
}

const {linkSync, openSync, renameSync, unlinkSync} = fs

describe('a file that another program holds, on Windows', () => {
  let home: string
  let file: string

  beforeEach(async () => {
    pretendPlatform('win32')
    home = await temporaryHome()
    file = join(home, 'auth.json')
  })

  it('is replaced as soon as it is free', async () => {
    writeFileSync(file, 'old')
    changeFs({renameSync: heldFirst(renameSync, 'EPERM')})
    await replaceFile(file, 'new')
    expect(readFileSync(file, 'utf8')).to.equal('new')
    expect(readdirSync(home)).to.deep.equal(['auth.json'])
  })

  it('is written in place under a lock when it stays held', async () => {
    writeFileSync(file, 'an old and longer text')
    changeFs({renameSync: failing('EPERM')})
    await replaceFile(file, 'new', {nonce: NONCE, mayCommit: () => true})
    expect(readFileSync(file, 'utf8')).to.equal('new')
    expect(readdirSync(home)).to.deep.equal(['auth.json'])
  })

  it('is unchanged when the writer lost the right to write meanwhile', async () => {
    writeFileSync(file, 'old')
    changeFs({renameSync: failing('EPERM')})
    let looks = 0
    const mayCommit = () => (looks += 1) === 1
    const error: unknown = await replaceFile(file, 'new', {nonce: NONCE, mayCommit}).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).to.be.instanceOf(FencedOffError)
    expect(readFileSync(file, 'utf8')).to.equal('old')
    expect(readdirSync(home)).to.deep.equal(['auth.json'])
  })

  it('is unchanged where no lock is held', async () => {
    writeFileSync(file, 'old')
    changeFs({renameSync: failing('EPERM')})
    const error: unknown = await replaceFile(file, 'new').catch((thrown: unknown) => thrown)
    expect(error).to.be.instanceOf(LocalFileError)
    expect(readFileSync(file, 'utf8')).to.equal('old')
    expect(readdirSync(home)).to.deep.equal(['auth.json'])
  })

  it('is replaced although it is read-only', async () => {
    writeFileSync(file, 'old')
    chmodSync(file, 0o400)
    const step = (from: fs.PathLike, to: fs.PathLike): void => {
      if ((fs.statSync(to).mode & 0o200) === 0) failing('EPERM')()
      renameSync(from, to)
    }
    changeFs({renameSync: step})
    await replaceFile(file, 'new')
    expect(readFileSync(file, 'utf8')).to.equal('new')
  })

  it('is read as soon as it is free', () => {
    writeFileSync(file, '{}', {mode: 0o600})
    changeFs({openSync: heldFirst(openSync, 'EBUSY')})
    expect(readAuthFile(file).bytes?.toString()).to.equal('{}')
  })

  it('is reported as open in another program when it stays held', () => {
    writeFileSync(file, '{}', {mode: 0o600})
    changeFs({openSync: failing('EBUSY')})
    expect(() => readAuthFile(file))
      .to.throw(LocalFileError, `${file} cannot be read: another program has it open.`)
      .with.property('remedy', 'Close that program, or wait a moment; then run the command again.')
  })

  it('is a lock that is acquired, read and released all the same', () => {
    const path = `${file}.lock`
    changeFs({
      linkSync: heldFirst(linkSync, 'EACCES'),
      openSync: heldFirst(openSync, 'EPERM'),
      unlinkSync: heldFirst(unlinkSync, 'EBUSY'),
    })
    expect(publish(path, `${path}.tmp`, 'one')).to.equal(true)
    expect(readRecord(path)).not.to.equal(undefined)
    removeFile(path)
    expect(readdirSync(home)).to.deep.equal([])
  })
})

describe('a drive without links (FAT, exFAT)', () => {
  it('keeps files and locks all the same', async () => {
    const home = await temporaryHome()
    const file = join(home, 'auth.json')
    const [linkSync, readlinkSync] = [failing('EISDIR'), failing('EISDIR')]
    changeFs({linkSync, readlinkSync: readlinkSync})
    expect(prepareTarget(file)).to.equal(file)
    await replaceFile(file, 'one')
    await replaceFile(file, 'two')
    expect(prepareTarget(file)).to.equal(file)
    expect(publish(`${file}.lock`, `${file}.lock.tmp`, 'mine')).to.equal(true)
    expect(publish(`${file}.lock`, `${file}.lock.tmp`, 'theirs')).to.equal(false)
    expect(readFileSync(file, 'utf8')).to.equal('two')
  })
})

describe('a missing drive', () => {
  const gone = (): never => failing('ENOENT')()
  const expectNotThere = (work: () => unknown): void => {
    expect(work)
      .to.throw(LocalFileError, '/ does not exist: its drive or share is not connected.')
      .with.property('remedy', 'Connect it, or set MOGPLEX_HOME to another folder.')
  }

  it('is named, both when creating the home and when writing there', () => {
    changeFs({
      existsSync: () => false,
      mkdirSync: gone,
      readlinkSync: gone,
      statSync: gone,
    })
    expectNotThere(() => ensureFolder('/share/home'))
    expectNotThere(() => prepareTarget('/share/home/auth.json'))
  })
})
