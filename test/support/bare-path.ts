import {existsSync} from 'node:fs'
import {mkdir, symlink} from 'node:fs/promises'
import {delimiter, join} from 'node:path'

/** Makes a folder in which only these programs of the machine are: as a PATH, it has no others. */
export async function makeBarePath(path: string, programs: readonly string[]): Promise<void> {
  await mkdir(path)
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const program of programs) {
    const found = folders.map((folder) => join(folder, program)).find((file) => existsSync(file))
    if (found === undefined) throw new Error(`There is no ${program} in PATH.`)
    await symlink(found, join(path, program))
  }
}
