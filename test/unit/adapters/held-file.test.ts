import {expect} from 'chai'
import {chmodSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {makeReplaceable, whileHeld} from '../../../src/adapters/held-file.js'
import {pretendPlatform} from '../../support/pretend-platform.js'
import {temporaryHome} from '../../support/temporary-home.js'

/** A step that fails with a system error before it succeeds. */
function failingFirst(code: string, times: number) {
  let tries = 0
  const step = (): string => {
    tries += 1
    if (tries <= times) throw Object.assign(new Error(code), {code})
    return 'done'
  }
  return {step, tries: () => tries}
}

describe('whileHeld', () => {
  for (const code of ['EACCES', 'EBUSY', 'EPERM']) {
    it(`tries again on Windows while another program has the file (${code})`, () => {
      pretendPlatform('win32')
      const {step, tries} = failingFirst(code, 5)
      expect(whileHeld(step)).to.equal('done')
      expect(tries()).to.equal(6)
    })
  }

  it("gives up in the end, with the system's error", () => {
    pretendPlatform('win32')
    const {step, tries} = failingFirst('EPERM', Infinity)
    expect(() => whileHeld(step)).to.throw('EPERM')
    expect(tries()).to.be.greaterThan(10)
  })

  it('does not retry other errors, nor on other systems', () => {
    pretendPlatform('linux')
    const onLinux = failingFirst('EPERM', 1)
    expect(() => whileHeld(onLinux.step)).to.throw('EPERM')
    pretendPlatform('win32')
    const missing = failingFirst('ENOENT', 1)
    expect(() => whileHeld(missing.step)).to.throw('ENOENT')
    expect([onLinux.tries(), missing.tries()]).to.deep.equal([1, 1])
  })
})

describe('makeReplaceable', () => {
  const isWritable = (file: string): boolean => (statSync(file).mode & 0o200) !== 0

  it('removes "read-only" from a file on Windows only, and tolerates a missing one', async () => {
    const file = join(await temporaryHome(), 'auth.json')
    writeFileSync(file, 'one')
    chmodSync(file, 0o400)
    pretendPlatform('linux')
    makeReplaceable(file)
    expect(isWritable(file)).to.equal(false)
    pretendPlatform('win32')
    makeReplaceable(file)
    makeReplaceable(`${file}-not-there`)
    expect(isWritable(file)).to.equal(true)
  })

  it('refuses a folder on Windows, which would look like a held file', async () => {
    pretendPlatform('win32')
    const folder = await temporaryHome()
    expect(() => makeReplaceable(folder))
      .to.throw()
      .with.property('code', 'EISDIR')
  })
})
