import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {readdir, readFile} from 'node:fs/promises'
import {join, resolve} from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const EXPORTED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:class|function|interface|type|const) (\w+)/

interface Manifest {
  readonly exports: Readonly<Record<string, string | {types: string; default: string}>>
  readonly files: readonly string[]
  readonly peerDependencies: object
}

describe('the package @mogplex/plugin-kit', () => {
  let manifest: Manifest

  before(async () => {
    manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest
  })

  it('has a README, a license, and files with types for every importable name', async () => {
    const named = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : [target.types, target.default],
    )
    for (const path of ['README.md', 'LICENSE', ...named, ...manifest.files.filter(isPath)]) {
      expect(existsSync(join(ROOT, path)), path).to.equal(true)
    }
    const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
    const doors = Object.keys(manifest.exports).filter((door) => door !== './package.json')
    for (const door of doors) expect(readme).to.include(`\`@mogplex/plugin-kit${door.slice(1)}\``)
  })

  it('documents every export', async () => {
    const folder = join(ROOT, 'src')
    const files = (await readdir(folder, {recursive: true})).filter((name) => name.endsWith('.ts'))
    const bare: string[] = []
    for (const file of files) {
      const lines = (await readFile(join(folder, file), 'utf8')).split('\n')
      const said = new Set<string>()
      for (const [index, line] of lines.entries()) {
        const [, name] = EXPORTED.exec(line) ?? []
        if (name === undefined) continue
        if (lines[index - 1]?.endsWith('*/'))
          said.add(name) // once, where a type shares its name
        else if (!said.has(name)) bare.push(`${file}: ${name}`)
      }
    }
    expect(files.length).to.be.greaterThan(10)
    expect(bare).to.deep.equal([])
  })
})

function isPath(pattern: string): boolean {
  return !pattern.startsWith('!')
}
