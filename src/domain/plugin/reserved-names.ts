/** The names that a command is found by. */
export interface CommandNames {
  readonly id: string
  readonly aliases?: readonly string[] | undefined
  readonly hiddenAliases?: readonly string[] | undefined
}

/** Commands and topics of one plugin, as oclif lists them. */
interface Named {
  readonly commands: readonly CommandNames[]
  readonly topics: readonly {readonly name: string}[]
}

/**
 * The names that we reserve: those of our commands and topics, and everything below them. They are
 * stored by their first words: `auth` for the alias `auth:status`.
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

  /** Commands of a plugin without those, and without those aliases, that use a reserved name. */
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

/** oclif treats a blank in an alias as the separator. */
function firstWord(name: string): string {
  return name.trim().split(/[:\s]/)[0] ?? ''
}
