import {join} from 'node:path'
import {ourHome} from './our-home.js'

/**
 * The files that contain secrets, for every profile: each whole `auth.json`, including foreign
 * members, and the pending sign-ins; nothing of one that cannot be read.
 */
export async function storedTexts(): Promise<string[]> {
  const [{peekAt}, {pendingLoginFiles}, {profileFolder, profileNames}] = await Promise.all([
    import('../adapters/auth-file/read-auth-file.js'),
    import('../adapters/pending-logins.js'),
    import('../adapters/profile-folders.js'),
  ])
  const home = ourHome(process.env).path
  const folders = [home, ...profileNames(home).map((name) => profileFolder(home, name))]
  return folders
    .flatMap((folder) => [join(folder, 'auth.json'), ...pendingLoginFiles(folder)])
    .map((path) => new TextDecoder().decode(peekAt(path)))
}
