import {expect} from 'chai'
import {execFileSync} from 'node:child_process'
import {mkdirSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs'
import {join, normalize} from 'node:path'
import {edgesOf, filesOfHome, linesOf} from '../../../../src/adapters/session-log/read-log.js'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {temporaryHome} from '../../../support/temporary-home.js'

const MEGABYTE = 1 << 20

describe('linesOf', () => {
  let folder: string
  let path: string

  beforeEach(async () => {
    folder = await temporaryHome()
    path = join(folder, 'file')
  })

  const textsOf = (contents: string | Buffer): string[] => {
    writeFileSync(path, contents)
    return [...linesOf(path)].map(({text}) => text)
  }

  it('yields the lines, including an unfinished last one', () => {
    expect(textsOf('a\n\nb\nc')).to.deep.equal(['a', '', 'b', 'c'])
    expect(textsOf('a\n')).to.deep.equal(['a'])
    expect(textsOf('')).to.deep.equal([])
    expect(textsOf(Buffer.from([0x61, 0xff, 0x0a, 0xe6]))).to.deep.equal(['a�', '�'])
  })

  it('splits no character where it splits the file', () => {
    const line = '漢😀'.repeat(50_000)
    expect(textsOf(`x${line}\n${line}`)).to.deep.equal([`x${line}`, line])
  })

  it('yields a line of 5 MB in pieces that overlap, with the overlap marked', () => {
    const line = Array.from({length: MEGABYTE}, (_, index) =>
      String(index % 100_000).padStart(5, '0'),
    ).join('')
    writeFileSync(path, `first\n${line}\nlast`)
    const [first, ...pieces] = [...linesOf(path)]
    const last = pieces.pop()
    expect(first).to.deep.equal({line: 1, text: 'first', toldBefore: 0, isWhole: true})
    expect(last).to.deep.equal({line: 3, text: 'last', toldBefore: 0, isWhole: true})
    expect(pieces.length).to.be.above(3)
    expect(
      pieces.every(
        ({line: number, isWhole, text}) => number === 2 && !isWhole && text.length < 2 * MEGABYTE,
      ),
    ).to.equal(true)
    expect(pieces.map(({text, toldBefore}) => text.slice(toldBefore)).join('') === line).to.equal(
      true,
    )
  })

  it('refuses anything but a file, a link, and a file that is too large, without blocking', () => {
    writeFileSync(path, 'theirs')
    symlinkSync(path, join(folder, 'link'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    writeFileSync(join(folder, 'large'), '')
    truncateSync(join(folder, 'large'), 3 * 2 ** 30)
    for (const name of ['link', 'pipe', '.', 'large']) {
      const refused = join(folder, name)
      expect(() => [...linesOf(refused)]).to.throw(LocalFileError, refused)
      const nothing = name === 'large' ? '\0'.repeat(65_536) : ''
      expect(edgesOf(refused), name).to.deep.equal({first: nothing, last: nothing})
    }
    expect([...linesOf(join(folder, 'absent'))]).to.deep.equal([])
    expect(edgesOf(join(folder, 'absent'))).to.deep.equal({first: '', last: ''})
  })

  it('fails where a parent of the path is a file', () => {
    writeFileSync(path, '')
    expect(() => [...linesOf(join(path, 'x'))]).to.throw(
      /cannot be read: a part of the path is a file/,
    )
  })
})

describe('edgesOf', () => {
  it('returns the first and the last line, whatever is between them', async () => {
    const path = join(await temporaryHome(), 'file')
    writeFileSync(path, `first\n${'middle\n'.repeat(100_000)}last\n`)
    expect(edgesOf(path)).to.deep.equal({first: 'first', last: 'last'})
    writeFileSync(path, 'only')
    expect(edgesOf(path)).to.deep.equal({first: 'only', last: 'only'})
    writeFileSync(path, '')
    expect(edgesOf(path)).to.deep.equal({first: '', last: ''})
  })
})

describe('filesOfHome', () => {
  it('are all of ours except auth.json, everything in our folders, and no links', async () => {
    const home = await temporaryHome()
    expect(filesOfHome(home)).to.deep.equal([])
    mkdirSync(join(home, 'logs', 'folder'), {recursive: true})
    mkdirSync(join(home, 'hosted'))
    const names = [
      'auth.json.broken-1',
      'auth.json.refresh',
      'history.jsonl',
      'hosted/models.json',
      'logs/a.jsonl',
      'logs/b.txt',
    ]
    for (const name of [...names, 'auth.json', 'config.toml']) writeFileSync(join(home, name), '')
    symlinkSync('/etc/hosts', join(home, 'logs', 'link.jsonl'))
    expect(filesOfHome(home).map(({name}) => name)).to.deep.equal(names.map(normalize))
  })

  it('are empty where the folder is a link', async () => {
    const home = await temporaryHome()
    symlinkSync('/etc', join(home, 'logs'))
    expect(filesOfHome(home)).to.deep.equal([])
  })
})
