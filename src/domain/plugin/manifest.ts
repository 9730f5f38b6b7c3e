import {asRecord, parseJson} from '../text/json.js'

const MAX_COMMANDS = 2000

/** The contents of an `oclif.manifest.json` by command id, not validated further. */
export interface Manifest {
  readonly version: string
  readonly commands: Readonly<Record<string, unknown>>
}

/**
 * @param version - of the plugin: a manifest with another version is outdated
 * @returns its contents; or why it is not used, as in "its manifest …"
 * @throws {Error} with the reason, where the plugin has to be left out
 */
export function parseManifest(text: string, version: unknown): Manifest | string {
  const value = parseJson(text)
  const {version: own, commands: all} = asRecord(value) ?? {}
  const commands = asRecord(all)
  if (commands === undefined) return value === undefined ? 'is not JSON' : 'has no commands'
  if (typeof own !== 'string') return 'has no version'
  if (typeof version === 'string' && release(own) !== release(version)) {
    return `is of version ${own}, and the plugin is ${version}: delete it, or make it again`
  }
  const count = Object.keys(commands).length
  if (count > MAX_COMMANDS) {
    throw new Error(`its manifest has ${count} commands, and ${MAX_COMMANDS} are read at most`)
  }
  return {version: own, commands}
}

/** oclif ignores what follows a hyphen. */
function release(version: string): string {
  return version.split('-')[0] ?? ''
}
