import {mkdir} from 'node:fs/promises'
import {join} from 'node:path'
import {type Command, projectRoot} from './cli-environment.js'
import {npm, npmPack} from './npm.js'
import {temporaryHome} from './temporary-home.js'

/** The CLI, packed and installed in an empty folder, as users get it. */
export interface PackedCli {
  readonly tarball: string
  /** Where it was installed. */
  readonly project: string
  readonly command: Command
}

let packed: Promise<PackedCli> | undefined

/** Packs and installs it once for all tests of a run. Ask for it in a `before`. */
export async function packedCli(): Promise<PackedCli> {
  return (packed ??= packAndInstall())
}

async function packAndInstall(): Promise<PackedCli> {
  const folder = await temporaryHome()
  const [project, destination] = [join(folder, 'project'), join(folder, 'tarball')]
  await Promise.all([mkdir(project), mkdir(destination)])
  const tarball = await npmPack(projectRoot, destination)
  await npm(['install', '--prefix', project, '--no-audit', '--no-fund', tarball], project)
  return {tarball, project, command: [join(project, 'node_modules', '.bin', 'mogplex')]}
}
