import type {AuthNeed} from '@mogplex/plugin-kit/session'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import type {Credential} from '../domain/credential/credential.js'
import type {TraceEntry} from '../domain/credential/precedence.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {guarded} from '../recording/guarded.js'
import {holdsKnown} from '../recording/redaction.js'
import type {AccountAccess} from '../services/account-access.js'
import type {Questions, WhoAmI} from '../services/who-am-i.js'
import {composeAddressOf} from './why-no-prompt.js'
import type {World} from './world.js'

/** Who is signed in, and what pays. */
export function composeWhoAmI(
  world: World,
  access: AccountAccess,
  gate: (need: AuthNeed) => Promise<void>,
): (questions: Questions) => Promise<WhoAmI> {
  const {session, authFile, clock, http} = world
  return guarded(
    async (questions: Questions) => {
      const {whoAmI} = await import('../services/who-am-i.js')
      const {account} = session.resolution
      const {settings} = session
      const baseUrl =
        account.kind === 'credential' ? apiBaseUrl(account.credential, settings) : settings.baseUrl
      const api = createMogplexApi(http, baseUrl)
      return whoAmI({session, gate, access, authFile, clock, api, checkPayer}, questions)
    },
    // Accounts are called what a server said.
    () => holdsKnown(JSON.stringify(session.resolution.trace.map(accountOf))),
  )

  async function checkPayer(payer: Credential, signal: AbortSignal | undefined): Promise<void> {
    await gate('model') // a token that nobody said yes to is shown to nobody
    const {createChatApi} = await import('../adapters/chat-api.js')
    await createChatApi(http, composeAddressOf(world)(payer)).models(payer, signal)
  }
}

function accountOf({credential}: TraceEntry): unknown {
  return credential?.account
}
