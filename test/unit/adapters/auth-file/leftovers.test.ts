import {expect} from 'chai'
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {mayHaveLeftovers} from '../../../../src/adapters/auth-file/leftovers.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('mayHaveLeftovers', () => {
  let home: string
  let path: string

  beforeEach(async () => {
    home = await temporaryHome()
    path = join(home, 'auth.json')
  })

  for (const name of ['auth.json.2b0f7a52.tmp', 'auth.json.lock', 'auth.json.lock.4711.x.tmp']) {
    it(`finds ${name}`, () => {
      writeFileSync(join(home, name), '')
      expect(mayHaveLeftovers(path)).to.equal(true)
    })
  }

  it('finds nothing in copies that were kept on purpose, nor in foreign files', () => {
    const names = ['auth.json', 'auth.json.broken-1', 'auth.json.locks', 'auth.tmp', 'b.json.lock']
    for (const name of names) writeFileSync(join(home, name), '')
    expect(mayHaveLeftovers(path)).to.equal(false)
  })

  it('finds nothing where there is no folder', () => {
    expect(mayHaveLeftovers(join(home, 'missing', 'auth.json'))).to.equal(false)
  })

  it('checks beside the file at the end of the links', () => {
    mkdirSync(join(home, 'dots'))
    writeFileSync(join(home, 'dots', 'auth'), '')
    symlinkSync('dots/auth', path)
    expect(mayHaveLeftovers(path)).to.equal(false)
    writeFileSync(join(home, 'dots', 'auth.1.tmp'), '')
    expect(mayHaveLeftovers(path)).to.equal(true)
  })
})
