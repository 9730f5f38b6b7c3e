import {existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync} from 'node:fs'
import {basename, dirname, join, resolve, sep} from 'node:path'
import {LocalFileError} from '../domain/errors.js'
import {
  differences,
  fingerprintsOf,
  parseRecord,
  RECORD_FILE,
  recordText,
  type SkillRecord,
} from '../domain/skill-record.js'
import {isSkillName} from '../domain/skill-rules.js'
import type {ContributedSkill, FoundSkill} from '../domain/skill-standing.js'
import {putFolder, sweepBeside, takeAway} from './skill-folders/swap.js'
import {readTree} from './skill-folders/tree.js'
import {codeOf, whyOf, writeTrouble} from './system-error.js'

const BIGGEST_RECORD = 256 * 1024

/**
 * The folders of skills that agent hosts read. One that we created contains a record of its
 * contents ({@link RECORD_FILE}), which identifies it as ours and shows edits.
 *
 * @param confine - a folder that links must not lead out of
 */
export function skillFolderAt(path: string, confine?: string): FoundSkill {
  try {
    if (confine !== undefined && leadsOut(dirname(path), confine)) {
      return {kind: 'in-the-way', what: 'a symbolic link in its path leads out of the project'}
    }
    const stats = lstatSync(path)
    if (stats.isSymbolicLink()) return linkAt(path, confine)
    if (!stats.isDirectory()) return {kind: 'in-the-way', what: 'a file is in its place'}
    return folderAt(path, basename(path))
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return {kind: 'nothing'}
    if (code === 'ENOTDIR') return {kind: 'in-the-way', what: 'a part of its path is a file'}
    return {kind: 'in-the-way', what: `it cannot be read: ${whyOf(error)}`}
  }
}

/** The skills in a folder that are ours by their record, by name. */
export function ourSkillsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => isSkillName(name) && isOurs(join(folder, name)))
      .sort()
  } catch {
    return []
  }
}

/**
 * Installs a skill, with its record.
 *
 * @param found - the current state; if it has changed meanwhile, it stays
 * @throws {LocalFileError} exit 1, with the old contents unchanged
 */
export function installSkill(path: string, skill: ContributedSkill, found: FoundSkill): void {
  const {name, plugin, version, files, fingerprints} = skill
  const record = recordText({skill: name, plugin, version, files: fingerprints})
  const all = new Map([...files, [RECORD_FILE, Buffer.from(record)]])
  try {
    sweepBeside(path)
    putFolder(path, all, found.kind === 'folder' ? stillAs(found, path) : undefined)
  } catch (error) {
    throw explained(path, error, found.kind === 'nothing')
  }
}

/**
 * Removes a skill.
 *
 * @param found - the current state; if it has changed meanwhile, it stays
 * @throws {LocalFileError} exit 1, with the old contents unchanged
 */
export function removeSkill(path: string, found: FoundSkill): void {
  try {
    takeAway(path, stillAs(found, path))
  } catch (error) {
    throw explained(path, error)
  }
}

/** The folder that a path means, existing or not, with links resolved. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realFolder(above), basename(path))
  }
}

function folderAt(path: string, name: string): FoundSkill {
  const record = recordAt(path, name)
  if (record === undefined) return {kind: 'folder', record}
  const {files, odd} = readTree(path)
  const prints = new Map(fingerprintsOf(files))
  prints.delete(RECORD_FILE)
  for (const strange of odd) prints.set(strange, 'no plain file')
  return {kind: 'folder', record, files: prints}
}

/** A link to one of ours is not ours. */
function isOurs(path: string): boolean {
  return lstatSync(path).isDirectory() && recordAt(path, basename(path)) !== undefined
}

function recordAt(folder: string, name: string): SkillRecord | undefined {
  const path = join(folder, RECORD_FILE)
  const stats = lstatSync(path, {throwIfNoEntry: false})
  if (stats?.isFile() !== true || stats.size > BIGGEST_RECORD) return undefined
  return parseRecord(readFileSync(path, 'utf8'), name)
}

/** Edits between the check and the swap are not lost. */
function stillAs(found: FoundSkill, path: string): (aside: string) => void {
  return (aside) => {
    const now = folderAt(aside, basename(path))
    if (isSame(found, now)) return
    throw new LocalFileError(`${path} changed meanwhile; it is left.`, 'Run the command again.')
  }
}

function isSame(one: FoundSkill, other: FoundSkill): boolean {
  if (one.kind !== 'folder' || other.kind !== 'folder') return one.kind === other.kind
  if (one.record === undefined || other.record === undefined) return one.record === other.record
  return differences(one.files, other.files).length === 0
}

function leadsOut(folder: string, confine: string): boolean {
  return !`${realFolder(folder)}${sep}`.startsWith(`${realFolder(confine)}${sep}`)
}

/** A broken link may become valid once another place has its copy. */
function linkAt(path: string, confine: string | undefined): FoundSkill {
  const target = realFolder(resolve(realFolder(dirname(path)), readlinkSync(path)))
  if (confine !== undefined && leadsOut(target, confine)) {
    return {kind: 'in-the-way', what: 'a symbolic link in its place leads out of the project'}
  }
  const stats = lstatSync(target, {throwIfNoEntry: false})
  const there: FoundSkill =
    stats?.isDirectory() === true ? folderAt(target, basename(path)) : {kind: 'nothing'}
  return {kind: 'link', target, there}
}

/** @param isNew - nothing was there: on Windows, a folder that exists by now shows only as EPERM */
function explained(path: string, error: unknown, isNew = false): unknown {
  const code = codeOf(error)
  if (code === 'ENOTEMPTY' || (isNew && code === 'EPERM' && existsSync(path))) {
    return new LocalFileError(`${path} was made meanwhile; it is left.`, 'Run the command again.')
  }
  // For a broken link, systems report either code.
  if (code === 'EEXIST' || code === 'ENOENT') {
    return new LocalFileError(
      `${path} cannot be written: a part of its path is a file, or a link that leads nowhere.`,
      'Move that away.',
    )
  }
  return writeTrouble(path, error)
}
