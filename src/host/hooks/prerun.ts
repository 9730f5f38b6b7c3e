import type {Hook} from '@oclif/core'
import {compose} from '../../compose.js'
import {prepareInstall} from '../plugins/prepare-install.js'
import {authNeedOf} from '../../domain/credential/auth-need.js'

/**
 * The gate, for every command, those of strangers included. Its errors carry oclif's exit code:
 * a plain error thrown in a hook is swallowed, and the gate would be open.
 */
const prerun: Hook.Prerun = async ({Command, config}) => {
  const {session} = compose(config)
  for (const notice of session.takeNotices()) process.stderr.write(`${notice}\n`)
  session.require(authNeedOf(Command))
  prepareInstall(Command.id, config.dataDir, process)
  return Promise.resolve()
}

export default prerun
