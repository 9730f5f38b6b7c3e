import {expect} from 'chai'
import {
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {publish, readRecord, removeFile} from '../../../../src/adapters/file-lock/records.js'
import {changeFs, failing} from '../../../support/change-fs.js'
import {expectMode} from '../../../support/system-under-test.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('publish', () => {
  let folder: string
  let path: string
  let temporary: string
  const link = linkSync

  beforeEach(async () => {
    folder = await temporaryHome()
    path = join(folder, 'a.lock')
    temporary = join(folder, 'a.lock.tmp')
  })

  it('writes a text under a free name for its owner only, whatever the umask', () => {
    const before = process.umask(0o777)
    try {
      expect(publish(path, temporary, 'one')).to.equal(true)
    } finally {
      process.umask(before)
    }
    expect(readFileSync(path, 'utf8')).to.equal('one')
    expectMode(path, 0o600)
    expect(readdirSync(folder)).to.deep.equal(['a.lock'])
  })

  it('leaves a taken name unchanged', () => {
    writeFileSync(path, 'other')
    expect(publish(path, temporary, 'one')).to.equal(false)
    expect(readFileSync(path, 'utf8')).to.equal('other')
    expect(readdirSync(folder)).to.deep.equal(['a.lock'])
  })

  for (const code of ['EPERM', 'ENOTSUP', 'ENOSYS']) {
    it(`works without hard links where there are none (${code})`, () => {
      changeFs({linkSync: failing(code)})
      expect(publish(path, temporary, 'one')).to.equal(true)
      expect(publish(path, temporary, 'two')).to.equal(false)
      expect(readFileSync(path, 'utf8')).to.equal('one')
      expect(readdirSync(folder)).to.deep.equal(['a.lock'])
    })
  }

  it('checks the file where the reply to a link was lost (NFS)', () => {
    changeFs({
      linkSync(from, to) {
        link(from, to)
        failing('EEXIST')()
      },
    })
    expect(publish(path, temporary, 'one')).to.equal(true)
  })

  it('fails when another machine removed its temporary file as a leftover', () => {
    changeFs({
      linkSync(from) {
        unlinkSync(from)
        failing('ENOENT')()
      },
    })
    expect(publish(path, temporary, 'one')).to.equal(false)
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('publishes nothing that a full disk truncated', () => {
    changeFs({writeSync: () => 1})
    expect(() => publish(path, temporary, 'one'))
      .to.throw()
      .with.property('code', 'ENOSPC')
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('fails where nothing can be created', () => {
    const nowhere = join(folder, 'missing', 'a.lock')
    expect(() => publish(nowhere, `${nowhere}.tmp`, 'one'))
      .to.throw()
      .with.property('code', 'ENOENT')
  })
})

describe('readRecord', () => {
  it('distinguishes a foreign record by the file itself', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    expect(readRecord(path)).to.equal(undefined)
    writeFileSync(path, 'not ours')
    const record = readRecord(path)
    expect(record).to.include({owner: undefined, nonce: `unreadable-${statSync(path).ino}`})
    expect(record?.ageMs()).to.be.within(0, 60_000)
    expect(readdirSync(join(path, '..')), 'looking at the clock leaves nothing').to.have.length(1)
  })

  it('does not read anything larger than a record', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    writeFileSync(path, '')
    truncateSync(path, 3 * 2 ** 30)
    expect(readRecord(path)).to.include({owner: undefined})
  })

  it('fails without permission', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    changeFs({openSync: failing('EACCES')})
    expect(() => readRecord(path))
      .to.throw()
      .with.property('code', 'EACCES')
  })
})

describe('removeFile', () => {
  it('tolerates a missing file', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    writeFileSync(path, '')
    removeFile(path)
    removeFile(path)
  })
})
