import type {Account, Credential} from '../credential/credential.js'
import {ownId} from '../hosted/hosted-account.js'
import {hostOf} from '../network/addresses.js'
import {issuerOf} from '../network/api-address.js'
import {outsideText} from '../text/outside-text.js'
import {
  type AccountAt,
  accountAtText,
  type Match,
  matchOf,
  type ProfileAccount,
} from './profile-account.js'
import type {KeyOwner} from './profiles-document.js'

/** The owner of a named profile, which Mogplex credentials are compared with. */
export interface ProfileOwner {
  /** A key with its account, where known. */
  named(key: Credential): Credential
  /**
   * Why a credential is known to belong to another account; in words that follow "NAME is set,
   * and".
   */
  whyOthers(credential: Credential): string | undefined
  match(credential: Credential): Match
}

/** For a profile whose owner is unknown. */
export const NOBODY: ProfileOwner = {
  named: (key) => key,
  whyOthers: () => 'it is unknown whom the profile belongs to',
  match: () => 'other',
}

interface Known {
  /** The name of the profile. */
  readonly profile: string
  /** `undefined` where nobody ever signed in to it. */
  readonly account: ProfileAccount | undefined
  readonly keys: Readonly<Record<string, KeyOwner>>
  /** The server that a key in a variable is meant for: profiles do not affect that. */
  readonly keyIssuer: string
}

export function profileOwner({profile, account, keys, keyIssuer}: Known): ProfileOwner {
  const at = (credential: Credential): AccountAt => ({
    issuer: credential.source.type === 'env' ? keyIssuer : issuerOf(credential),
    account: credential.account,
  })
  const match = (credential: Credential): Match =>
    account === undefined ? 'unknown' : matchOf(at(credential), account)
  return {
    match,
    named(key) {
      if (Object.keys(keys).length === 0) return key
      const owner = keys[ownId(key)]
      return owner?.issuer === keyIssuer ? {...key, account: accountOf(owner)} : key
    },
    whyOthers(credential) {
      if (account === undefined || match(credential) !== 'other') return undefined
      const [one, other] = [at(credential), account]
      const ours = accountAtText(other, one)
      return one.account === undefined
        ? `it is meant for ${hostOf(one.issuer)}, and the profile ${profile} belongs to ${ours}`
        : `it belongs to ${accountAtText(one, other)}, and the profile ${profile} to ${ours}`
    },
  }
}

function accountOf({id, email}: KeyOwner): Account {
  return {id, email: outsideText(email)}
}
