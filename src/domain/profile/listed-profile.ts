import {type Account, accountWord} from '../credential/credential.js'
import type {ProfileChoice} from './choose-profile.js'

/** A profile, as `mogplex profiles` shows it. */
export interface ListedProfile {
  readonly name: string
  /** The account that it belongs to, signed in or not. */
  readonly account: Account | undefined
  /** Its Mogplex server; `undefined` where nobody ever signed in. */
  readonly issuer: string | undefined
  readonly isSignedIn: boolean
  /** The folders that are pinned to it. */
  readonly pinnedTo: readonly string[]
  /** Selected by `mogplex profiles use`, or the fallback. */
  readonly isCurrent: boolean
  /** The source that selected it, where it is the one in use. */
  readonly chosenBy: ProfileChoice['source'] | undefined
  /** Why it cannot be used. */
  readonly problem: string | undefined
}

/** For programs: one object per line. */
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

/** The account in one word; for a profile without a login, its owner. */
export function profileWho({account, isSignedIn, problem}: ListedProfile): string {
  if (problem !== undefined) return 'cannot be used'
  const who = accountWord(account)
  if (isSignedIn) return who ?? 'an account that is not named'
  return who === undefined ? 'nobody' : `${who}, signed out`
}

function accountRecord({id, email, name}: Account): object {
  return {id, email: email?.printable() ?? null, name: name?.printable() ?? null}
}
