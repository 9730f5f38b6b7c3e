import {createHash} from 'node:crypto'
import type {Credential} from './credential.js'
import type {HostedAccount} from './hosted-state.js'
import type {Secret} from './secret.js'
import {DEFAULT_BASE_URL} from './settings.js'

/**
 * Whose lists a credential opens. Of a key that does not tell its account, a fingerprint takes the
 * account's place, so that another key never gets to see the copy of this one.
 *
 * @param issuer - the issuer in question: a variable's key is meant for it
 */
export function hostedAccountOf(credential: Credential, issuer: string): HostedAccount {
  const {account, source} = credential
  return {
    issuer: source.type === 'env' ? issuer : (credential.issuer ?? DEFAULT_BASE_URL),
    id: account?.id ?? ownId(credential),
  }
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

/** What tells a credential from others, and neither is one nor leads to one. */
export function ownId(credential: Credential): string {
  if (credential.type === 'oauth') return `login-${credential.grantId}`
  return `key-${fingerprint(credential.key)}`
}

/** 64 bits of a hash: enough to tell keys apart, too few to find one, or to pass for one. */
function fingerprint(key: Secret): string {
  return createHash('sha256')
    .update(`mogplex hosted state ${key.reveal()}`)
    .digest('hex')
    .slice(0, 16)
}
