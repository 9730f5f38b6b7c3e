import {type Credential, KEY_BESIDE_LOGIN} from '../credential/credential.js'
import {isOthersKey, isSameKey} from '../refresh/same-tokens.js'
import type {Member} from './stored-credential.js'
import type {StoredEntry} from './stored-entries.js'

/** What storing a credential changes in the file. */
interface Placement {
  /** The members that get a new value, in order; `undefined` removes one. */
  readonly changes: readonly (readonly [member: Member, credential: Credential | undefined])[]
  /** What is no longer in the file. */
  readonly replaced: readonly Credential[]
  /** Of those: what a server shows only once, and what is removed without its owner's consent. */
  readonly keptAside: readonly Credential[]
}

/**
 * Where a credential is stored. A login and a Mogplex key can both be stored: `mogplex` holds the
 * login or, without one, a key; `mogplex-key` holds a key beside a login. A login moves an existing
 * key there. A key that belongs to a different account than the login is moved out of the file
 * instead.
 */
export function placementOf(entries: readonly StoredEntry[], credential: Credential): Placement {
  const {provider} = credential
  const at = (member: Member): Credential | undefined => {
    const entry = entries.find((each) => each.member === member && each.state === 'usable')
    return entry?.state === 'usable' ? entry.credential : undefined
  }
  const main = at(provider)
  if (provider !== 'mogplex') return placed([[provider, credential]], [main])
  const beside = at(KEY_BESIDE_LOGIN)
  if (credential.type === 'api-key') {
    if (main?.type === 'oauth') return placed([[KEY_BESIDE_LOGIN, credential]], [beside])
    return placed([[provider, credential], ...gone(beside)], [main, beside])
  }
  const [login, key] = main?.type === 'oauth' ? [main, beside] : [undefined, main ?? beside]
  if (key?.type === 'api-key' && isOthersKey(key, credential)) {
    const placement = placed([[provider, credential], ...gone(beside)], [login, main, beside])
    return {...placement, keptAside: [key]}
  }
  if (key === undefined || key === beside) return placed([[provider, credential]], [login])
  return placed(
    [
      [KEY_BESIDE_LOGIN, key],
      [provider, credential],
    ],
    [beside],
  )
}

type Change = Placement['changes'][number]

function gone(beside: Credential | undefined): Change[] {
  return beside === undefined ? [] : [[KEY_BESIDE_LOGIN, undefined]]
}

function placed(
  changes: readonly Change[],
  before: readonly (Credential | undefined)[],
): Placement {
  const stored = changes.flatMap(([, credential]) => credential ?? [])
  const replaced = [...new Set(before)]
    .filter((each) => each !== undefined)
    .filter((each) => !stored.some((other) => isSameKey(each, other)))
  return {changes, replaced, keptAside: []}
}
