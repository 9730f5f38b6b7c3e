import {expect} from 'chai'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import {join} from 'node:path'
import {CodeCache} from '../../../../src/host/start/code-cache.js'
import {Random} from '../../../support/random.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const CODE = Buffer.from('compiled code')
const ME = {uid: process.getuid?.() ?? 0}

describe('CodeCache', () => {
  let home: string
  let folder: string
  let entry: string
  beforeEach(async () => {
    home = await temporaryHome()
    folder = join(home, '.cache', 'mogplex')
    entry = join(folder, 'build', 'whoami')
  })

  function cache(generation = 'build', owner = ME): CodeCache {
    return new CodeCache(folder, generation, owner, look)
  }

  /** Tests run below /tmp, which everybody can write to: simulates a home of root's. */
  function look(path: string) {
    const isAbove = !path.startsWith(home)
    return isAbove ? {uid: 0, mode: 0o755, isDirectory: () => true} : lstatSync(path)
  }

  function stored(): CodeCache {
    cache().store('whoami', CODE)
    return cache()
  }

  it('returns what was stored, from a file for its owner only', () => {
    expect(cache().read('whoami')).to.equal(undefined)
    expect(stored().read('whoami')).to.deep.equal(CODE)
    expect(statSync(entry).mode & 0o777).to.equal(0o600)
    expect(statSync(join(folder, 'build')).mode & 0o777).to.equal(0o700)
    expect(readdirSync(join(folder, 'build'))).to.deep.equal(['whoami'])
  })

  it('finds nothing of another build or another name', () => {
    stored()
    expect(cache('other').read('whoami')).to.equal(undefined)
    expect(cache().read('login')).to.equal(undefined)
  })

  for (const [what, damage] of [
    ['is cut', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['is cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2 - 1)],
    ['is empty', () => Buffer.alloc(0)],
    ['has one changed bit', (bytes: Buffer) => flipped(bytes, 3)],
    ['has one changed bit at its end', (bytes: Buffer) => flipped(bytes, bytes.length - 1)],
  ] as const) {
    it(`rejects an entry that ${what}`, () => {
      const it = stored()
      writeFileSync(entry, damage(readFileSync(entry)))
      expect(it.read('whoami')).to.equal(undefined)
    })
  }

  it('returns only what was stored, however an entry is damaged', () => {
    const random = new Random(20)
    const it = stored()
    const whole = readFileSync(entry)
    for (let round = 0; round < 1000; round += 1) {
      const damaged = Buffer.from(whole)
      const changes = random.between(1, 8)
      for (let change = 0; change < changes; change += 1)
        damaged.writeUInt8(random.below(256), random.below(damaged.length))
      const end = random.pick([damaged.length, random.below(damaged.length)])
      writeFileSync(entry, damaged.subarray(0, end))
      expect([undefined, CODE.toString()]).to.include(it.read('whoami')?.toString())
    }
  })

  for (const [what, change] of [
    ['the file can be written by others', () => chmodSync(entry, 0o660)],
    ['the file can be read by others', () => chmodSync(entry, 0o604)],
    ['the folder can be written by others', () => chmodSync(folder, 0o770)],
    ['a folder above can be written by others', () => chmodSync(join(home, '.cache'), 0o707)],
    ['the file is a link', () => linkTo(entry)],
    ['the folder is a link', () => linkTo(folder)],
    ['a folder above is a link', () => linkTo(join(home, '.cache'))],
    ['a folder is in its place', () => replaceByFolder(entry)],
  ] as const) {
    it(`reads nothing where ${what}`, () => {
      const it = stored()
      change()
      expect(it.read('whoami')).to.equal(undefined)
    })
  }

  it('reads nothing that belongs to another user', () => {
    stored()
    expect(cache('build', {uid: ME.uid + 1}).read('whoami')).to.equal(undefined)
  })

  it('stores nothing where others could replace it, and leaves nothing there', () => {
    mkdirSync(folder, {recursive: true})
    chmodSync(join(home, '.cache'), 0o777)
    cache().store('whoami', CODE)
    expect(readdirSync(join(folder, 'build'))).to.deep.equal([])
  })

  it('ignores failures to store', () => {
    writeFileSync(join(home, '.cache'), 'a file')
    cache().store('whoami', CODE)
    expect(cache().read('whoami')).to.equal(undefined)
  })

  it('keeps the files of the four newest builds', () => {
    for (const [index, build] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      cache(build).store('whoami', CODE)
      utimesSync(join(folder, build), index, index)
    }
    cache('f').store('whoami', CODE)
    expect(readdirSync(folder).sort()).to.deep.equal(['c', 'd', 'e', 'f'])
  })
})

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
  return changed
}

/** The same path, but through a link. */
function linkTo(path: string): void {
  renameSync(path, `${path}.real`)
  symlinkSync(`${path}.real`, path)
}

function replaceByFolder(path: string): void {
  renameSync(path, `${path}.real`)
  mkdirSync(path)
}
