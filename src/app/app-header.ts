import {MogplexError} from '@mogplex/plugin-kit/errors'
import {accountWord} from '../domain/credential/credential.js'
import {choiceText} from '../domain/chat/model-choice.js'
import type {Resolution} from '../domain/credential/precedence.js'
import {type ProviderId, providerName} from '../domain/credential/provider-table.js'
import type {Payer} from '../services/choose-model.js'
import {placeText} from './names.js'

interface Asked {
  readonly session: {refresh(): void; readonly resolution: Resolution}
  readonly prompts: {payer(): Payer}
}

/** Who, which model, what pays: as it is now, the disk looked at again. */
export function headerParts(asked: Asked): string[] {
  asked.session.refresh()
  return [accountName(asked.session) ?? 'no Mogplex account', ...payerTexts(asked)]
}

/** Who is signed in to Mogplex, as far as that is known; `undefined` where nobody is. */
function accountName(session: Asked['session']): string | undefined {
  try {
    const {account} = session.resolution
    if (account.kind !== 'credential') return undefined
    const {source, account: who} = account.credential
    return accountWord(who) ?? (source.type === 'env' ? source.variable : 'Mogplex API key')
  } catch {
    return undefined
  }
}

function payerTexts({session, prompts}: Asked): string[] {
  try {
    const {credential, model} = prompts.payer()
    const {source, provider} = credential
    const what = source.type === 'env' ? source.variable : `your ${providerName(provider)} key`
    const payer = credential.type === 'oauth' ? 'your login' : what
    const place = placeText(addressOf(provider, session.resolution))
    return [choiceText({provider, model: model ?? 'default model'}), `${payer} pays${place}`]
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return [error.code === 'MALFORMED_VARIABLE' ? error.message : 'nothing pays: /login']
  }
}

function addressOf(provider: ProviderId, {trace}: Resolution) {
  return trace.find((entry) => entry.for === 'model' && entry.provider === provider)?.baseUrl
}
