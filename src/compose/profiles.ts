import {join} from 'node:path'
import {AuthFile} from '../adapters/auth-file.js'
import {
  folderTrouble,
  profileFolder,
  profileNames,
  readProfileAccount,
  removeProfileFolder,
} from '../adapters/profile-folders.js'
import {foldersFrom, realFolder} from '../adapters/profiles-file.js'
import type {Receipt} from '../domain/credential/receipt.js'
import {NoProfilesHereError, NoSuchProfileError} from '../domain/errors/profile.js'
import {chooseProfile, type ProfileChoice} from '../domain/profile/choose-profile.js'
import type {ListedProfile} from '../domain/profile/listed-profile.js'
import {DEFAULT_PROFILE} from '../domain/profile/profile-name.js'
import type {ProfilesDocument} from '../domain/profile/profiles-document.js'
import {listProfiles} from '../services/list-profiles.js'
import type {LogOutRequest} from '../services/log-out.js'
import {type RemovedProfile, removeProfile} from '../services/remove-profile.js'
import {loadWriter} from './file-writer.js'
import {profilesFile} from './our-profile.js'
import type {SharedServices} from './shared-services.js'

/** The operations on profiles. */
export interface Profiles {
  readonly list: () => ListedProfile[]
  /** Whether `CODEX_HOME` is the home, which has one account. */
  readonly isOnlyOne: boolean
  /** @throws {NoSuchProfileError} exit 64 */
  readonly require: (name: string) => void
  /** @returns what chooses the profile here, from now on */
  readonly use: (name: string) => Promise<ProfileChoice>
  /** Pins the current folder. */
  readonly pin: (name: string) => Promise<{readonly folder: string; readonly choice: ProfileChoice}>
  /** @returns what the folder was pinned to, and what chooses the profile here from now on */
  readonly unpin: (folder?: string) => Promise<Unpinned>
  /** Removes the profile whose services these are. */
  readonly remove: (removesCopies: boolean) => Promise<RemovedProfile>
}

interface Unpinned {
  readonly folder: string
  readonly profile: string | undefined
  readonly choice: ProfileChoice
}

export function composeProfiles(
  {env, profile, journal, authFile, clock}: SharedServices,
  logOut: (request: LogOutRequest) => Promise<Receipt>,
): Profiles {
  const {home} = profile
  const isOnlyOne = home.from === 'CODEX_HOME'
  const file = profilesFile(home.path)
  const flag = profile.choice.source.type === 'flag' ? profile.name : undefined
  const read = (): ProfilesDocument => (isOnlyOne ? profile.document : file.read().document)
  const choice = (): ProfileChoice =>
    chooseProfile({...read(), flag, env, folders: foldersFrom(process.cwd())})
  const update = async (change: (before: ProfilesDocument) => ProfilesDocument): Promise<void> => {
    if (isOnlyOne) throw new NoProfilesHereError()
    await file.update(change)
  }
  const folderOf = (name: string): string =>
    name === DEFAULT_PROFILE ? home.path : profileFolder(home.path, name)
  const requireProfile = (name: string): void => {
    if (name === DEFAULT_PROFILE) return
    if (isOnlyOne) throw new NoProfilesHereError()
    const trouble = folderTrouble(home.path, name)
    if (trouble !== undefined) throw trouble
    if (!profileNames(home.path).includes(name)) throw new NoSuchProfileError(name)
  }
  return {
    isOnlyOne,
    require: requireProfile,
    list: () =>
      listProfiles({
        names: isOnlyOne ? [] : profileNames(home.path),
        remembered: read(),
        choice: choice(),
        troubleOf: (name) =>
          name === DEFAULT_PROFILE ? undefined : folderTrouble(home.path, name),
        entriesOf: (name) => {
          const path = join(folderOf(name), 'auth.json')
          return new AuthFile({path, codexHome: isOnlyOne, loadWriter}).read().entries
        },
        ownerOf: (name) => readProfileAccount(folderOf(name)),
      }),
    async use(name) {
      requireProfile(name)
      const current = name === DEFAULT_PROFILE ? undefined : name
      await update((before) => ({...before, current}))
      return choice()
    },
    async pin(name) {
      requireProfile(name)
      const folder = realFolder(process.cwd())
      await update((before) => ({...before, pins: {...before.pins, [folder]: name}}))
      return {folder, choice: choice()}
    },
    async unpin(named = '.') {
      const {pins} = read()
      const folder = Object.hasOwn(pins, named) ? named : (foldersFrom(named)[0] ?? named)
      const pinned = Object.hasOwn(pins, folder) ? pins[folder] : undefined
      if (pinned !== undefined || isOnlyOne) {
        await update((before) => ({...before, pins: without(before.pins, [folder])}))
      }
      return {folder, profile: pinned, choice: choice()}
    },
    async remove(removesCopies) {
      const {name} = profile
      return removeProfile(
        {
          journal,
          authFile,
          logOut,
          removeFolder: (hasOthers) =>
            removeProfileFolder(home.path, name, {hasOthers, now: clock.now()}),
        },
        removesCopies,
      )
    },
  }
}

function without(
  pins: ProfilesDocument['pins'],
  folders: readonly string[],
): ProfilesDocument['pins'] {
  return Object.fromEntries(Object.entries(pins).filter(([folder]) => !folders.includes(folder)))
}
