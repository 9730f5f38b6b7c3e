import {dirname, join} from 'node:path'
import {fine, type Finding, orFine, wrong} from '../../domain/doctor/finding.js'
import {flawOf, type Seen} from '../../domain/doctor/seen.js'
import {removing, word} from '../../domain/platform/shell.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface CachePorts {
  /** The cache of compiled code of the CLI; `undefined` where there is none. */
  readonly folder: string | undefined
  readonly lookAt: (path: string) => Seen | undefined
  readonly namesIn: (folder: string) => readonly string[]
  /** Whether an entry contains its contents twice, as it is stored. */
  readonly isWhole: (path: string) => boolean
}

const ID = 'cache'
const OTHERS_WRITE = 0o022
const SLOWER = 'so that no compiled code in it is used, and each start takes longer'

/** The launcher's cache for a faster start: who could have written it, and whether it is intact. */
export function cacheProbe(ports: CachePorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

function look(ports: CachePorts): Finding[] {
  const {folder, lookAt, namesIn} = ports
  if (folder === undefined) return [fine(ID, 'no compiled code is kept here')]
  if (lookAt(folder) === undefined) return [fine(ID, 'no compiled code is kept yet')]
  const untrusted = distrusted(folder, folder, ports)
  if (untrusted !== undefined) return [untrusted]
  const found = namesIn(folder).flatMap((generation) =>
    inGeneration(join(folder, generation), ports),
  )
  return orFine(found, ID, 'the compiled code that is kept can be used')
}

/** Nobody else may be able to write to the folders from here up to the root. */
function distrusted(path: string, folder: string, ports: CachePorts): Finding | undefined {
  const seen = ports.lookAt(path)
  if (seen === undefined) return undefined
  if (seen.kind !== 'folder') {
    const what = seen.kind === 'link' ? 'a symbolic link' : 'not a folder'
    return wrong(ID, `${path} is ${what}, ${SLOWER}`, removing(path))
  }
  if (((seen.mode ?? 0) & OTHERS_WRITE) !== 0) {
    const mends = path === folder ? [{kind: 'mode', path, mode: 0o700} as const] : []
    return wrong(ID, `others may write in ${path}, ${SLOWER}`, `chmod go-w ${word(path)}`, mends)
  }
  const above = dirname(path)
  return above === path ? undefined : distrusted(above, folder, ports)
}

function inGeneration(path: string, {lookAt, namesIn, isWhole}: CachePorts): Finding[] {
  const entries = namesIn(path).filter((name) => !name.endsWith('.tmp')) // possibly being written
  return entries.flatMap((name) => {
    const file = join(path, name)
    const seen = lookAt(file)
    if (seen === undefined) return []
    const isDamaged = flawOf(ID, 'file', seen) !== undefined || !isWhole(file)
    if (!isDamaged || seen.kind === 'folder') return []
    const what = `${file} is damaged, and is not used: it comes again with the next start`
    return [wrong(ID, what, removing(file), [{kind: 'remove', path: file}])]
  })
}
