import {expect} from 'chai'
import {mkdir, readFile, symlink, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {KeptFile} from '../../../src/adapters/kept-file.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import {failureOf} from '../../support/services.js'
import {expectMode} from '../../support/system-under-test.js'
import {listFiles, temporaryHome} from '../../support/temporary-home.js'

const ADA = {issuer: 'https://mogplex.com', id: 'usr_1'}
const GRACE = {issuer: 'https://mogplex.com', id: 'usr_2'}

async function fileIn(home?: string) {
  const folder = home ?? join(await temporaryHome(), '.mogplex')
  return {home: folder, file: new KeptFile({home: folder, loadWriter}, '@acme/../tool')}
}

describe('KeptFile', () => {
  it("stores a plugin's values, for its owner only, separately for each account", async () => {
    const {home, file} = await fileIn()
    expect(file.read(ADA, 'names')).to.equal(undefined)
    await file.change(ADA, 'names', () => ['a'])
    await file.change(GRACE, 'names', () => ({b: null}))
    await file.change(ADA, 'names', (before) => [before ?? null, 'c'])
    await file.change(ADA, 'more', () => 1)
    expect(file.read(ADA, 'names')).to.deep.equal([['a'], 'c'])
    expect(file.read(GRACE, 'names')).to.deep.equal({b: null})
    await file.change(ADA, 'names', () => undefined)
    expect(file.read(ADA, 'names')).to.equal(undefined)
    expect(await listFiles(home)).to.deep.equal(['plugins/@acme+..+tool.json'])
    expectMode(join(home, 'plugins/@acme+..+tool.json'), 0o600)
  })

  it('loses nothing that others write at the same time', async () => {
    const {home, file} = await fileIn()
    const others = Array.from({length: 20}, async (_, index) =>
      (await fileIn(home)).file.change(ADA, 'list', (before) => [
        ...(Array.isArray(before) ? (before as number[]) : []),
        index,
      ]),
    )
    await Promise.all(others)
    expect(file.read(ADA, 'list')).to.have.length(20)
  })

  it('stores no more than the limit, and nothing of a change that fails', async () => {
    const {file} = await fileIn()
    await file.change(ADA, 'names', () => 'small')
    const big = await failureOf(file.change(ADA, 'more', () => 'x'.repeat(70_000)))
    expect(big).to.include({code: 'KEPT_TOO_MUCH', exitCode: 1})
    const thrown = new Error('no')
    const fails = file.change(ADA, 'names', () => {
      throw thrown
    })
    expect(await fails.catch((error: unknown) => error)).to.equal(thrown)
    expect(file.read(ADA, 'names')).to.equal('small')
    for (let id = 0; id < 12; id++) await file.change({...ADA, id: `${id}`}, 'names', () => id)
    expect(file.read({...ADA, id: '11'}, 'names')).to.equal(11)
    expect(file.read(ADA, 'names')).to.equal(undefined)
  })

  it('follows no link, and treats a broken file as empty', async () => {
    const elsewhere = await temporaryHome()
    await writeFile(join(elsewhere, '@acme+..+tool.json'), '{"accounts":[]}')
    const {home, file} = await fileIn()
    await mkdir(home)
    await symlink(elsewhere, join(home, 'plugins'))
    expect(await failureOf(file.change(ADA, 'a', () => 1))).to.include({code: 'LOCAL_FILE'})
    expect(await readFile(join(elsewhere, '@acme+..+tool.json'), 'utf8')).to.equal(
      '{"accounts":[]}',
    )
    const broken = await fileIn()
    await mkdir(join(broken.home, 'plugins'), {recursive: true})
    const texts = ['{', '[]', '{"accounts":[{"account":{"issuer":1}},{"kept":3},null]}']
    for (const text of texts) {
      await writeFile(join(broken.home, 'plugins/@acme+..+tool.json'), text)
      expect(broken.file.read(ADA, 'a')).to.equal(undefined)
    }
    await broken.file.change(ADA, '__proto__', () => ({evil: true}))
    expect(broken.file.read(ADA, '__proto__')).to.equal(undefined)
  })
})
