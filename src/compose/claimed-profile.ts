import {AuthFile} from '../adapters/auth-file.js'
import {
  profileFolder,
  profileNames,
  readProfileAccount,
  writeProfileAccount,
} from '../adapters/profile-folders.js'
import {join} from 'node:path'
import {loginAccount, matchOf} from '../domain/profile/profile-account.js'
import {DEFAULT_PROFILE} from '../domain/profile/profile-name.js'
import type {ClaimedProfile} from '../services/claim-profile.js'
import {loadWriter} from './file-writer.js'
import type {SharedServices} from './shared-services.js'

/** The profile in use, as seen by a login; `default` belongs to no account. */
export function claimedProfile({profile, authFile}: SharedServices): ClaimedProfile | undefined {
  const {name, path, home} = profile
  if (name === DEFAULT_PROFILE) return undefined
  return {
    name,
    owner: () => readProfileAccount(path) ?? loginAccount(authFile.read().entries),
    keep: async (account) => writeProfileAccount(path, account, await loadWriter()),
    isSignedInBeside(account) {
      const others = profileNames(home.path).filter((other) => other !== name)
      const folders = [home.path, ...others.map((other) => profileFolder(home.path, other))]
      return folders.some((folder) => {
        const beside = loginIn(join(folder, 'auth.json'))
        return beside !== undefined && matchOf(beside, account) === 'same'
      })
    },
  }
}

/** Empty for a file that cannot be read. */
function loginIn(path: string) {
  try {
    return loginAccount(new AuthFile({path, codexHome: false, loadWriter}).read().entries)
  } catch {
    return undefined
  }
}
