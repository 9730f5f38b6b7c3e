import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {ModelChoiceFile} from '../adapters/model-choice-file.js'
import type {Credential} from '../domain/credential/credential.js'
import {pinnedPayer} from '../domain/credential/payer-pin.js'
import {providerAddress} from '../domain/credential/provider-address.js'
import {providerOf} from '../domain/credential/provider-table.js'
import {NoModelCredentialError} from '../domain/errors/authentication.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import type {Payer} from '../services/choose-model.js'
import {promptErrorFor} from '../services/prompt-check.js'
import type {SharedServices} from './shared-services.js'

type Judged = Pick<SharedServices, 'env' | 'home' | 'hostedFiles' | 'loadWriter' | 'session'>

/** Where prompts paid with a credential are sent. */
export function composeAddressOf({env, session}: Pick<SharedServices, 'env' | 'session'>) {
  return (credential: Credential): string => {
    const siteRoot = apiBaseUrl(credential, session.settings)
    return providerAddress(providerOf(credential.provider), env, siteRoot).baseUrl
  }
}

/** @param payer - by precedence, unless given */
export function composePromptCheck(
  {env, session, home, hostedFiles, loadWriter}: Judged,
  payer: () => Payer = () => pickedPayer(session),
): () => MogplexError | undefined {
  const choices = new ModelChoiceFile({home, loadWriter})
  const addressOf = composeAddressOf({env, session})
  return () =>
    promptErrorFor(payer, () => ({
      addressOf,
      choices,
      hosted: hostedFiles,
      server: session.settings,
      pin: () => pinnedPayer(env),
    }))
}

function pickedPayer(session: SharedServices['session']): Payer {
  session.require('model')
  const {model} = session.resolution
  if (model.kind !== 'credential') throw new NoModelCredentialError()
  return {credential: model.credential, model: undefined, isExplicit: false}
}
