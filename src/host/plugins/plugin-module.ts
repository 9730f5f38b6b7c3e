import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {asRecord} from '../../domain/text/json.js'

/**
 * Loads a module of a plugin, ES or CommonJS.
 *
 * @param module - its path, relative to the plugin's root
 * @returns the export of that name, or `undefined`
 * @throws whatever the module throws
 */
export async function loadExport(root: string, module: string, name: string): Promise<unknown> {
  const loaded = (await import(pathToFileURL(join(root, module)).href)) as Record<string, unknown>
  const own = loaded[name]
  // What TypeScript makes of `export default`, as CommonJS.
  return typeof own === 'function' ? own : asRecord(loaded.default)?.[name]
}
