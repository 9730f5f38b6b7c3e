import {MogplexError} from '@mogplex/plugin-kit/errors'
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
  return [accountText(session), ...payerTexts(prompts)]
}

function accountText(session: Asked['session']): string {
  try {
    const {account} = session.resolution
    if (account.kind !== 'credential') return 'no Mogplex account'
    const {source, account: who} = account.credential
    return who?.email ?? who?.id ?? (source.type === 'env' ? source.variable : 'Mogplex API key')
  } catch {
    return 'no Mogplex account'
  }
}

function payerTexts(prompts: Asked['prompts']): string[] {
  try {
    const {credential, model} = prompts.payer()
    const {source, provider} = credential
    const what = source.type === 'env' ? source.variable : `your ${providerName(provider)} key`
    const payer = credential.type === 'oauth' ? 'your login' : what
    return [model ?? 'default model', `${payer} pays`]
  } catch (error) {
    if (!(error instanceof MogplexError)) throw error
    return [error.code === 'MALFORMED_VARIABLE' ? error.message : 'nothing pays: /login']
  }
}
