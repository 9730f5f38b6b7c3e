import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {machineEnvironment} from './clean-environment.js'

const run = promisify(execFile)

/** Runs npm as its user has set it up, whom the tests hide: with their proxy and certificates, too. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const {stdout} = await run('npm', [...args], {
    cwd,
    env: machineEnvironment,
    timeout: 280_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout.trim()
}

/**
 * Packs the package in a folder.
 *
 * @param options - further ones of `npm pack`
 * @returns the path of the tarball
 */
export async function npmPack(
  folder: string,
  destination: string,
  options: readonly string[] = [],
): Promise<string> {
  const args = ['pack', '--json', '--pack-destination', destination, ...options]
  const output = await npm(args, folder)
  // Scripts may have printed before.
  const [{filename}] = JSON.parse(output.slice(output.lastIndexOf('\n[') + 1)) as [
    {filename: string},
  ]
  return `${destination}/${filename}`
}
