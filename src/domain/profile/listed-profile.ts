import {type Account, accountWord} from '../credential/credential.js'
import type {ProfileChoice} from './choose-profile.js'

/** A profile, as `mogplex profiles` shows it. */
export interface ListedProfile {
  readonly name: string
  /** Whom it belongs to, signed in or not. */
  readonly account: Account | undefined
  /** At which Mogplex; `undefined` where nobody ever signed in. */
  readonly issuer: string | undefined
  readonly isSignedIn: boolean
  /** The folders that use it. */
  readonly pinnedTo: readonly string[]
  /** `mogplex profiles use` named it, or nothing else. */
  readonly isCurrent: boolean
  /** What chose it, where it is the one in use. */
  readonly chosenBy: ProfileChoice['source'] | undefined
  /** Why it cannot be used. */
  readonly problem: string | undefined
}

/** For programs: one object a line. */
export function profileRecord(profile: ListedProfile): object {
  const {name, account, issuer = null, isSignedIn, pinnedTo, isCurrent, chosenBy} = profile
  return {
    profile: name,
    account: account === undefined ? null : accountRecord(account),
    issuer,
    signedIn: isSignedIn,
    pinnedTo,
    current: isCurrent,
    inUse: chosenBy !== undefined,
    ...(chosenBy !== undefined && {source: chosenBy}),
    ...(profile.problem !== undefined && {problem: profile.problem}),
  }
}

/** Who it is, in a word; of a profile without a login, whose it is all the same. */
export function profileWho({account, isSignedIn, problem}: ListedProfile): string {
  if (problem !== undefined) return 'cannot be used'
  const who = accountWord(account)
  if (isSignedIn) return who ?? 'an account that is not named'
  return who === undefined ? 'nobody' : `${who}, signed out`
}

function accountRecord({id, email, name}: Account): object {
  return {id, email: email?.printable() ?? null, name: name?.printable() ?? null}
}
