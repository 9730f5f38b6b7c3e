import type {Credential} from './credential.js'
import {type Provider, providerOf} from './provider-table.js'
import {unsetting} from '../platform/shell.js'

/** The name of a rejected credential: its variable, or its entry in `auth.json`. */
export function credentialName({source, provider, type}: Credential): string {
  if (source.type === 'env') return source.variable
  if (type === 'oauth') return 'the stored login'
  return `the stored ${providerOf(provider).name} key (${provider} in ${source.path})`
}

/**
 * The command that replaces or removes the credential.
 *
 * @param keysAt - where a person gets a key
 */
export function replacementOf(credential: Credential, keysAt: string): string {
  const {source, type} = credential
  const provider = providerOf(credential.provider)
  if (source.type === 'env') {
    return `Set ${source.variable} to a valid key (from ${keysAt}), or \`${unsetting(source.variable)}\`.`
  }
  if (type === 'oauth') return 'Run `mogplex login`.'
  return `Run \`${storing(provider)}\` with another key (from ${keysAt}), or \`${removal(credential)}\`.`
}

function storing({id}: Provider): string {
  return id === 'mogplex'
    ? 'mogplex login --with-api-key'
    : `mogplex login --with-api-key --provider ${id}`
}

function removal(credential: Credential): string {
  const {provider, obtainedAt} = credential
  if (provider === 'mogplex') return 'mogplex logout'
  // A key that we did not store is Codex's.
  return obtainedAt === undefined
    ? unsetting('CODEX_HOME')
    : `mogplex logout --provider ${provider}`
}
