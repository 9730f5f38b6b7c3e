import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

/** Fetched packages, cached outside the repository. */
export function cacheFolder(): string {
  const named = process.env.MOGPLEX_TEST_CACHE
  return named === undefined || named === '' ? join(homedir(), '.cache', 'mogplex-tests') : named
}

/**
 * A package from npm, for this system or for another one; its scripts are not run.
 *
 * @param specifier - a name and an exact version
 * @returns its folder
 */
export function fetchPackage(name: string, version: string): string {
  const folder = join(cacheFolder(), `${name}-${version}`)
  const within = join(folder, 'node_modules', name)
  if (existsSync(within)) return within
  const beside = `${folder}.${process.pid}`
  mkdirSync(beside, {recursive: true})
  try {
    const options = ['--force', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund']
    const args = ['install', ...options, '--prefix', beside, `${name}@${version}`]
    execFileSync('npm', args, {cwd: beside, stdio: 'pipe', timeout: 280_000})
    renameSync(beside, folder)
  } finally {
    rmSync(beside, {recursive: true, force: true})
  }
  return within
}
