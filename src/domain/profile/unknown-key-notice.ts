import type {Resolution} from '../credential/precedence.js'
import type {ProfileAccount} from './profile-account.js'
import type {ProfileOwner} from './profile-owner.js'

/**
 * The notice for a key in a variable that is used in a profile and may belong to another account.
 */
export function unknownKeyNotice(
  {account}: Resolution,
  owner: ProfileOwner,
  profile: string,
  own: ProfileAccount | undefined,
): string | undefined {
  if (account.kind !== 'credential') return undefined
  const {credential} = account
  if (credential.source.type !== 'env' || owner.match(credential) !== 'unknown') return undefined
  const {variable} = credential.source
  if (own === undefined) {
    return `${variable} is used: nobody is signed in to the profile ${profile}.`
  }
  return `${variable} acts in the profile ${profile}, and whose it is, is not known: \`mogplex whoami --verify\` finds out.`
}
