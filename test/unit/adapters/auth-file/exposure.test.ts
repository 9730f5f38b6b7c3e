import {expect} from 'chai'
import fs, {chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {AuthFile} from '../../../../src/adapters/auth-file.js'
import {exposureOf} from '../../../../src/adapters/auth-file/exposure.js'
import {readAuthFile} from '../../../../src/adapters/auth-file/read-auth-file.js'
import {loadWriter} from '../../../../src/compose/file-writer.js'
import {changeFs, failing} from '../../../support/change-fs.js'
import {makeLogin} from '../../../support/make-credential.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const SAID =
  /is on a drive that cannot restrict it to you: other users of this machine may read it\./

describe('exposureOf', () => {
  it('is nothing for a file that only its owner can read', async () => {
    const file = join(await temporaryHome(), 'auth.json')
    expect(exposureOf(file, {platform: 'linux'})).to.equal(undefined)
    writeFileSync(file, '', {mode: 0o600})
    expect(exposureOf(file, {platform: 'linux'})).to.equal(undefined)
    chmodSync(file, 0o644)
    expect(exposureOf(file, {platform: 'linux'})).to.match(SAID)
  })

  it('is a location outside the profile on Windows, where modes say nothing', () => {
    const options = {platform: 'win32' as const, profile: String.raw`C:\Users\ada`}
    for (const inside of [String.raw`c:\users\Ada\.mogplex\auth.json`, 'C:/Users/ada/x']) {
      expect(exposureOf(inside, options)).to.equal(undefined)
    }
    for (const outside of [String.raw`D:\mogplex\auth.json`, String.raw`C:\Users\adam\x`]) {
      expect(exposureOf(outside, options)).to.match(/outside of your profile.*`icacls "/)
    }
  })
})

/** Modes as on a Windows drive in WSL, or a FAT stick: everybody's, whatever is set. */
function withoutModes(chmod: () => void): void {
  const {fstatSync, statSync} = fs
  const open = <S extends {mode: number} | undefined>(stats: S): S => {
    if (stats !== undefined) stats.mode |= 0o777
    return stats
  }
  changeFs({
    chmodSync: chmod,
    fchmodSync: chmod,
    fstatSync: ((file: number) => open(fstatSync(file))) as typeof fstatSync,
    statSync: ((path: fs.PathLike, options?: fs.StatSyncOptions) =>
      open(statSync(path, options) as fs.Stats | undefined)) as typeof statSync,
  })
}

describe('a drive without modes', () => {
  for (const [how, chmod] of [
    ['ignores them', () => undefined],
    ['refuses them', failing('EPERM')],
  ] as const) {
    it(`that ${how} stores a credential, with a warning when it is stored`, async () => {
      const home = join(await temporaryHome(), '.mogplex')
      withoutModes(chmod)
      const file = new AuthFile({path: join(home, 'auth.json'), codexHome: false, loadWriter})
      const {exposure} = await file.store(makeLogin(), new Date())
      expect(exposure).to.match(SAID)
      expect(readdirSync(home)).to.deep.equal(['auth.json'])
      expect(JSON.parse(readFileSync(file.path, 'utf8'))).to.have.property('mogplex')
    })
  }

  it('is not reported at each command, and never as repaired', async () => {
    const home = join(await temporaryHome(), '.mogplex')
    mkdirSync(home)
    writeFileSync(join(home, 'auth.json'), '{}')
    withoutModes(() => undefined)
    expect(readAuthFile(join(home, 'auth.json')).notices).to.deep.equal([])
    expect(statSync(home).mode & 0o077).to.equal(0o077)
  })
})
