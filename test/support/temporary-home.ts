import {mkdir, mkdtemp, readdir, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join, relative, sep} from 'node:path'
import {onCleanup} from './cleanup.js'

/** Creates an empty folder as HOME, and removes it after the test. */
export async function temporaryHome(): Promise<string> {
  // Resolved, because the temporary folder is a link on some systems, and the CLI prints paths.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mogplex-test-')))
  onCleanup(() => rm(folder, {recursive: true, force: true, maxRetries: 5}))
  const home = join(folder, 'home')
  await mkdir(home, {mode: 0o700})
  return home
}

/** The files in a home, except those of sessions, as listed by {@link listFiles}. */
export async function listStored(home: string): Promise<string[]> {
  return (await listFiles(home)).filter((path) => !path.includes('.mogplex/logs/'))
}

/** All files below a folder, as sorted relative paths with slashes. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true})
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}
