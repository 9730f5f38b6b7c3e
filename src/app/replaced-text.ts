import {accountReport} from '../domain/credential/identity.js'
import {keysPage} from '../domain/credential/provider-address.js'
import {providerName, providerOf} from '../domain/credential/provider-table.js'
import {baseUrlOf, issuerOf} from '../domain/network/api-address.js'
import {hostOf} from '../domain/network/addresses.js'
import type {Replaced} from '../services/store-credential.js'
import type {DisplayOptions} from './identity-text.js'
import {accountName} from './names.js'
import {revocationText} from './receipt-text.js'

/** What is stored no more since a login or a key took its place, and what became of it. */
export function replacedText({credential, revocation}: Replaced, display: DisplayOptions): string {
  const {account, provider, type} = credential
  const whose = account && accountName(account)
  const of = whose === undefined ? '' : ` of ${whose}`
  if (type === 'oauth' && revocation !== undefined) {
    const host = hostOf(issuerOf(credential))
    return `This replaces the login${of} at ${host}: ${revocationText(revocation, display)}`
  }
  const page = keysPage(providerOf(provider), baseUrlOf(credential))
  return `This replaces the stored ${providerName(provider)} key${of}, which still works: end it at ${page}`
}

/** As {@link replacedText}, for programs. */
export function replacedReport({credential, revocation}: Replaced, issuer: string): object {
  const {kind, id, email, name, issuer: from} = accountReport(credential, issuer)
  return {kind, id, email, name, issuer: from, ...(revocation && {revocation})}
}
