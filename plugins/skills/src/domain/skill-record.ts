import {createHash} from 'node:crypto'
import {asRecord, asText, parseJson} from './json.js'

/** The file that marks an installed folder as ours, and records its contents. */
export const RECORD_FILE = '.mogplex-skill.json'

/** SHA-256 of files, in hex, by their paths in the folder, with slashes. */
export type Fingerprints = ReadonlyMap<string, string>

/** What was installed into a folder. */
export interface SkillRecord {
  readonly skill: string
  readonly plugin: string
  /** Of the plugin. */
  readonly version: string
  readonly files: Fingerprints
}

/** Line ends are ignored: a version control system may have changed them. */
export function fingerprint(contents: Uint8Array): string {
  const text = Buffer.from(contents).toString('latin1').replaceAll('\r\n', '\n')
  return createHash('sha256').update(text, 'latin1').digest('hex')
}

export function fingerprintsOf(files: ReadonlyMap<string, Uint8Array>): Fingerprints {
  return new Map([...files].map(([path, contents]) => [path, fingerprint(contents)]))
}

/** Contains neither a time nor a machine: a project may keep it in version control. */
export function recordText({skill, plugin, version, files}: SkillRecord): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  const record = {skill, plugin, version, files: Object.fromEntries(sorted)}
  return `${JSON.stringify(record, null, 2)}\n`
}

/** @returns `undefined` for anything but a record of this skill */
export function parseRecord(text: string, skill: string): SkillRecord | undefined {
  const fields = asRecord(parseJson(text))
  const [plugin, version] = [asText(fields?.plugin), asText(fields?.version)]
  const files = Object.entries(asRecord(fields?.files) ?? {})
  if (fields?.skill !== skill || plugin === undefined || version === undefined) return undefined
  const known = files.flatMap(([path, hash]): [string, string][] =>
    typeof hash === 'string' ? [[path, hash]] : [],
  )
  return known.length === 0 ? undefined : {skill, plugin, version, files: new Map(known)}
}

/** Paths that exist in only one of them, or differ, sorted. */
export function differences(one: Fingerprints, other: Fingerprints): string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .sort()
}
