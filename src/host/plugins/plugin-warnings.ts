import {fieldOf, messageOf} from '../../domain/text/thrown.js'

/** A warning of a plugin, or of code that it uses, through `process.emitWarning`. */
export interface PluginWarning {
  readonly plugin: string
  readonly fields: {readonly name: unknown; readonly code: unknown; readonly message: string}
}

/** Warnings of Node about the configuration of this machine, whatever code runs. */
const OF_THE_MACHINE = /NODE_TLS_REJECT_UNAUTHORIZED|extra certs/
const MAX_WARNINGS = 20

type WarningProcess = Pick<NodeJS.Process, 'on' | 'rawListeners' | 'removeAllListeners'>

/** Warnings of plugins: a user cannot fix them, and a script does not expect them on stderr. */
export class PluginWarnings {
  readonly #kept: PluginWarning[] = []

  /** The first ones: they are for the plugin's author, and not shown. */
  get kept(): readonly PluginWarning[] {
    return this.#kept
  }

  /**
   * From now on, Node does not show warnings of plugins.
   *
   * @param culpritOf - finds the plugin that a warning comes from; `undefined` for all others
   */
  take(process: WarningProcess, culpritOf: (warning: unknown) => string | undefined): void {
    const shown = process.rawListeners('warning')
    process.removeAllListeners('warning')
    process.on('warning', (warning) => {
      const isOfMachine = OF_THE_MACHINE.test(messageOf(warning))
      const plugin = isOfMachine ? undefined : culpritOf(warning)
      if (plugin === undefined)
        for (const listener of shown) Reflect.apply(listener, process, [warning])
      else if (this.#kept.length < MAX_WARNINGS)
        this.#kept.push({plugin, fields: fieldsOf(warning)})
    })
  }
}

function fieldsOf(warning: unknown): PluginWarning['fields'] {
  const [name, code] = ['name', 'code'].map((field) => fieldOf(warning, field))
  return {name, code, message: messageOf(warning)}
}
