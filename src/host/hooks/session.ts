import type {Choice, Session} from '@mogplex/plugin-kit'
import {compose} from '../../compose.js'

type Config = Parameters<typeof compose>[0] & {
  readonly custody?: {readonly plugin: string | undefined} | undefined
}

interface Call {
  readonly config: Config
  /** The name of the calling plugin, from its own kit; a fallback in case we do not know it. */
  readonly plugin?: unknown
}

/** Passes the session to a plugin with any copy of the kit; never a token. */
export default async function session({config, plugin}: Call): Promise<Session> {
  const {name, version} = config.plugins.get(config.custody?.plugin ?? String(plugin)) ?? {}
  const owner = name === undefined || version === undefined ? undefined : {name, version}
  return {
    ...compose(config).pluginSession(owner),
    async choose<T>(message: string, choices: readonly Choice<T>[]) {
      const {chooserBy, terminalPicker} = await import('../plugins/choose-for-plugin.js')
      return chooserBy(terminalPicker(process))(message, choices)
    },
  }
}
