import {MogplexError} from '@mogplex/plugin-kit/errors'
import {choiceText} from '../domain/model-choice.js'
import type {Resolution} from '../domain/precedence.js'
import {providerName} from '../domain/provider-table.js'
import type {Payer} from '../services/choose-model.js'

interface Asked {
  readonly session: {refresh(): void; readonly resolution: Resolution}
  readonly prompts: {payer(): Payer}
}

/** Who, which model, what pays: as it is now, the disk looked at again. */
export function headerParts({session, prompts}: Asked): string[] {
  session.refresh()
  return [accountName(session) ?? 'no Mogplex account', ...payerTexts(prompts)]
}

/** Who is signed in to Mogplex, as far as that is known; `undefined` where nobody is. */
export function accountName(session: Asked['session']): string | undefined {
  try {
    const {account} = session.resolution
    if (account.kind !== 'credential') return undefined
    const {source, account: who} = account.credential
    return who?.email ?? who?.id ?? (source.type === 'env' ? source.variable : 'Mogplex API key')
  } catch {
    return undefined
  }
}

function payerTexts(prompts: Asked['prompts']): string[] {
  try {
    const {credential, model} = prompts.payer()
    const {source, provider} = credential
    const what = source.type === 'env' ? source.variable : `your ${providerName(provider)} key`
    const payer = credential.type === 'oauth' ? 'your login' : what
    return [choiceText({provider, model: model ?? 'default model'}), `${payer} pays`]
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return [error.code === 'MALFORMED_VARIABLE' ? error.message : 'nothing pays: /login']
  }
}
