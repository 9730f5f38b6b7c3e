import type {Credential} from '../domain/credential/credential.js'
import {SwitchNeededError} from '../domain/errors/profile.js'
import {baseUrlOf, issuerOf} from '../domain/network/api-address.js'
import {accountAtText, matchOf, type ProfileAccount} from '../domain/profile/profile-account.js'

/** A named profile, as seen by a login. */
export interface ClaimedProfile {
  readonly name: string
  /**
   * The account that it belongs to, from the disk.
   *
   * @throws {LocalFileError} exit 1, where that cannot be read
   */
  owner(): ProfileAccount | undefined
  /** Records the account that it belongs to from now on. */
  keep(account: ProfileAccount): Promise<void>
  /** Whether another profile has a login of the same account. */
  isSignedInBeside(account: ProfileAccount): boolean
}

/** Whether a profile may be given to another account. */
export interface Switching {
  /** The user already agreed. */
  readonly isAllowed: boolean
  /** Asks the user; absent without a terminal. */
  readonly confirm?: ((profile: string, from: string, to: string) => Promise<boolean>) | undefined
}

/** The account that a profile would belong to with this credential. */
export function profileAccountOf(credential: Credential): ProfileAccount {
  return {
    issuer: issuerOf(credential),
    baseUrl: baseUrlOf(credential),
    account: credential.account,
  }
}

/**
 * A profile keeps its account: a credential of another account, or of one that the server does not
 * name, needs the user's consent.
 *
 * @returns a function to run while nobody else writes the credentials, just before they are stored
 * @throws {SwitchNeededError} exit 64; {CancelledError} exit 130, when the question is not answered
 */
export async function claimProfile(
  profile: ClaimedProfile,
  credential: Credential,
  {isAllowed, confirm}: Switching = {isAllowed: false},
): Promise<() => Promise<void>> {
  const next = profileAccountOf(credential)
  const {name} = profile
  const before = isAllowed ? undefined : profile.owner()
  if (before !== undefined && isAnother(before, next)) {
    const [from, to] = [accountAtText(before, next), accountAtText(next, before)]
    const isConfirmed = (await confirm?.(name, from, to)) === true
    if (!isConfirmed) throw new SwitchNeededError(name, from, to)
  }
  return async () => {
    if (!isAllowed) {
      const now = profile.owner() // somebody may have signed in meanwhile
      const isAsked = before !== undefined && now !== undefined && matchOf(before, now) === 'same'
      if (now !== undefined && isAnother(now, next) && !isAsked) {
        throw new SwitchNeededError(name, accountAtText(now, next), accountAtText(next, now))
      }
    }
    await profile.keep(next)
  }
}

function isAnother(owner: ProfileAccount, next: ProfileAccount): boolean {
  const match = matchOf(owner, next)
  return match === 'other' || (match === 'unknown' && owner.account !== undefined)
}
