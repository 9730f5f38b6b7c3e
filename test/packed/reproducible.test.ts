import {expect} from 'chai'
import {execFile} from 'node:child_process'
import {cp, mkdir, readdir, readFile} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {promisify} from 'node:util'
import {projectRoot} from '../support/cli-environment.js'
import {npmPack} from '../support/npm.js'
import {packedCli} from '../support/packed-cli.js'
import {temporaryHome} from '../support/temporary-home.js'

const run = promisify(execFile)
const MADE = new Set(['node_modules', '.git', 'dist', 'oclif.manifest.json'])

describe('a build of the same sources', () => {
  let ours = ''
  before(async () => {
    ours = await packedCli() // here, so that later suites can use it
  })

  it('is identical, byte for byte, in another folder', async () => {
    const copy = await copyOfSources()
    const theirs = await npmPack(copy, await temporaryHome()) // builds it
    const list = async (path: string): Promise<string> => (await run('tar', ['-tzf', path])).stdout
    expect(await list(theirs)).to.equal(await list(ours))
    expect((await readFile(theirs)).equals(await readFile(ours))).to.equal(true)
  }).timeout(280_000)
})

/** With the packages that are installed here. */
async function copyOfSources(): Promise<string> {
  const copy = join(await temporaryHome(), 'copy')
  await cp(projectRoot, copy, {recursive: true, filter: (path) => !MADE.has(basename(path))})
  await mkdir(join(copy, 'node_modules'))
  for (const name of await readdir(join(projectRoot, 'node_modules')))
    await copyPackages(join('node_modules', name), copy)
  for (const parent of ['packages', 'plugins']) {
    for (const folder of await readdir(join(copy, parent)))
      // few have some
      await copyPackages(join(parent, folder, 'node_modules'), copy).catch(() => undefined)
  }
  return copy
}

/** As hard links, where both are on one disk: symbolic links would lead the build back here. */
async function copyPackages(path: string, copy: string): Promise<void> {
  const [from, to] = [join(projectRoot, path), join(copy, path)]
  await run('cp', ['-al', from, to]).catch(async () => run('cp', ['-a', from, to]))
}
