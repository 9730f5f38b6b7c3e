import {createHash} from 'node:crypto'
import {apiBaseUrl, baseUrlOf, issuerOf, type Server} from '../network/api-address.js'
import type {Credential} from '../credential/credential.js'
import type {HostedAccount} from './hosted-state.js'
import type {Secret} from '../credential/secret.js'

/**
 * Whose lists a credential opens. For a key whose account is unknown, a fingerprint replaces the
 * account, so that another key never sees this one's copy.
 *
 * @param server - the server in use: a variable's key is meant for it
 */
export function hostedAccountOf(credential: Credential, server: Server): HostedAccount {
  const isStored = credential.source.type === 'file'
  const issuer = isStored ? issuerOf(credential) : server.issuer
  const baseUrl = isStored ? baseUrlOf(credential) : apiBaseUrl(credential, server)
  const id = credential.account?.id ?? ownId(credential)
  return baseUrl === issuer ? {issuer, id} : {issuer, baseUrl, id}
}

/** Whether it is the same login, refreshed or not, or the same key. */
export function isSameLogin(before: Credential, now: Credential | undefined): boolean {
  if (now === undefined) return false
  if (before.type === 'oauth') return now.type === 'oauth' && before.grantId === now.grantId
  return (
    now.type === 'api-key' &&
    before.source.type === now.source.type &&
    before.obtainedAt?.getTime() === now.obtainedAt?.getTime() &&
    ownId(before) === ownId(now)
  )
}

/** Identifies a credential among others without revealing it. */
export function ownId(credential: Credential): string {
  if (credential.type === 'oauth') return `login-${credential.grantId}`
  return `key-${fingerprint(credential.key)}`
}

/** 64 bits of a hash: enough to tell keys apart, too few to recover or to impersonate one. */
function fingerprint(key: Secret): string {
  return createHash('sha256')
    .update(`mogplex hosted state ${key.reveal()}`)
    .digest('hex')
    .slice(0, 16)
}
