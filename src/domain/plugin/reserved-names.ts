/** What a command is found by. */
export interface CommandNames {
  readonly id: string
  readonly aliases?: readonly string[] | undefined
  readonly hiddenAliases?: readonly string[] | undefined
}

/** Commands, and topics as oclif lists them, of one plugin. */
interface Named {
  readonly commands: readonly CommandNames[]
  readonly topics: readonly {readonly name: string}[]
}

/**
 * The names that are ours: those of our commands and topics, and what stands below them. They are
 * kept by their first words: `auth` for the alias `auth:status`.
 */
export class ReservedNames {
  readonly #words: ReadonlySet<string>

  constructor(ours: Iterable<Named>) {
    const names = [...ours].flatMap(({commands, topics}) => [
      ...commands.flatMap(namesOf),
      ...topics.map(({name}) => name),
    ])
    this.#words = new Set(names.map(firstWord))
  }

  has(name: string): boolean {
    return this.#words.has(firstWord(name))
  }

  /** Commands of a plugin without those, and without those aliases, that have a name of ours. */
  withoutOurs<C extends CommandNames>(commands: readonly C[]): {free: C[]; leftOut: string[]} {
    const free = commands
      .filter(({id}) => !this.has(id))
      .map((command) => ({
        ...command,
        aliases: this.#freeOf(command.aliases),
        hiddenAliases: this.#freeOf(command.hiddenAliases),
      }))
    const names = commands.flatMap((command) =>
      this.has(command.id) ? [command.id] : namesOf(command).filter((name) => this.has(name)),
    )
    return {free, leftOut: names.map((name) => name.replaceAll(':', ' '))}
  }

  #freeOf(names: readonly string[] = []): string[] {
    return names.filter((name) => !this.has(name))
  }
}

function namesOf({id, aliases = [], hiddenAliases = []}: CommandNames): string[] {
  return [id, ...aliases, ...hiddenAliases]
}

/** oclif takes a blank in an alias for the separator. */
function firstWord(name: string): string {
  return name.trim().split(/[:\s]/)[0] ?? ''
}
