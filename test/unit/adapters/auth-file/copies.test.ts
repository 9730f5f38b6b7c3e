import {expect} from 'chai'
import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {copiesOf, removeCopy} from '../../../../src/adapters/auth-file/copies.js'
import {temporaryHome} from '../../../support/temporary-home.js'

describe('copiesOf', () => {
  it('are the contents that were moved out of auth.json, and nothing else', async () => {
    const home = await temporaryHome()
    const path = join(home, 'auth.json')
    expect(copiesOf(path)).to.deep.equal([])
    expect(copiesOf(join(home, 'nowhere', 'auth.json'))).to.deep.equal([])
    const copies = ['auth.json.broken-1', 'auth.json.foreign-2'].map((name) => join(home, name))
    const others = ['auth.json.refresh', 'other.json.broken-1'].map((name) => join(home, name))
    for (const file of [path, ...copies, ...others]) writeFileSync(file, '')
    expect(copiesOf(path)).to.deep.equal(copies)
    expect(copies.map(removeCopy)).to.deep.equal([true, true])
    expect(copiesOf(path)).to.deep.equal([])
  })

  it('stay where they cannot be removed', async () => {
    const path = join(await temporaryHome(), 'auth.json.broken-1')
    mkdirSync(join(path, 'inside'), {recursive: true})
    expect(() => removeCopy(path)).to.throw(LocalFileError, /cannot be removed/)
  })
})
