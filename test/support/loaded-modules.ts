import {extname} from 'node:path'
import {fileURLToPath} from 'node:url'

/** The extension of our modules: these tests may run as compiled JavaScript. */
const ENDING = extname(fileURLToPath(import.meta.url))

/** Node's options for loading our modules. */
export const LOADER = ENDING === '.ts' ? ['--import', 'tsx/esm'] : []

/** The URL of one of our modules, by its path from the root without its extension. */
export function moduleAddress(path: string): string {
  return new URL(`../../${path}${ENDING}`, import.meta.url).href
}
