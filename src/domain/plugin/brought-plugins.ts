import {asRecord} from '../text/json.js'
import {isPackageName} from './manifest-flaw.js'

/**
 * The plugins that a plugin brings along itself: those of its dependencies that its settings name.
 *
 * @param pjson - its package.json
 */
export function broughtPlugins(pjson: unknown): string[] {
  const {dependencies, oclif} = asRecord(pjson) ?? {}
  const patterns: unknown = asRecord(oclif)?.plugins
  if (!Array.isArray(patterns)) return []
  const texts = patterns.filter((pattern: unknown) => typeof pattern === 'string')
  return Object.keys(asRecord(dependencies) ?? {})
    .filter(isPackageName)
    .filter((name) => texts.some((pattern) => matches(name, pattern)))
}

/** oclif takes patterns for the names of plugins, of which `*` is the one that is used. */
function matches(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[^\w]/g, '\\$&'))
  return new RegExp(`^${parts.join('[^/]*')}$`).test(name)
}
