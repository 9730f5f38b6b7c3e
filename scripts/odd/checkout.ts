import {spawnSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, readdirSync, readlinkSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'

const OURS = '@mogplex'
const BUILT = [
  'dist',
  ...['local-cloud', 'plugin-kit', 'redaction'].map((name) => `packages/${name}/dist`),
  ...['runs', 'skills'].map((name) => `plugins/${name}/oclif.manifest.json`),
]
const OTHERS_NESTED = ['packages/next-authorization-server']

/**
 * Clones the committed files into a folder with blanks and non-ASCII letters, with a git that is
 * configured to write CR LF. The clone gets the build output and the installed packages from here.
 *
 * @returns the folder, or undefined where there is no git, or nothing to clone
 */
export function cloneWithCrLf(root: string, folder: string): string | undefined {
  const path = join(folder, 'ein Ordner – ägypt ☂')
  const args = ['-c', 'core.autocrlf=true', '-c', 'core.eol=crlf', 'clone', '--quiet', root, path]
  if (spawnSync('git', args, {stdio: 'ignore'}).status !== 0) return undefined
  for (const built of BUILT) cpSync(join(root, built), join(path, built), {recursive: true})
  linkPackages(join(root, 'node_modules'), join(path, 'node_modules'))
  for (const name of OTHERS_NESTED) {
    cpSync(join(root, name, 'dist'), join(path, name, 'dist'), {recursive: true})
    linkPackages(join(root, name, 'node_modules'), join(path, name, 'node_modules'))
  }
  return path
}

/** The files that have CR LF in the work tree. */
export function filesWithCrLf(checkout: string): string[] {
  const {stdout} = spawnSync('git', ['ls-files', '--eol'], {cwd: checkout, encoding: 'utf8'})
  return stdout.split('\n').filter((line) => /\bw\/(crlf|mixed)\b/.test(line))
}

/** Links to each package except our own: those link to this checkout. */
function linkPackages(from: string, to: string): void {
  if (!existsSync(from)) return
  mkdirSync(to, {recursive: true})
  for (const name of readdirSync(from)) {
    if (name !== OURS) symlinkSync(join(from, name), join(to, name))
  }
  if (!existsSync(join(from, OURS))) return
  mkdirSync(join(to, OURS))
  for (const name of readdirSync(join(from, OURS))) {
    symlinkSync(readlinkSync(join(from, OURS, name)), join(to, OURS, name))
  }
}
