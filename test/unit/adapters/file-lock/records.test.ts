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

  it('puts a text at a free name for its owner alone, whatever the umask', () => {
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

  it('leaves a name that is taken as it is', () => {
    writeFileSync(path, 'other')
    expect(publish(path, temporary, 'one')).to.equal(false)
    expect(readFileSync(path, 'utf8')).to.equal('other')
    expect(readdirSync(folder)).to.deep.equal(['a.lock'])
  })

  for (const code of ['EPERM', 'ENOTSUP', 'ENOSYS']) {
    it(`does without hard links where there are none (${code})`, () => {
      changeFs({linkSync: failing(code)})
      expect(publish(path, temporary, 'one')).to.equal(true)
      expect(publish(path, temporary, 'two')).to.equal(false)
      expect(readFileSync(path, 'utf8')).to.equal('one')
      expect(readdirSync(folder)).to.deep.equal(['a.lock'])
    })
  }

  it('believes its own eyes where the answer to a link was lost on the way (NFS)', () => {
    changeFs({
      linkSync(from, to) {
        link(from, to)
        failing('EEXIST')()
      },
    })
    expect(publish(path, temporary, 'one')).to.equal(true)
  })

  it('was too slow when another machine took its temporary file for a leftover', () => {
    changeFs({
      linkSync(from) {
        unlinkSync(from)
        failing('ENOENT')()
      },
    })
    expect(publish(path, temporary, 'one')).to.equal(false)
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('puts nothing there that a full disk cut short', () => {
    changeFs({writeSync: () => 1})
    expect(() => publish(path, temporary, 'one'))
      .to.throw()
      .with.property('code', 'ENOSPC')
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('fails where nothing can be made', () => {
    const nowhere = join(folder, 'missing', 'a.lock')
    expect(() => publish(nowhere, `${nowhere}.tmp`, 'one'))
      .to.throw()
      .with.property('code', 'ENOENT')
  })
})

describe('readRecord', () => {
  it('tells a record that is not ours by the file itself', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    expect(readRecord(path)).to.equal(undefined)
    writeFileSync(path, 'not ours')
    const record = readRecord(path)
    expect(record).to.include({owner: undefined, nonce: `unreadable-${statSync(path).ino}`})
    expect(record?.ageMs()).to.be.within(0, 60_000)
    expect(readdirSync(join(path, '..')), 'looking at the clock leaves nothing').to.have.length(1)
  })

  it('does not read what is larger than any record', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    writeFileSync(path, '')
    truncateSync(path, 3 * 2 ** 30)
    expect(readRecord(path)).to.include({owner: undefined})
  })

  it('fails where it may not look', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    changeFs({openSync: failing('EACCES')})
    expect(() => readRecord(path))
      .to.throw()
      .with.property('code', 'EACCES')
  })
})

describe('removeFile', () => {
  it('does not mind that nothing is there', async () => {
    const path = join(await temporaryHome(), 'a.lock')
    writeFileSync(path, '')
    removeFile(path)
    removeFile(path)
  })
})
