/** A plugin that is there, as `mogplex plugins --json` prints it, a line each. */
export interface InstalledPlugin {
  readonly name: string
  /** `null` where its package.json cannot be read. */
  readonly version: string | null
  readonly type: 'core' | 'link' | 'user'
  /** The folder of its files. */
  readonly root: string
  /** The tag or the range of versions that `mogplex plugins update` follows. */
  readonly tag: string | null
  /** Where it came from, when not from the registry. */
  readonly url: string | null
  /** Why it is left out; `null` where nothing is known to be wrong. */
  readonly problem: string | null
  /** Its commands, aliases and slash commands that are left out: they have a name of ours. */
  readonly leftOut: readonly string[]
}

/** The same, and what is in it, as `mogplex plugins inspect --json` prints it. */
export interface InspectedPlugin extends InstalledPlugin {
  readonly homepage: string | null
  /** By its manifest, or by its files; `null` where its code decides: it would have to be run. */
  readonly commands: readonly string[] | null
  /** What it depends on, by name: what its package.json asks for. */
  readonly dependencies: Readonly<Record<string, string>>
}
