/** An installed plugin, as `mogplex plugins --json` prints it, one per line. */
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
  /** Why it is left out; `null` where no problem is known. */
  readonly problem: string | null
  /** Its commands, aliases and slash commands that are left out because we reserve their names. */
  readonly leftOut: readonly string[]
}

/** The same, with its contents, as `mogplex plugins inspect --json` prints it. */
export interface InspectedPlugin extends InstalledPlugin {
  readonly homepage: string | null
  /**
   * From its manifest, or from its files; `null` where its code decides: it would have to be run.
   */
  readonly commands: readonly string[] | null
  /** The names of its dependencies, from its package.json. */
  readonly dependencies: Readonly<Record<string, string>>
}
