import {execFile} from 'node:child_process'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {machineEnvironment} from './clean-environment.js'
import type {Command} from './cli-environment.js'
import {temporaryHome} from './temporary-home.js'

const run = promisify(execFile)
const MACHINE_NPM: Command = ['npm']
/** The npm options that the tests rely on, whatever its user prefers. */
const AS_USUAL = {
  NODE_ENV: '',
  npm_config_ignore_scripts: 'false',
  npm_config_include: 'dev',
}

/**
 * Runs npm with its user's configuration, which the tests hide: including their proxy and
 * certificates.
 *
 * @param command - another npm than the one of this machine
 */
export async function npm(
  args: readonly string[],
  cwd: string,
  [program, ...first]: Command = MACHINE_NPM,
): Promise<string> {
  const {stdout} = await run(program, [...first, ...args], {
    cwd,
    env: {...machineEnvironment, ...AS_USUAL},
    timeout: 280_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout.trim()
}

/** The npm of this machine if its major version is this one, otherwise one that is fetched. */
export async function npmOfMajor(major: number): Promise<Command> {
  const version = await npm(['--version'], tmpdir())
  if (version.startsWith(`${major}.`)) return MACHINE_NPM
  const folder = await npmInstall(`npm@${major}`)
  return [process.execPath, join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')]
}

/**
 * Installs a package in a separate folder.
 *
 * @param specifier - a name and a version, or the path of a tarball
 * @returns the folder
 */
export async function npmInstall(specifier: string): Promise<string> {
  const folder = await temporaryHome()
  const options = ['--prefix', folder, '--prefer-offline', '--no-audit', '--no-fund']
  await npm(['install', ...options, specifier], folder)
  return folder
}

/**
 * Packs the package in a folder.
 *
 * @returns the path of the tarball
 */
export async function npmPack(folder: string, destination: string): Promise<string> {
  const output = await npm(['pack', '--json', '--pack-destination', destination], folder)
  // Scripts may have printed before.
  const [{filename}] = JSON.parse(output.slice(output.lastIndexOf('\n[') + 1)) as [
    {filename: string},
  ]
  return join(destination, filename)
}
