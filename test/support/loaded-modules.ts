import {extname} from 'node:path'
import {fileURLToPath} from 'node:url'

/** How our modules end: these tests may run as the JavaScript that was made of them. */
const ENDING = extname(fileURLToPath(import.meta.url))

/** What another Node needs to load our modules. */
export const LOADER = ENDING === '.ts' ? ['--import', 'tsx/esm'] : []

/** The address of a module of ours, by its path from the root without its ending. */
export function moduleAddress(path: string): string {
  return new URL(`../../${path}${ENDING}`, import.meta.url).href
}
