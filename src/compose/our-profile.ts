import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {ProfileReport} from '@mogplex/plugin-kit/session'
import {systemClock} from '../adapters/clock.js'
import type {Home} from '../adapters/home.js'
import {
  folderTrouble,
  profileFolder,
  profileNames,
  readProfileAccount,
} from '../adapters/profile-folders.js'
import {foldersFrom, ProfilesFile} from '../adapters/profiles-file.js'
import {NoProfilesHereError} from '../domain/errors/profile.js'
import {BadSettingError} from '../domain/errors/usage.js'
import {
  chooseProfile,
  PROFILE_VARIABLE,
  type ProfileChoice,
} from '../domain/profile/choose-profile.js'
import {unsetting} from '../domain/platform/shell.js'
import {DEFAULT_PROFILE} from '../domain/profile/profile-name.js'
import {NO_PROFILES, type ProfilesDocument} from '../domain/profile/profiles-document.js'
import type {Environment} from '../domain/settings/environment.js'
import type {SessionProfile} from '../services/find-credentials.js'
import {loadWriter} from './file-writer.js'
import type {KeyOwners} from './key-owners.js'
import {ourHome} from './our-home.js'

/** The profile in use in this process, and its folder. */
export interface OurProfile {
  readonly name: string
  /** The home of the profile; at the top of our files for `default`. */
  readonly path: string
  /** The top of our files: logs, pins, and the files of `default`. */
  readonly home: Home
  readonly choice: ProfileChoice
  /** The stored profile settings, as of the choice of this one. */
  readonly document: ProfilesDocument
  /** Why no command may use it. */
  readonly problem: MogplexError | undefined
  /** Notices for the user, one line each. */
  readonly notices: readonly string[]
}

/** @param flag - the name given with `--profile` */
export function ourProfile(env: Environment, flag: string | undefined): OurProfile {
  const home = ourHome(env)
  const hasProfiles = home.from !== 'CODEX_HOME'
  const {document, notice} = hasProfiles ? profilesFile(home.path).read() : {document: NO_PROFILES}
  const hasPins = Object.keys(document.pins).length > 0
  const folders = hasPins ? foldersFrom(process.cwd()) : []
  const choice = chooseProfile({...document, flag, env, folders})
  const notices = [...home.notices, ...(notice === undefined ? [] : [notice])]
  // For an invalid name, no folder exists and none is created.
  const name = choice.name ?? '-'
  const isDefault = name === DEFAULT_PROFILE
  return {
    name,
    home,
    choice,
    document,
    notices,
    path: isDefault ? home.path : profileFolder(home.path, name),
    problem: isDefault ? undefined : problemOf(choice, home, name),
  }
}

function problemOf({trace}: ProfileChoice, home: Home, name: string): MogplexError | undefined {
  const malformed = trace.find(({state}) => state === 'malformed')
  if (malformed !== undefined && name === '-') {
    const why = (malformed.why ?? '').replace(/^it /, '')
    return new BadSettingError(
      PROFILE_VARIABLE,
      why,
      `Correct it, or \`${unsetting(PROFILE_VARIABLE)}\`.`,
    )
  }
  if (home.from === 'CODEX_HOME') return new NoProfilesHereError()
  return folderTrouble(home.path, name)
}

/**
 * What the session has to know about a named profile; nothing for `default`, which requires no
 * account.
 */
export function sessionProfile(
  {name, path, problem}: OurProfile,
  owners: KeyOwners,
): SessionProfile | undefined {
  if (name === DEFAULT_PROFILE) return undefined
  return {name, problem, account: () => readProfileAccount(path), keys: owners.all}
}

/** The profile in use, where the user should see it: one of several, or not `default`. */
export function shownProfile({name, choice, home}: OurProfile): ProfileReport | undefined {
  const isAlone = name === DEFAULT_PROFILE && profileNames(home.path).length === 0
  return isAlone ? undefined : {name, source: choice.source}
}

export function profilesFile(home: string): ProfilesFile {
  return new ProfilesFile({home, loadWriter, clock: systemClock})
}
