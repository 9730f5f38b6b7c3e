import type {Account, Credential} from '../domain/credential/credential.js'
import {ownId} from '../domain/hosted/hosted-account.js'
import type {KeyOwner} from '../domain/profile/profiles-document.js'
import type {ProfilesFile} from '../adapters/profiles-file.js'

/** The accounts of keys in variables, as reported by a server. */
export interface KeyOwners {
  readonly all: () => Readonly<Record<string, KeyOwner>>
  /** Remembers it for this process, and for later ones where it can be written. */
  readonly learn: (key: Credential, issuer: string, account: Account) => Promise<void>
}

export function keyOwners(file: ProfilesFile): KeyOwners {
  const learnt: Record<string, KeyOwner> = {}
  return {
    all: () => ({...file.read().document.keys, ...learnt}),
    async learn(key, issuer, {id, email}) {
      const owner = {issuer, id, ...(email !== undefined && {email: email.printable()})}
      const own = ownId(key)
      learnt[own] = owner
      // A read-only home is not a reason to fail.
      await file
        .update((before) => ({...before, keys: {...before.keys, [own]: owner}}))
        .catch(() => undefined)
    },
  }
}
