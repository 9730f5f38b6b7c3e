import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {readSurroundings} from '../../../src/adapters/read-surroundings.js'
import {temporaryHome} from '../../support/temporary-home.js'

describe('readSurroundings', () => {
  let root: string

  beforeEach(async () => {
    root = await temporaryHome()
  })

  it('treats missing marks as absent', () => {
    expect(readSurroundings({}, root)).to.include({container: false, wsl: false})
    expect(readSurroundings({}, join(root, 'none'))).to.include({container: false, wsl: false})
  })

  for (const mark of ['.dockerenv', 'run/.containerenv']) {
    it(`detects a container by /${mark}`, async () => {
      await mkdir(join(root, 'run'))
      await writeFile(join(root, mark), '')
      expect(readSurroundings({}, root)).to.include({container: true, wsl: false})
    })
  }

  it('detects WSL by the kernel version', async () => {
    await mkdir(join(root, 'proc'))
    await writeFile(join(root, 'proc/version'), 'Linux version 5.15-Microsoft-standard-WSL2\n')
    expect(readSurroundings({}, root)).to.include({container: false, wsl: true})
  })

  it('does not fail where a mark is something else', async () => {
    await mkdir(join(root, 'proc/version'), {recursive: true})
    expect(readSurroundings({}, root).wsl).to.equal(false)
    expect(() => readSurroundings({})).not.to.throw()
  })
})
