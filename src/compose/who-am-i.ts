import type {AuthNeed, Identity} from '@mogplex/plugin-kit/session'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import type {Account, Credential} from '../domain/credential/credential.js'
import {PAYER_VARIABLE} from '../domain/credential/payer-pin.js'
import {isProviderId} from '../domain/credential/provider-table.js'
import {unsetting} from '../domain/platform/shell.js'
import {type Environment, valueOf} from '../domain/settings/environment.js'
import type {TraceEntry} from '../domain/credential/precedence.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {readSettings} from '../domain/settings/settings.js'
import {guarded} from '../recording/guarded.js'
import {holdsKnown} from '../recording/redaction.js'
import type {AccountAccess} from '../services/account-access.js'
import type {WhoAmIOptions, WhoAmI} from '../services/who-am-i.js'
import {shownProfile} from './our-profile.js'
import {composeAddressOf} from './prompt-check.js'
import type {SharedServices} from './shared-services.js'

/** Who is signed in, and what pays. */
export function composeWhoAmI(
  shared: SharedServices,
  access: AccountAccess,
  gate: (need: AuthNeed) => Promise<void>,
): (questions: WhoAmIOptions) => Promise<WhoAmI> {
  const {session, authFile, clock, http, profile, keyOwners, env} = shared
  return guarded(
    async (questions: WhoAmIOptions) => {
      const {whoAmI} = await import('../services/who-am-i.js')
      const {account} = session.resolution
      const {settings} = session
      const baseUrl =
        account.kind === 'credential' ? apiBaseUrl(account.credential, settings) : settings.baseUrl
      const api = createMogplexApi(http, baseUrl)
      const ports = {session, gate, access, authFile, clock, api, checkPayer, learn}
      const answer = await whoAmI(ports, questions)
      const shown = shownProfile(profile)
      const identity = {...(shown && {profile: shown}), ...withPin(answer.identity, env)}
      return {...answer, identity}
    },
    // An account's name is whatever a server sent.
    () => holdsKnown(JSON.stringify(session.resolution.trace.map(accountOf))),
  )

  /** Where there are profiles: with only `default`, nothing depends on it. */
  async function learn(key: Credential, account: Account): Promise<void> {
    if (shownProfile(profile) === undefined) return
    await keyOwners.learn(key, readSettings(env).issuer, account)
  }

  async function checkPayer(payer: Credential, signal: AbortSignal | undefined): Promise<void> {
    await gate('model') // a token that the user did not agree to use is not sent anywhere
    const {createChatApi} = await import('../adapters/chat-api.js')
    await createChatApi(http, composeAddressOf(shared)(payer)).models(payer, signal)
  }
}

function accountOf({credential}: TraceEntry): unknown {
  return credential?.account
}

/**
 * Reports a problem where a variable names the only provider that may pay, and another one would.
 */
function withPin(identity: Identity, env: Environment): Identity {
  const {model, modelProblem} = identity
  const pin = valueOf(env, PAYER_VARIABLE)
  if (pin === undefined || modelProblem !== undefined || model?.provider === pin) return identity
  const source = {type: 'env', variable: PAYER_VARIABLE} as const
  const isKnown = isProviderId(pin)
  const why = isKnown ? `only ${pin} may pay` : 'it names no provider'
  const payer = model?.source.type === 'env' ? model.source.variable : PAYER_VARIABLE
  const remedy = unsetting(isKnown ? payer : PAYER_VARIABLE)
  return {...identity, modelProblem: {source, why, remedy}}
}
