import {basename, dirname, join} from 'node:path'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {FileLock} from '../../adapters/file-lock.js'
import {
  fine,
  type Finding,
  orFine,
  troubleFinding,
  unknown,
  wrong,
} from '../../domain/doctor/finding.js'
import {ending} from '../../domain/platform/machine-commands.js'
import {removing} from '../../domain/platform/shell.js'
import {whyOf} from '../../domain/errors/system-error.js'
import {instantText} from '../../domain/text/instants.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface LocksPorts {
  /** The paths where an `auth.json` may exist. */
  readonly paths: () => readonly string[]
  /** The real path of a file. */
  readonly targetOf: (path: string) => string
  readonly namesIn: (folder: string) => readonly string[]
  readonly lockAt: (path: string) => Pick<FileLock, 'look'>
  readonly now: () => Date
  readonly pause: (milliseconds: number) => Promise<unknown>
}

/** What lies beside a file, judged only by file names. */
interface NeighborFiles {
  /** Temporary files of writers that were killed, or that are writing now: they contain secrets. */
  readonly temporary: readonly string[]
  /** The files of its locks. */
  readonly locks: readonly string[]
  /** Contents that were moved out of the way and kept: may contain credentials. */
  readonly copies: readonly string[]
}

const ID = 'leftovers'
const TEMPORARY = /^\.[\w-]{36}\.tmp$/
const LOCK = /^(?:\.refresh)?\.lock(?:\.|$)/
const OF_REFRESH = /^\.refresh\.[\w-]{36}\.tmp$/
const COPY = /^\.(?:broken|foreign)-/
/** Much longer than any write or refresh takes. */
const LONG_MS = 120_000
/** A lock that stays unreadable for so long is not being written: it names no owner. */
const UNREADABLE_MS = 2100
const KEPT = 'is a copy that was kept, and may hold credentials: when you no longer need it'

/** What is beside `auth.json`: locks, leftovers of killed writers, and saved copies. */
export function locksProbe(ports: LocksPorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: async () => look(ports)}
}

async function look(ports: LocksPorts): Promise<Finding[]> {
  const found = await Promise.all(ports.paths().map(async (path) => beside(path, ports)))
  return orFine(found.flat(), ID, 'no stale lock, and nothing left by killed processes')
}

async function beside(authPath: string, ports: LocksPorts): Promise<Finding[]> {
  const target = ports.targetOf(authPath)
  const folder = dirname(target)
  const {temporary, locks, copies} = neighborFilesOf(ports.namesIn(folder), basename(target))
  const held = await Promise.all(
    locks
      .filter((name) => !name.endsWith('.tmp'))
      .map(async (name) => judged(join(folder, name), authPath, ports)),
  )
  const isHeld = held.some((lock) => lock.isHeld)
  const strays = isHeld ? [] : [...temporary, ...locks.filter((name) => name.endsWith('.tmp'))]
  return [
    ...held.flatMap(({findings}) => findings),
    ...strays.map((name) => {
      const path = join(folder, name)
      const what = `${path} was left by a process that was killed, and may hold secrets`
      return wrong(ID, what, removing(path), [{kind: 'sweep', path: authPath}])
    }),
    ...copies.map((name) => {
      const path = join(folder, shownCopy(name))
      return wrong(ID, `${path} ${KEPT}`, removing(path))
    }),
  ]
}

/** Our name for it, with an instant; for any other name, its start. */
function shownCopy(name: string): string {
  return /-\d[\dTZ.-]*$/.test(name) ? name : name.replace(/\.(broken|foreign)-.*$/s, '.$1-…')
}

async function judged(
  path: string,
  authPath: string,
  {lockAt, now, pause}: LocksPorts,
): Promise<{isHeld: boolean; findings: readonly Finding[]}> {
  try {
    let lock = lockAt(path).look()
    if (lock?.owner === undefined && lock?.isOver === false) {
      await pause(UNREADABLE_MS)
      lock = lockAt(path).look()
    }
    if (lock === undefined) return {isHeld: false, findings: []}
    const {owner, isOver} = lock
    if (isOver) {
      const whose =
        owner === undefined ? 'of an unknown process' : `of process ${owner.pid}, which has ended`
      const stale = wrong(ID, `${path} is a stale lock ${whose}`, removing(path), [
        {kind: 'sweep', path: authPath},
      ])
      return {isHeld: false, findings: [stale]}
    }
    if (owner === undefined || now().getTime() - owner.since.getTime() < LONG_MS) {
      return {isHeld: true, findings: [fine(ID, `${path} is held just now`)]}
    }
    const what = `process ${owner.pid} holds ${path} since ${instantText(owner.since)}`
    return {isHeld: true, findings: [wrong(ID, what, ending(owner.pid))]}
  } catch (error) {
    if (error instanceof MogplexError) return {isHeld: false, findings: [troubleFinding(ID, error)]}
    return {isHeld: true, findings: [unknown(ID, `${path} cannot be read: ${whyOf(error)}`)]}
  }
}

/**
 * @param names - all names in its folder
 * @param file - its name
 */
function neighborFilesOf(names: readonly string[], file: string): NeighborFiles {
  const rests = names.filter((name) => name.startsWith(`${file}.`)).sort()
  const those = (...patterns: readonly RegExp[]): string[] =>
    rests.filter((name) => patterns.some((pattern) => pattern.test(name.slice(file.length))))
  return {temporary: those(TEMPORARY, OF_REFRESH), locks: those(LOCK), copies: those(COPY)}
}
