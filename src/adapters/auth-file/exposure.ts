import {fchmodSync, fstatSync, statSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname, win32} from 'node:path'

const OTHERS = 0o077

/**
 * What a person should know when a secret is stored where it cannot be restricted to its owner: on
 * a drive without modes (FAT, or a drive of Windows seen from WSL), and on Windows outside the user
 * profile, whose access list is the owner's.
 *
 * @param profile - the user's profile folder, for Windows
 * @returns `undefined` where it is restricted to its owner, as far as one check shows
 */
export function exposureOf(
  path: string,
  {platform = process.platform, profile = homedir()} = {},
): string | undefined {
  if (platform === 'win32') {
    const above = win32.normalize(`${profile}\\`).toLowerCase()
    if (win32.normalize(path).toLowerCase().startsWith(above)) return undefined
    return `${path} is outside of your profile, so the rights of its folder decide who may read it: \`icacls "${dirname(path)}"\` shows them.`
  }
  const mode = statSync(path, {throwIfNoEntry: false})?.mode ?? 0
  if ((mode & OTHERS) === 0) return undefined
  return `${path} is on a drive that cannot restrict it to you: other users of this machine may read it. Set MOGPLEX_HOME to a folder on another drive.`
}

/** Whether a file stays open to others although closing it succeeds: its drive has no modes. */
export function ignoresModes(file: number): boolean {
  try {
    fchmodSync(file, 0o600)
    return (fstatSync(file).mode & OTHERS) !== 0
  } catch {
    return false
  }
}
