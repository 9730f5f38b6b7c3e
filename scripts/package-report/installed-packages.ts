import {lstat, readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'

export interface Installed {
  readonly name: string
  readonly version: string
  /** From its package.json. */
  readonly license: string
  /** The size of its files, without the packages in its own `node_modules`. */
  readonly bytes: number
  /** The package whose `node_modules` contains it, at any depth; absent at the top. */
  readonly inside?: string
}

/** Every package below the `node_modules` of a folder, by name. */
export async function installedPackages(folder: string, inside?: string): Promise<Installed[]> {
  const names = await packageNames(join(folder, 'node_modules'))
  const all = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, 'node_modules', name)
      const [own, nested] = await Promise.all([
        describe(path, inside),
        installedPackages(path, inside ?? name),
      ])
      return [own, ...nested]
    }),
  )
  return all.flat()
}

async function describe(path: string, inside: string | undefined): Promise<Installed> {
  const pjson = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license?: string | {type: string}
  }
  const {name, version, license = 'not named'} = pjson
  const type = typeof license === 'string' ? license : license.type
  const bytes = await sizeOf(path)
  return {name, version, license: type, bytes, ...(inside !== undefined && {inside})}
}

async function packageNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => [])
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
  const found = await Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => {
        if (!name.startsWith('@')) return [name]
        return (await readdir(join(folder, name))).sort().map((each) => `${name}/${each}`)
      }),
  )
  return found.flat()
}

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, {withFileTypes: true})
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      if (entry.name === 'node_modules') return 0
      const inner = join(path, entry.name)
      return entry.isDirectory() ? sizeOf(inner) : (await lstat(inner)).size
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
