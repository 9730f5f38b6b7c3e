import {expect} from 'chai'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {putFolder, sweepBeside, takeAway} from '../../../src/adapters/skill-folders/swap.js'
import {temporaryHome} from '../../../../../test/support/temporary-home.js'

const NONCE = '01234567-89ab-cdef-0123-456789abcdef'
const HOUR = 60 * 60 * 1000

describe('the swap of folders', () => {
  let base: string
  let path: string
  const files = (text: string) => new Map([['a/b.md', Buffer.from(text)]])

  beforeEach(async () => {
    base = await temporaryHome()
    path = join(base, 'one')
  })

  it('replaces a folder whole, and calls back for the old one once it is unreachable', async () => {
    putFolder(path, files('old'), undefined)
    const seen: string[] = []
    putFolder(path, files('new'), (aside) => seen.push(aside))
    expect(seen[0]).to.match(/[\\/]\.one\.[\w-]{36}\.old$/)
    expect(await readFile(join(path, 'a/b.md'), 'utf8')).to.equal('new')
    expect(await readdir(base)).to.deep.equal(['one'])
  })

  it('restores the old one when it may not be removed, and when the new one cannot be placed', async () => {
    putFolder(path, files('old'), undefined)
    const refuse = (): never => {
      throw new Error('No.')
    }
    expect(() => putFolder(path, files('new'), refuse)).to.throw('No.')
    expect(() => takeAway(path, () => undefined, refuse)).to.throw('No.')
    expect(await readFile(join(path, 'a/b.md'), 'utf8')).to.equal('old')
    expect(await readdir(base)).to.deep.equal(['one'])
  })

  it('leaves nothing beside it when the new one cannot be written', async () => {
    const impossible = new Map([...files('x'), ['a', Buffer.from('a file where a folder is')]])
    expect(() => putFolder(path, impossible, undefined)).to.throw()
    expect(await readdir(base)).to.deep.equal([])
  })

  it('removes what killed processes left an hour ago, and nothing else', async () => {
    const leftovers = [`.one.${NONCE}.tmp`, `.one.${NONCE}.old`]
    const others = [`.two.${NONCE}.tmp`, '.one.tmp', `one.${NONCE}.tmp`, '.onerous']
    for (const name of [...leftovers, ...others]) await mkdir(join(base, name))
    await writeFile(join(base, leftovers[0] ?? '', 'a.md'), 'a')
    sweepBeside(path)
    expect(await readdir(base)).to.have.members([...leftovers, ...others])
    sweepBeside(path, Date.now() + HOUR + 1000)
    expect(await readdir(base)).to.have.members(others)
    sweepBeside(join(base, 'no', 'such', 'folder'))
  })
})
