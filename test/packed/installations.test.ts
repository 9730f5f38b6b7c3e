import {expect} from 'chai'
import {existsSync} from 'node:fs'
import {readdir} from 'node:fs/promises'
import {join, sep} from 'node:path'
import {expectExit} from '../support/answers.js'
import {exampleRegistry} from '../support/example-registry.js'
import {type InstalledCli, installedCli, installedForAll, runByNpx} from '../support/packed-cli.js'
import type {CliResult} from '../support/run-cli.js'
import {setStage} from '../support/sign-in-stage.js'

const WAYS = {
  'npm install -g, npm 10': async () => installedForAll(10),
  'npm install -g, npm 11': async () => installedForAll(11),
  'npm install': installedCli,
  npx: runByNpx,
}

const PACKAGE = /\/node_modules\/(@[^/]+\/)?[^/@.][^/]*$/

describe('the CLI, in the ways that users install it', () => {
  const stage = setStage()
  const installed = new Map<string, InstalledCli>()
  let cli: InstalledCli
  let registry: Readonly<Record<string, string>>

  before(async () => {
    const ways = Object.entries(WAYS)
    const [example] = await Promise.all([
      exampleRegistry(),
      ...ways.map(async ([way, install]) => installed.set(way, await install())),
    ])
    registry = example.registry.env
  })

  for (const way of Object.keys(WAYS)) {
    describe(`by ${way}`, () => {
      before(() => {
        const found = installed.get(way)
        if (found === undefined) throw new Error(`Nobody installed it by ${way}.`)
        cli = found
      })

      it('has all its dependencies', async () => {
        const packages = await packageFolders(cli.folder)
        expect(packages).to.have.length.greaterThan(60)
        expect(packages.filter((path) => !existsSync(join(path, 'package.json')))).to.deep.equal([])
        expect(await cli.list()).to.match(/@mogplex\/cli@\d/)
      })

      it('prints help, has its own plugins, and reports that nobody is signed in', async () => {
        expect((await mogplex(['help'])).stdout)
          .to.match(/^ {2}whoami\b/m)
          .and.to.match(/^ {2}plugins\b/m)
        const {stdout} = await mogplex(['plugins', '--core'])
        expect(stdout.match(/^@\S+(?= +\d)/gm)).to.deep.equal([
          '@mogplex/plugin-auth-skill',
          '@mogplex/plugin-runs',
          '@mogplex/plugin-skills',
          '@oclif/plugin-plugins',
        ])
        expect((await mogplex(['whoami'], 64)).stderr).to.include('mogplex login')
      })

      it('installs a plugin from a registry', async () => {
        await mogplex(['plugins', 'install', 'mogplex-plugin-usage'])
        expect((await mogplex(['plugins'])).stdout).to.match(/^mogplex-plugin-usage +\d/m)
        await stage.putLogin()
        expect((await mogplex(['usage'])).stdout).to.match(/^\d+ repositories, /)
      })
    })
  }

  async function mogplex(args: readonly string[], code = 0): Promise<CliResult> {
    const options = {command: cli.command, env: {...registry}, timeoutMs: 240_000}
    const result = await stage.run(args, options)
    expectExit(result, code)
    return result
  }
})

/** Where npm put a package, or intended to. */
async function packageFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true})
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => PACKAGE.test(path.replaceAll(sep, '/')))
}
