import {MogplexError} from '@mogplex/plugin-kit/errors'
import {type Finding, orFine, troubleFinding, wrong} from '../../domain/doctor/finding.js'
import type {InstalledPlugin} from '../../domain/plugin/installed-plugin.js'
import {printable} from '../../domain/text/printable.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

export interface PluginsPorts {
  /** The user's plugins, read as data. @throws {LocalFileError} exit 1, when the list is broken */
  readonly list: () => readonly InstalledPlugin[]
  /** Whether it is loaded; `undefined` where loading is disabled. */
  readonly isLoaded: ((name: string) => boolean) | undefined
  /** The problem when it was loaded or its hooks ran, as in "it is left out". */
  readonly faultOf: (name: string) => string | undefined
}

const ID = 'plugins'

/** The plugins that are left out, completely or partly. */
export function pluginsProbe(ports: PluginsPorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

function look({list, isLoaded, faultOf}: PluginsPorts): Finding[] {
  try {
    const plugins = list()
    if (isLoaded === undefined) return orFine([], ID, 'MOGPLEX_PLUGINS is off: none is loaded')
    const found = plugins.flatMap((plugin) => flawOf(plugin, isLoaded, faultOf(plugin.name)) ?? [])
    const many = plugins.length === 1 ? '1 is' : `${plugins.length} are`
    return orFine(found, ID, plugins.length === 0 ? 'none is installed' : `${many} loaded`)
  } catch (error) {
    if (error instanceof MogplexError) return [troubleFinding(ID, error)]
    throw error
  }
}

function flawOf(
  {name, problem, leftOut}: InstalledPlugin,
  isLoaded: (name: string) => boolean,
  fault: string | undefined,
): Finding | undefined {
  const shown = printable(name, 80)
  const remedy = `mogplex plugins uninstall ${shown}`
  if (problem !== null) {
    return wrong(ID, `${shown} is left out: ${printable(problem, 200)}`, remedy)
  }
  if (fault !== undefined) {
    return wrong(ID, `${shown} ${printable(fault, 300).replace(/\.$/, '')}`, remedy)
  }
  if (!isLoaded(name)) return wrong(ID, `${shown} is left out: it cannot be loaded`, remedy)
  if (leftOut.length === 0) return undefined
  const what = `${shown} uses names that belong to mogplex, left out: ${printable(leftOut.join(', '), 200)}`
  return wrong(ID, what, `mogplex plugins inspect ${shown}`)
}
