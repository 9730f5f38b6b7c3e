import {printable} from '../../domain/text/printable.js'
import {messageOf} from '../../domain/text/thrown.js'
import {fit} from '../../terminal/wrap.js'

/** Reports faults of plugins on stderr, once for each plugin. */
export class PluginFaults {
  readonly #process: Pick<NodeJS.Process, 'stderr'>
  readonly #owners = new Map<string, string>()
  readonly #once = new Set<string>()
  readonly #told = new Map<string, string>()
  #telling = Promise.resolve()

  constructor(process: Pick<NodeJS.Process, 'stderr'>) {
    this.#process = process
  }

  /** The reported faults by plugin name, as in "the plugin … is left out". */
  get told(): ReadonlyMap<string, string> {
    return this.#told
  }

  /** Records which plugin brought another one along: that is the one to remove. */
  isBroughtAlong(plugin: string, owner: string): void {
    this.#owners.set(plugin, this.#owners.get(owner) ?? owner)
  }

  /**
   * Reports on stderr which plugin is at fault, and how to remove it.
   *
   * @param about - `names` is reported as well, whatever fault the plugin has
   */
  tell(plugin: string, trouble: string, about: 'fault' | 'names' = 'fault'): void {
    const once = `${about} ${plugin}`
    if (this.#once.has(once)) return
    this.#once.add(once)
    if (about === 'fault') this.#told.set(plugin, trouble)
    const name = printable(plugin, 100)
    const installed = printable(this.#owners.get(plugin) ?? plugin, 100)
    this.#telling = this.#telling.then(async () => {
      const {loadRedactor} = await import('../../recording/redaction.js')
      const said = printable((await loadRedactor()).redact(trouble), 400).replace(/\.$/, '')
      const text = `The plugin ${name} ${said}. \`mogplex plugins uninstall ${installed}\` removes it.`
      const {stderr} = this.#process
      stderr.write(`${fit(text, stderr)}\n`)
    })
  }

  /** Resolves when everything is written. */
  async allTold(): Promise<void> {
    await this.#telling
  }
}

/** What went wrong; without the require stack, which Node adds. */
export function shortMessageOf(error: unknown): string {
  return messageOf(error).replace(/\nRequire stack:[^]*$/, '')
}
