import {posix} from 'node:path'

const UPSTAIRS = ['domain', 'adapters', 'services', 'app', 'commands', 'hooks'] as const
const PORCH = new Set(
  [
    ...['argv', 'cli-config', 'core-plugins', 'help', 'launcher'],
    ...['plugin-custody', 'plugin-hooks', 'user-plugins'],
  ].map((name) => `src/${name}.ts`),
)

/** Where a file of the project stands: a room of the house, or a package of its own. */
export type Room = (typeof UPSTAIRS)[number] | 'compose.ts' | 'porch' | 'plugin-kit' | 'leaf'

export function roomOf(file: string): Room | undefined {
  if (/^src\/compose(\.ts$|\/)/.test(file)) return 'compose.ts'
  if (PORCH.has(file)) return 'porch'
  if (file.startsWith('packages/plugin-kit/')) return 'plugin-kit'
  if (/^(packages|plugins)\/[^/]+\//.test(file)) return 'leaf'
  return UPSTAIRS.find((room) => file.startsWith(`src/${room}/`))
}

/** The workspace a file belongs to: a package or plugin, or the house. */
export function workspaceOf(file: string): string {
  return /^(?:packages|plugins)\/[^/]+/.exec(file)?.[0] ?? 'house'
}

/** One outside thing may be served by a file and a folder of its name: they are one adapter. */
export function adapterOf(file: string): string | undefined {
  return /^src\/adapters\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(file)?.[1]
}

/** The file that a relative import means; undefined for a package. */
export function pathOf(importer: string, specifier: string): string | undefined {
  if (!/^\.{1,2}\//.test(specifier)) return undefined
  return posix.join(posix.dirname(importer), specifier).replace(/\.js$/, '.ts')
}
