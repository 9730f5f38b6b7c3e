import {expect} from 'chai'
import {existsSync, readFileSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {corePluginsIn} from '../scripts/bundle/core-plugins.js'
import {makeFacts, makeManifest} from '../scripts/write-manifest.js'
import {takeProfile} from '../src/host/profile-flag.js'
import {projectRoot} from './support/cli-environment.js'
import {listFiles} from './support/temporary-home.js'

const STALE = 'oclif.manifest.json is stale, and would hide commands. Run `npm run build`.'

const CLEAN = 'dist/ is not what src/ says. Run `npm run clean && npm run build`.'

describe('oclif.manifest.json', () => {
  for (const folder of ['.', ...corePluginsIn(projectRoot)]) {
    it(`matches the built commands, in ${folder}`, async () => {
      const path = join(projectRoot, folder, 'oclif.manifest.json')
      const written = existsSync(path) ? readFileSync(path, 'utf8') : ''
      expect(written, STALE).to.equal(await makeManifest(projectRoot, folder))
    })
  }

  it('names exactly the commands of src/commands', async () => {
    const {commands} = JSON.parse(await makeManifest(projectRoot)) as {commands: object}
    const files = await listFiles(join(projectRoot, 'src', 'commands'))
    const ids = files.map((file) => file.replace(/(\/index)?\.ts$/, '').replaceAll('/', ':'))
    expect(Object.keys(commands).sort(), CLEAN).to.deep.equal(ids.sort())
  })

  it('matches a package.json that names the hooks of src/host/hooks, each by its file', async () => {
    const {oclif} = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      oclif: {hooks: Record<string, {target: string; identifier: string}>}
    }
    const files = await listFiles(join(projectRoot, 'src', 'host', 'hooks'))
    const named = Object.values(oclif.hooks).map(({identifier}) => `${identifier}.ts`)
    expect(named.sort()).to.deep.equal(files.sort())
    for (const {target} of Object.values(oclif.hooks)) {
      expect(target).to.equal('./dist/mogplex.cjs')
    }
  })

  it('contains no path of the machine that wrote it', async () => {
    const manifest = await makeManifest(projectRoot)
    expect(manifest).not.to.contain(projectRoot.replace(/\/$/, ''))
    expect(manifest).not.to.contain(homedir())
  })
})

describe('dist/plugins.json', () => {
  it('contains enough of each command to find --profile after it', async () => {
    interface Facts {
      readonly manifest: {readonly commands: Readonly<Record<string, object>>}
    }
    const [own] = JSON.parse(await makeFacts(projectRoot)) as [Facts]
    const {commands} = own.manifest
    const config = {findCommand: (id: string) => commands[id]} as Parameters<typeof takeProfile>[1]
    expect(commands).to.include.keys('logout', 'whoami')
    for (const id of Object.keys(commands)) {
      const before = id === 'app' ? [] : [id]
      const argv = [...before, '--json', '--profile', 'work']
      const expected = {argv: [...before, '--json'], profile: 'work'}
      expect(takeProfile({argv, named: []}, config), id).to.deep.equal(expected)
    }
  })
})
