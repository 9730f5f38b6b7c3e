import type {Hook} from '@oclif/core'
import {compose} from '../../compose.js'
import {inspectsOnly} from '../../domain/settings/inspects-only.js'

/**
 * Resolves credentials before any command runs. It never throws: `--help`, `--version` and `login`
 * must work without a credential, so a failure waits in the session for the first command that
 * needs one.
 */
const init: Hook.Init = async ({config, id}) => {
  if (inspectsOnly(id)) return
  const {session, tidy} = compose(config)
  session.prime()
  await tidy()
}

export default init
