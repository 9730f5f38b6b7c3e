import {join} from 'node:path'
import {type Manifest, parseManifest} from '../../domain/plugin/manifest.js'
import {readPluginFile} from './plugin-file.js'

const NAMES = ['oclif.manifest.json', '.oclif.manifest.json']

/** A usable manifest, if there is one; otherwise `unused` says why one that exists is not used. */
interface ManifestReading {
  readonly manifest?: Manifest
  /** As in "its oclif.manifest.json is not used: it …". */
  readonly unused?: string
}

/**
 * The manifest of a plugin: with it, no command has to be imported to describe it.
 *
 * @param version - of the plugin
 * @throws {Error} with the reason, where the plugin has to be left out
 */
export function readManifest(root: string, version: unknown): ManifestReading {
  for (const name of NAMES) {
    const text = readPluginFile(join(root, name))
    if (text === undefined) continue
    const manifest = parseManifest(text, version)
    return typeof manifest === 'string' ? {unused: manifest} : {manifest}
  }
  return {}
}
