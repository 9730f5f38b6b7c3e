import type {Session} from '@mogplex/plugin-kit'
import {compose} from '../compose.js'
import {identityOf} from '../domain/identity.js'

type Config = Parameters<typeof compose>[0]

/** Hands the session to a command of whichever plugin; never a token. */
export default async function session({config}: {config: Config}): Promise<Session> {
  const {session: credentials} = compose(config)
  return Promise.resolve({
    version: 1,
    identity: async () => {
      const {resolution, settings} = credentials
      return Promise.resolve(identityOf(resolution, settings.issuer))
    },
    require: async (need) => {
      credentials.require(need)
      return Promise.resolve()
    },
  })
}
