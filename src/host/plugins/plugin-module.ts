import {pathToFileURL} from 'node:url'
import {asRecord} from '../../domain/text/json.js'

/**
 * Loads a module of a plugin, ES or CommonJS.
 *
 * @param path - absolute
 * @returns the export of that name, or `undefined`
 * @throws whatever the module throws
 */
export async function loadExport(path: string, name: string): Promise<unknown> {
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown>
  const own = loaded[name]
  // What TypeScript makes of `export default`, as CommonJS.
  return typeof own === 'function' ? own : asRecord(loaded.default)?.[name]
}
