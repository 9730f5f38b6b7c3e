import {join} from 'node:path'
import {type Finding, isFixable, orFine, wrong} from '../../domain/doctor/finding.js'
import {
  isTemporaryOf,
  OUR_FILES,
  OUR_FOLDERS,
  type OurFolder,
  PROFILE_NAME,
  PROFILES,
  UNIQUE_FILES,
} from '../../domain/doctor/our-files.js'
import {flawOf, type Seen} from '../../domain/doctor/seen.js'
import {movingAway, removing, word} from '../../domain/platform/shell.js'
import {asRecord, parseJson} from '../../domain/text/json.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface FilesPorts {
  /** The folder of all our files. */
  readonly home: string
  readonly lookAt: (path: string) => Seen | undefined
  readonly namesIn: (folder: string) => readonly string[]
  /** In milliseconds. */
  readonly ageOf: (path: string) => number
  /** The text of one of our files; `undefined` where it cannot be read. */
  readonly textOf: (path: string) => string | undefined
}

const ID = 'files'
/** Longer than any write takes. */
const WRITING_MS = 60_000
const MAX_SHOWN = 4

/** All our files except `auth.json`: kinds, owners, permissions, damage, leftovers. */
export function filesProbe(ports: FilesPorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

/** The folders of named profiles that belong to this user, and are not links. */
export function profileHomes({home, lookAt, namesIn}: Omit<FilesPorts, 'ageOf' | 'textOf'>) {
  const folder = join(home, PROFILES)
  if (lookAt(folder)?.kind !== 'folder') return []
  return namesIn(folder)
    .filter((name) => PROFILE_NAME.test(name))
    .map((name) => join(folder, name))
    .filter((path) => lookAt(path)?.kind === 'folder' && lookAt(path)?.isOthers === false)
}

function look(ports: FilesPorts): Finding[] {
  const profiles = join(ports.home, PROFILES)
  const names = ports.namesIn(profiles).filter((name) => PROFILE_NAME.test(name))
  const found = [
    ...inHome(ports.home, ports),
    ...flawsOf('folder', profiles, ports),
    ...names.flatMap((name) => flawsOf('folder', join(profiles, name), ports)),
    ...profileHomes(ports).flatMap((home) => [
      ...inHome(home, ports),
      ...flawsOf('file', join(home, 'auth.json'), ports),
    ]),
  ]
  return orFine(found, ID, 'all other files are in order')
}

function inHome(home: string, ports: FilesPorts): Finding[] {
  const here: OurFolder = {name: '', isOurs: (file) => OUR_FILES.includes(file)}
  return [here, ...OUR_FOLDERS].flatMap((folder) => inFolder(home, folder, ports))
}

function inFolder(home: string, folder: OurFolder, ports: FilesPorts): Finding[] {
  const path = join(home, folder.name)
  // The home itself has a separate probe.
  const flaws = folder.name === '' ? [] : flawsOf('folder', path, ports)
  // The target of a link, or another user's folder, is not ours.
  if (!flaws.every(isFixable)) return flaws
  const names = ports.namesIn(path)
  const files = names.filter(folder.isOurs).map((name) => join(path, name))
  const cutOff = names
    .filter((name) => isTemporaryOf(name, folder.isOurs))
    .map((name) => join(path, name))
    .filter((file) => ports.ageOf(file) > WRITING_MS)
  return [
    ...flaws,
    ...together(
      path,
      files.flatMap((file) => flawsOf('file', file, ports)),
    ),
    ...files.flatMap((file) => damaged(file, folder, ports)),
    ...files.filter((file) => ports.ageOf(file) > (folder.lifetimeMs ?? Infinity)).map(overdue),
    ...cutOff.map((file) => leftover(file, 'was left by a write that was cut off')),
  ]
}

function flawsOf(wanted: 'file' | 'folder', path: string, {lookAt}: FilesPorts): Finding[] {
  const seen = lookAt(path)
  const flaw = seen && flawOf(ID, wanted, seen)
  return flaw === undefined ? [] : [flaw]
}

/** A folder of logs has hundreds of files, which are reported in one line. */
function together(path: string, flaws: readonly Finding[]): Finding[] {
  const fixable = flaws.filter(isFixable)
  if (fixable.length <= MAX_SHOWN) return [...flaws]
  const what = `${fixable.length} files in ${path} do not have the rights that they should have`
  const mends = fixable.flatMap((flaw) => flaw.mends ?? [])
  const all = wrong(ID, what, `chmod 600 ${word(path)}/*.json*`, mends)
  return [...flaws.filter((flaw) => !isFixable(flaw)), all]
}

function damaged(path: string, {isCache}: OurFolder, ports: FilesPorts): Finding[] {
  const isTelling = UNIQUE_FILES.some((name) => path.endsWith(name))
  const seen = ports.lookAt(path)
  if (!(isCache || isTelling) || seen?.kind !== 'file' || seen.isOthers) return []
  if (asRecord(parseJson(ports.textOf(path) ?? '')) !== undefined) return []
  if (isTelling) return [wrong(ID, `${path} is damaged, and does not count`, movingAway(path))]
  const what = `${path} is damaged: what was in it comes again with the next sync`
  return [wrong(ID, what, 'mogplex models --refresh', [{kind: 'remove', path}])]
}

function overdue(path: string): Finding {
  return leftover(path, 'is of a sign-in that was never finished and has expired')
}

function leftover(path: string, why: string): Finding {
  return wrong(ID, `${path} ${why}`, removing(path), [{kind: 'remove', path}])
}
