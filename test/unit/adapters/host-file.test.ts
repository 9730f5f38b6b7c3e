import {expect} from 'chai'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {HostFile} from '../../../src/adapters/host-file.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import {LocalFileError} from '../../../src/domain/errors/local-files.js'
import {temporaryHome} from '../../support/temporary-home.js'

describe('HostFile', () => {
  let home = ''
  let path = ''
  beforeEach(async () => {
    home = await temporaryHome()
    path = join(home, 'settings.json')
  })

  const file = (): HostFile => new HostFile(path, loadWriter)

  it('writes back what it read, byte for byte', async () => {
    const text = '\uFEFF{"a": "\u2028\u{1F600}"}\r\n\0'
    writeFileSync(path, text)
    expect(file().read()).to.equal(text)
    expect(await file().replace(`${file().read()}x`, text)).to.equal(true)
    expect(readFileSync(path).equals(Buffer.from(`${text}x`))).to.equal(true)
  })

  it('is empty where it does not exist, and creates its folder', async () => {
    path = join(home, 'a', 'b', 'settings.json')
    expect(file().read()).to.equal('')
    expect(await file().replace('{}', '')).to.equal(true)
    expect(readFileSync(path, 'utf8')).to.equal('{}')
    expect(statSync(path).mode & 0o777).to.equal(0o600)
  })

  it('follows links, even to missing files, and keeps the mode of existing ones', async () => {
    const target = join(home, 'dotfiles.json')
    symlinkSync(target, path)
    expect(file().read()).to.equal('')
    expect(await file().replace('{}', '')).to.equal(true)
    expect(readFileSync(target, 'utf8')).to.equal('{}')
    chmodSync(target, 0o644)
    expect(await file().replace('{"a":1}', '{}')).to.equal(true)
    expect(statSync(target).mode & 0o777).to.equal(0o644)
    expect(lstatSync(path).isSymbolicLink()).to.equal(true)
  })

  it('is not written when it has changed meanwhile', async () => {
    writeFileSync(path, 'by its own program')
    expect(await file().replace('ours', 'as it was')).to.equal(false)
    expect(readFileSync(path, 'utf8')).to.equal('by its own program')
  })

  it('is unchanged where it is read-only', async () => {
    writeFileSync(path, '{}')
    chmodSync(path, 0o444)
    const error = await file()
      .replace('ours', '{}')
      .catch((caught: unknown) => caught)
    expect(error).to.be.instanceOf(LocalFileError)
    expect(error).property('message').to.equal(`${path} is read-only.`)
    expect(readFileSync(path, 'utf8')).to.equal('{}')
  })

  it('removes old leftovers of a killed write, and no recent ones', async () => {
    const [left, young] = [1, 2].map(() => `${path}.${crypto.randomUUID()}.tmp`)
    for (const each of [left, young]) writeFileSync(each ?? '', 'secret')
    const old = new Date(Date.now() - 120_000)
    utimesSync(left ?? '', old, old)
    expect(await file().replace('{}', '')).to.equal(true)
    expect([left, young].map((each) => existsSync(each ?? ''))).to.deep.equal([false, true])
    expect(readdirSync(home)).to.have.length(2)
  })

  for (const [why, put] of [
    ['it is not a file', () => mkdirSync(path)],
    ['it is not text in UTF-8', () => writeFileSync(path, Buffer.from([0x7b, 0xff, 0x7d]))],
    ['it is larger than 16 MB', () => writeFileSync(path, Buffer.alloc(17 * 1024 * 1024))],
  ] as const) {
    it(`reports that ${why}`, () => {
      put()
      expect(() => file().read()).to.throw(LocalFileError, `${path} cannot be read: ${why}.`)
    })
  }
})
