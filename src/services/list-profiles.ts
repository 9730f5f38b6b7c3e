import type {StoredEntry} from '../domain/auth-file/stored-entries.js'
import type {ProfileChoice, RememberedProfiles} from '../domain/profile/choose-profile.js'
import type {ListedProfile} from '../domain/profile/listed-profile.js'
import {loginAccount, type ProfileAccount} from '../domain/profile/profile-account.js'
import {DEFAULT_PROFILE} from '../domain/profile/profile-name.js'
import {issuerOf} from '../domain/network/api-address.js'
import {messageOf} from '../domain/text/thrown.js'

interface ListProfilesPorts {
  /** The named profiles that have a folder. */
  readonly names: readonly string[]
  readonly remembered: RememberedProfiles
  readonly choice: ProfileChoice
  /** Why a profile cannot be used. */
  readonly troubleOf: (name: string) => Error | undefined
  /** @throws the error that prevents it */
  readonly entriesOf: (name: string) => readonly StoredEntry[]
  /** @throws the error that prevents it */
  readonly ownerOf: (name: string) => ProfileAccount | undefined
}

/** All profiles: those with a folder, and those that only a pin or the current choice names. */
export function listProfiles(ports: ListProfilesPorts): ListedProfile[] {
  const {names, remembered, choice} = ports
  const {current = DEFAULT_PROFILE, pins} = remembered
  const named = [...names, ...Object.values(pins), current, choice.name ?? DEFAULT_PROFILE]
  const others = [...new Set(named)].filter((name) => name !== DEFAULT_PROFILE).sort()
  return [DEFAULT_PROFILE, ...others].map((name) => ({
    name,
    ...accountIn(name, ports),
    pinnedTo: Object.keys(pins)
      .filter((folder) => pins[folder] === name)
      .sort(),
    isCurrent: name === current,
    chosenBy: name === choice.name ? choice.source : undefined,
  }))
}

type Account = Pick<ListedProfile, 'account' | 'isSignedIn' | 'issuer' | 'problem'>

function accountIn(name: string, {troubleOf, entriesOf, ownerOf}: ListProfilesPorts): Account {
  const nobody = {account: undefined, issuer: undefined, isSignedIn: false}
  const trouble = troubleOf(name)
  if (trouble !== undefined) return {...nobody, problem: trouble.message}
  try {
    const entries = entriesOf(name)
    const ofMogplex = entries.flatMap((entry) =>
      entry.state === 'usable' && entry.provider === 'mogplex' ? [entry.credential] : [],
    )
    const [first] = ofMogplex
    const owner = name === DEFAULT_PROFILE ? undefined : ownerOf(name)
    const known = owner ?? loginAccount(entries)
    return {
      account: known?.account ?? first?.account,
      issuer: known?.issuer ?? (first && issuerOf(first)),
      isSignedIn: ofMogplex.some((each) => each.type === 'api-key' || each.rejected === undefined),
      problem: undefined,
    }
  } catch (error) {
    return {...nobody, problem: messageOf(error)}
  }
}
