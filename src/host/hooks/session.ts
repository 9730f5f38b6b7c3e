import type {Session} from '@mogplex/plugin-kit'
import {compose} from '../../compose.js'

type Config = Parameters<typeof compose>[0]

/** Hands the session to a plugin of whichever copy of the kit; never a token. */
export default async function session({config}: {config: Config}): Promise<Session> {
  return Promise.resolve(compose(config).pluginSession())
}
