import {asRecord} from '../text/json.js'
import {isPackageName} from './manifest-flaw.js'

const MAX = 200

/**
 * The plugins that a plugin loads itself: dependencies that its oclif settings name, up to a limit.
 *
 * @param pjson - its package.json
 */
export function nestedPlugins(pjson: unknown): string[] {
  const {dependencies, oclif} = asRecord(pjson) ?? {}
  const patterns: unknown = asRecord(oclif)?.plugins
  if (!Array.isArray(patterns)) return []
  const texts = patterns.filter((pattern: unknown) => typeof pattern === 'string').slice(0, MAX)
  return Object.keys(asRecord(dependencies) ?? {})
    .filter((name) => isPackageName(name) && texts.some((pattern) => matches(name, pattern)))
    .slice(0, MAX)
}

/**
 * oclif accepts patterns for plugin names, of which only `*` is used: anything within a name or a
 * scope. Not matched by a regular expression, since a stranger's could take forever.
 */
function matches(name: string, pattern: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop()
  if (last === undefined) return name === pattern
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of parts) {
    const found = name.indexOf(part, at)
    if (found === -1 || name.slice(at, found).includes('/')) return false
    at = found + part.length
  }
  const end = name.length - last.length
  return end >= at && name.endsWith(last) && !name.slice(at, end).includes('/')
}
