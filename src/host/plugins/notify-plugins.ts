import type {Interfaces} from '@oclif/core'
import {compose} from '../../compose.js'
import {identityOf} from '../../domain/credential/identity.js'

type Config = Pick<Interfaces.Config, 'pjson' | 'plugins' | 'runHook' | 'version'>

const NOBODY = {account: null, model: null, outranked: []}

/**
 * Notifies plugins about changes of the login, with the hooks `mogplex:login`, `mogplex:logout` and
 * `mogplex:account-switched`: identities only, and after the fact. Never throws.
 */
export async function notifyPlugins(config: Config): Promise<void> {
  const {session, accountEvents} = compose(config)
  for (const {event, previous = null} of accountEvents.take()) {
    const resolution = session.tryResolution()
    const identity = resolution ? identityOf(resolution, session.settings.issuer) : NOBODY
    const options = event === 'mogplex:login' ? {identity} : {identity, previous}
    await config.runHook(event, options).catch(() => undefined)
  }
}
