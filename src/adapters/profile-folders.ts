import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import {join} from 'node:path'
import {LocalFileError} from '../domain/errors/local-files.js'
import {NoSuchProfileError} from '../domain/errors/profile.js'
import {readTrouble} from '../domain/files/read-trouble.js'
import {writeTrouble} from '../domain/files/write-trouble.js'
import {instantForFileName} from '../domain/text/instants.js'
import {
  formatProfileAccount,
  parseProfileAccount,
  type ProfileAccount,
} from '../domain/profile/profile-account.js'
import {isProfileName} from '../domain/profile/profile-name.js'
import type {FileWriter} from './file-writer.js'
import {isOwnFolder, refuseOtherOwner, withOwnFile} from './own-file.js'

const FOLDER = 'profiles'
const ACCOUNT = 'account.json'
const MAX_BYTES = 64 * 1024

/** The folder of a named profile. */
export function profileFolder(home: string, name: string): string {
  return join(home, FOLDER, name)
}

/** The existing named profiles, in order: folders of this user, not links. */
export function profileNames(home: string): string[] {
  const folder = join(home, FOLDER)
  if (!isOwnFolder(folder)) return []
  return readdirSync(folder)
    .filter((name) => isProfileName(name) && isOwnFolder(join(folder, name)))
    .sort()
}

/**
 * The files that we put into the folder of a profile. Others in it may contain foreign credentials.
 */
const OURS =
  /^(?:account\.json|history\.jsonl|model-choices\.json|attached-runs\.json|hosted|pending-logins|auth\.json\.(?:lock|refresh)(?:\..*)?)$/
const OURS_EMPTY = 'auth.json'

/**
 * Removes the folder of a profile after all its credentials were signed out.
 *
 * @param hasOthers - its `auth.json` contains foreign members
 * @returns where foreign files in it are kept, if there are any
 * @throws {LocalFileError} exit 1
 */
export function removeProfileFolder(
  home: string,
  name: string,
  {hasOthers, now}: {readonly hasOthers: boolean; readonly now: Date},
): string | undefined {
  const folder = profileFolder(home, name)
  const aside = `${folder}.removed-${instantForFileName(now)}`
  try {
    renameSync(folder, aside) // in one step: no other process finds half of it
    for (const each of readdirSync(aside)) {
      const isOurs = OURS.test(each) || (each === OURS_EMPTY && !hasOthers)
      if (isOurs) rmSync(join(aside, each), {recursive: true, force: true})
    }
    if (readdirSync(aside).length > 0) return aside
    rmdirSync(aside)
    return undefined
  } catch (error) {
    throw writeTrouble(folder, error)
  }
}

/** Removes the folder of a profile if it is empty. Never throws. */
export function removeIfEmpty(home: string, name: string): void {
  for (const path of [profileFolder(home, name), join(home, FOLDER)]) {
    try {
      rmdirSync(path)
    } catch {
      return // it is not empty, or does not exist
    }
  }
}

/**
 * What is in the place of a profile that must not be used: the target of a link was not created for
 * us. `undefined` where it is one of our folders, or nothing.
 */
export function folderTrouble(home: string, name: string): LocalFileError | undefined {
  for (const path of [join(home, FOLDER), profileFolder(home, name)]) {
    const stats = lstatSync(path, {throwIfNoEntry: false})
    if (stats === undefined) return undefined
    const remedy = 'Move it away, or use another profile.'
    if (stats.isSymbolicLink()) {
      return new LocalFileError(`${path} is a symbolic link, not a folder.`, remedy)
    }
    if (!stats.isDirectory()) return new LocalFileError(`${path} is a file, not a folder.`, remedy)
    try {
      refuseOtherOwner(path, stats)
    } catch (error) {
      if (error instanceof LocalFileError) return error
      throw error
    }
  }
  return undefined
}

/**
 * The account that a profile belongs to.
 *
 * @throws {LocalFileError} exit 1, where the record cannot be read: then the profile cannot be used
 */
export function readProfileAccount(folder: string): ProfileAccount | undefined {
  const path = join(folder, ACCOUNT)
  const text = textOf(path)
  if (text === undefined) return undefined
  const account = parseProfileAccount(text)
  if (account !== undefined) return account
  throw new LocalFileError(
    `${path} is broken: it does not say whom the profile belongs to.`,
    'Run `mogplex login --switch`, which writes it again.',
  )
}

function textOf(path: string): string | undefined {
  try {
    return withOwnFile(path, {maxBytes: MAX_BYTES}, (file) => readFileSync(file, 'utf8'))
  } catch (error) {
    throw readTrouble(path, error)
  }
}

/** @throws {LocalFileError} exit 1 */
export async function writeProfileAccount(
  folder: string,
  account: ProfileAccount,
  writer: Pick<FileWriter, 'replaceFile'>,
): Promise<void> {
  await writer.replaceFile(join(folder, ACCOUNT), formatProfileAccount(account))
}

/**
 * A writer that does not create the folder of a profile: a process that still runs after its
 * profile was removed must not recreate it.
 */
export function withinProfile(writer: FileWriter, folder: string, name: string): FileWriter {
  const mustBeThere = (): void => {
    if (!existsSync(folder)) throw new NoSuchProfileError(name)
  }
  return {
    ...writer,
    ensureFolder(...args) {
      mustBeThere()
      writer.ensureFolder(...args)
    },
    prepareTarget(path) {
      mustBeThere()
      return writer.prepareTarget(path)
    },
    async replaceFile(...args) {
      mustBeThere()
      await writer.replaceFile(...args)
    },
  }
}
