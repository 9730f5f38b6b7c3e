import {join} from 'node:path'
import {type Finding, isFixable, orFine, wrong} from '../../domain/doctor/finding.js'
import {temporaryAmong} from '../../domain/doctor/leftovers.js'
import {flawOf, quoted, type Seen} from '../../domain/doctor/seen.js'
import {asRecord, parseJson} from '../../domain/text/json.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

export interface FilesPorts {
  readonly home: string
  readonly lookAt: (path: string) => Seen | undefined
  readonly namesIn: (folder: string) => readonly string[]
  /** In milliseconds. */
  readonly ageOf: (path: string) => number
  /** The text of a file of ours; `undefined` where it cannot be had. */
  readonly textOf: (path: string) => string | undefined
}

const ID = 'files'
/** What the next sync brings again. */
const CACHES = ['mcp-servers.json', 'models.json', 'no-balance.json']
/** Folders, and which files in them are ours. */
const FOLDERS: readonly (readonly [name: string, isOurs: (file: string) => boolean])[] = [
  ['hosted', (file) => CACHES.includes(file)],
  ['logs', (file) => /^[\w-]+\.jsonl$/.test(file)],
]
/** Files of the home itself, `auth.json` apart. */
const FILES = ['attached-runs.json', 'history.jsonl', 'model-choices.json']
/** Longer than any write takes. */
const WRITING_MS = 60_000
const MOST_TOLD = 4

/** All files of ours but `auth.json`: kinds, owners, rights, damaged copies, cut-off writes. */
export function filesProbe(ports: FilesPorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

function look(ports: FilesPorts): Finding[] {
  const found = [
    ...inFolder('', FILES, ports),
    ...FOLDERS.flatMap(([name, isOurs]) => folder(name, isOurs, ports)),
  ]
  return orFine(found, ID, 'all others are in order')
}

function folder(name: string, isOurs: (file: string) => boolean, ports: FilesPorts): Finding[] {
  const path = join(ports.home, name)
  const seen = ports.lookAt(path)
  if (seen === undefined) return []
  const flaw = flawOf(ID, 'folder', seen)
  // What a link leads to, or another user has, is not ours.
  if (flaw !== undefined && !isFixable(flaw)) return [flaw]
  const files = ports.namesIn(path).filter(isOurs)
  return [...(flaw === undefined ? [] : [flaw]), ...inFolder(name, files, ports)]
}

function inFolder(name: string, files: readonly string[], ports: FilesPorts): Finding[] {
  const path = join(ports.home, name)
  const flaws = files.flatMap((file) => {
    const seen = ports.lookAt(join(path, file))
    const flaw = seen && flawOf(ID, 'file', seen)
    return flaw === undefined ? [] : [flaw]
  })
  const caches = name === 'hosted' ? files.filter((file) => CACHES.includes(file)) : []
  return [
    ...together(path, flaws),
    ...caches.flatMap((file) => damaged(join(path, file), ports)),
    ...cutOff(path, name === '' ? FILES : CACHES, ports),
  ]
}

/** A folder of logs has hundreds, which are told in one line. */
function together(path: string, flaws: readonly Finding[]): Finding[] {
  const fixable = flaws.filter(isFixable)
  if (fixable.length <= MOST_TOLD) return [...flaws]
  const what = `${fixable.length} files in ${path} do not have the rights that they should have`
  const all = wrong(ID, what, `chmod 600 ${quoted(path)}/*.json*`, [
    ...fixable.flatMap(({mends = []}) => mends),
  ])
  return [...flaws.filter((flaw) => !isFixable(flaw)), all]
}

function damaged(path: string, {lookAt, textOf}: FilesPorts): Finding[] {
  const seen = lookAt(path)
  if (seen?.kind !== 'file' || seen.isOthers) return []
  if (asRecord(parseJson(textOf(path) ?? '')) !== undefined) return []
  const what = `${path} is damaged: what was in it comes again with the next sync`
  return [wrong(ID, what, 'mogplex models --refresh', [{kind: 'remove', path}])]
}

function cutOff(path: string, files: readonly string[], ports: FilesPorts): Finding[] {
  return temporaryAmong(ports.namesIn(path), files)
    .map((file) => join(path, file))
    .filter((file) => ports.ageOf(file) > WRITING_MS)
    .map((file) => {
      const what = `${file} was left by a write that was cut off`
      return wrong(ID, what, `rm ${quoted(file)}`, [{kind: 'remove', path: file}])
    })
}
