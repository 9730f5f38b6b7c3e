import type {Hook} from '@oclif/core'
import {compose} from '../../compose.js'
import {inspectsOnly} from '../../domain/settings/inspects-only.js'

/**
 * Resolves credentials before any command runs. Never throws: `--help`, `--version` and `login`
 * must work without a credential, so a failure is stored in the session for the first command that
 * needs one.
 */
const init: Hook.Init = async ({config, id}) => {
  if (inspectsOnly(id)) return
  const {session, tidy} = compose(config)
  session.prime()
  await tidy()
}

export default init
