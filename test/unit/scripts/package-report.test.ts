import {expect} from 'chai'
import {mkdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {installedPackages} from '../../../scripts/package-report/installed-packages.js'
import {packageTables, withTables} from '../../../scripts/package-report/tables.js'
import {temporaryHome} from '../../support/temporary-home.js'

describe('installedPackages', () => {
  it('finds every package, with the size of its own files, and its parent', async () => {
    const folder = await temporaryHome()
    const put = async (path: string, license: unknown, bytes: number): Promise<void> => {
      const at = join(folder, path, 'lib')
      await mkdir(at, {recursive: true})
      const name = path.replace(/^.*node_modules\//, '')
      const pjson = JSON.stringify({name, version: '1.0.0', license})
      await writeFile(join(folder, path, 'package.json'), pjson.padEnd(200))
      await writeFile(join(at, 'index.js'), ' '.repeat(bytes))
    }
    await put('node_modules/one', 'MIT', 1000)
    await put('node_modules/one/node_modules/@a/b', {type: 'ISC'}, 10)
    await put('node_modules/one/node_modules/@a/b/node_modules/c', undefined, 20)
    expect(await installedPackages(folder)).to.deep.equal([
      {name: 'one', version: '1.0.0', license: 'MIT', bytes: 1200},
      {name: '@a/b', version: '1.0.0', license: 'ISC', bytes: 210, inside: 'one'},
      {name: 'c', version: '1.0.0', license: 'not named', bytes: 220, inside: 'one'},
    ])
  })
})

describe('packageTables', () => {
  const packed = [{name: 'cli', file: 'x.tgz', packed: 4001, unpacked: 1_849_000, files: 3}]
  const shared = {version: '1.0.0', license: 'MIT'}
  const installed = [
    {...shared, name: 'large', bytes: 90_000},
    {...shared, name: 'inner', bytes: 20_000, inside: 'large', license: 'ISC'},
    {...shared, name: 'small', bytes: 50_000},
  ]

  it('counts a package with those inside it, and small ones together', () => {
    const text = packageTables(packed, installed)
    expect(text).to.include('| `cli`   | 10 kB   | 1.85 MB  | 3     |')
    expect(text).to.match(/^\| `large` +\| 1\.0\.0 +\| MIT +\| 110 kB +\| 2 +\|$/m)
    expect(text).to.match(/^\| 1 of less than 100 kB +\| +\| +\| 50 kB +\| 1 +\|$/m)
    expect(text).to.include('3 packages with 0.16 MB')
    expect(text).to.include('Their licenses: MIT (2), ISC (1).')
  })

  it('changes only its place in the page', () => {
    const marks = ['<!-- what `npm run package:report` writes -->', '<!-- end -->']
    const page = `# A\n\n${marks.join('\n\nold\n\n')}\n\nB\n`
    expect(withTables(page, 'new')).to.equal(page.replace('old', 'new'))
    expect(() => withTables('# A', 'new')).to.throw('no place')
  })
})
