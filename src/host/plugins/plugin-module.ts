import {pathToFileURL} from 'node:url'
import {asRecord} from '../../domain/text/json.js'

/**
 * Loads a module of a plugin, ES or CommonJS.
 *
 * @param path - absolute
 * @returns the export of that name, or `undefined`
 * @throws errors of the module
 */
export async function loadExport(path: string, name: string): Promise<unknown> {
  const loaded = (await import(pathToFileURL(path).href)) as Record<string, unknown>
  const own = loaded[name]
  // The form of `export default` that TypeScript compiles to CommonJS.
  return typeof own === 'function' ? own : asRecord(loaded.default)?.[name]
}
