import {join} from 'node:path'
import {ourHome} from './our-home.js'

/**
 * All of each `auth.json`, that of every profile, with what is not ours in it; nothing of one that
 * cannot be read.
 */
export async function storedTexts(): Promise<string[]> {
  const [{peekAt}, {profileFolder, profileNames}] = await Promise.all([
    import('../adapters/auth-file/read-auth-file.js'),
    import('../adapters/profile-folders.js'),
  ])
  const home = ourHome(process.env).path
  const folders = [home, ...profileNames(home).map((name) => profileFolder(home, name))]
  return folders.map((folder) => new TextDecoder().decode(peekAt(join(folder, 'auth.json'))))
}
