import {mkdir, readdir, symlink} from 'node:fs/promises'
import {join} from 'node:path'
import {type Command, projectRoot} from './cli-environment.js'
import {npm, npmInstall, npmOfMajor, npmPack} from './npm.js'
import {temporaryHome} from './temporary-home.js'

/** The packed CLI, as a user gets it. */
export interface InstalledCli {
  readonly command: Command
  /** The folder that contains `node_modules`. */
  readonly folder: string
  /** Lists everything that npm installed there, and fails where it reports a problem. */
  readonly list: () => Promise<string>
}

let tarball: Promise<string> | undefined
let local: Promise<InstalledCli> | undefined

/** Packs the CLI once for all tests of a run. Call it in a `before`. */
export async function packedCli(): Promise<string> {
  return (tarball ??= temporaryHome().then(async (folder) => npmPack(projectRoot, folder)))
}

/** Installs it in an empty folder, once for all tests of a run. Call it in a `before`. */
export async function installedCli(): Promise<InstalledCli> {
  return (local ??= install())
}

async function install(): Promise<InstalledCli> {
  const folder = await npmInstall(await packedCli())
  const command: Command = [join(folder, 'node_modules', '.bin', 'mogplex')]
  return {command, folder, list: async () => npm(['ls', '--all'], folder)}
}

/** `npm install -g` with an npm of this major version, and a separate prefix. */
export async function installedForAll(major: number): Promise<InstalledCli> {
  const [specifier, command] = await Promise.all([packedCli(), npmOfMajor(major)])
  const prefix = await temporaryHome()
  const there = ['--global', '--prefix', prefix]
  await npm(['install', ...there, '--prefer-offline', specifier], prefix, command)
  return {
    command: [join(prefix, 'bin', 'mogplex')],
    folder: join(prefix, 'lib'),
    list: async () => npm(['ls', ...there, '--all'], prefix, command),
  }
}

/** `npx`, which installs in its cache: a separate one here, on top of npm's downloads. */
export async function runByNpx(): Promise<InstalledCli> {
  const [specifier, home] = await Promise.all([packedCli(), temporaryHome()])
  const downloads = join(await npm(['config', 'get', 'cache'], home), '_cacache')
  await mkdir(downloads, {recursive: true})
  await symlink(downloads, join(home, '_cacache'))
  const mogplex = ['--yes', '--cache', home, '--package', specifier, '--', 'mogplex']
  await npm(['exec', '--prefer-offline', ...mogplex, '--version'], home)
  const [name = ''] = await readdir(join(home, '_npx'))
  const folder = join(home, '_npx', name)
  return {
    command: ['npx', ...mogplex],
    folder,
    list: async () => npm(['ls', '--all'], folder),
  }
}
