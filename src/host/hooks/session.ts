import type {Choice, Session} from '@mogplex/plugin-kit'
import {compose} from '../../compose.js'

type Config = Parameters<typeof compose>[0] & {
  readonly custody?: {readonly plugin: string | undefined} | undefined
}

interface Call {
  readonly config: Config
  /** The name of the plugin that asks, as its own kit knows it; for us and in case we do not. */
  readonly plugin?: unknown
}

/** Hands the session to a plugin of whichever copy of the kit; never a token. */
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
