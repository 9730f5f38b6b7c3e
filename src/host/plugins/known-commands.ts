import {manifestFlaw} from '../../domain/plugin/manifest-flaw.js'
import {messageOf} from '../../domain/text/thrown.js'
import {commandFiles} from './command-files.js'
import {readManifest} from './plugin-manifest.js'

interface KnownCommands {
  /** As a manifest describes them, by id; `undefined` where unknown. */
  readonly commands?: Readonly<Record<string, unknown>>
  /** Why the plugin is left out. */
  readonly flaw?: string | undefined
}

/** The commands of a plugin as far as its manifest or its files show: none of its code runs. */
export function knownCommands(root: string, pjson: Record<string, unknown>): KnownCommands {
  try {
    const {manifest} = readManifest(root, pjson.version)
    if (manifest === undefined) {
      const ids = commandFiles(root, pjson.oclif)
      return ids === undefined ? {} : {commands: Object.fromEntries(ids.map((id) => [id, {id}]))}
    }
    const {commands} = manifest
    return {commands, flaw: Object.values(commands).map(manifestFlaw).find(Boolean)}
  } catch (error) {
    return {flaw: messageOf(error)}
  }
}
