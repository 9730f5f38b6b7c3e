import {existsSync} from 'node:fs'
import {mkdir, symlink} from 'node:fs/promises'
import {delimiter, join} from 'node:path'

/** Creates a folder that contains only these programs of the machine, for use as the whole PATH. */
export async function makeBarePath(path: string, programs: readonly string[]): Promise<void> {
  await mkdir(path)
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const program of programs) {
    const found = folders.map((folder) => join(folder, program)).find((file) => existsSync(file))
    if (found === undefined) throw new Error(`There is no ${program} in PATH.`)
    await symlink(found, join(path, program))
  }
}
