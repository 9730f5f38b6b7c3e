import {basename, dirname} from 'node:path'
import {fine, type Finding, isFixable, orFine, wrong} from '../../domain/doctor/finding.js'
import {flawOf, type Seen} from '../../domain/doctor/seen.js'
import {removing} from '../../domain/platform/shell.js'
import {wordsFor} from '../../domain/errors/system-error.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface HomePorts {
  readonly home: {readonly path: string; readonly from: string}
  /** The value of the variable that names it, if any. */
  readonly value: string | undefined
  readonly lookAt: (path: string) => Seen | undefined
  readonly lookThrough: (path: string) => Seen | undefined
  readonly whyUnwritable: (folder: string) => string | undefined
}

const STICKY = 0o1000

/** The folder of our files: its kind, its owner, and whether it is writable. */
export function homeProbe(ports: HomePorts): Probe {
  return {id: 'home', limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

function look(ports: HomePorts): Finding[] {
  const {home, value = ''} = ports
  const {path, from} = home
  const odd: Finding[] = []
  if (/^['"]?[~$%]/.test(value)) {
    const text = `${from} begins with ~, $ or a quote that no shell has replaced, so it means ${path}`
    odd.push(wrong('home', text, `Set ${from} to an absolute path.`))
  } else if (value !== '' && !/^(?:[\\/]|[A-Za-z]:)/.test(value)) {
    const text = `${from} is relative: it means another folder wherever you are, here ${path}`
    odd.push(wrong('home', text, `Set ${from} to an absolute path.`))
  }
  if (from === 'CODEX_HOME') {
    const text = `CODEX_HOME is used as the home of mogplex, which is deprecated: the folder is shared with Codex`
    odd.push(wrong('home', text, 'Set MOGPLEX_HOME to a separate folder.'))
  }
  return [...odd, ...inPlace(ports, odd.length > 0)]
}

function inPlace(ports: HomePorts, isOdd: boolean): Finding[] {
  const {path} = ports.home
  const link = ports.lookAt(path)
  const seen = link?.kind === 'link' ? ports.lookThrough(path) : link
  if (link !== undefined && seen === undefined) {
    const text = `${path} is a symbolic link to what is not there`
    return [wrong('home', text, removing(path))]
  }
  if (seen === undefined) {
    const above = dirname(path)
    const why = ports.whyUnwritable(path)
    if (why !== undefined) return [unwritable(`${basename(path)} cannot be made in ${above}`, why)]
    return isOdd ? [] : [fine('home', `${path}, which is not there yet`)]
  }
  const flaw = flawOf('home', 'folder', seen)
  if (flaw !== undefined && isFixable(flaw) && ((seen.mode ?? 0) & STICKY) !== 0) {
    const text = `${path} is a folder for everybody, so it cannot be kept to its owner`
    return [wrong('home', text, 'Set MOGPLEX_HOME to a separate folder.')]
  }
  const why = flaw === undefined ? ports.whyUnwritable(path) : undefined
  const found = [
    ...(flaw === undefined ? [] : [flaw]),
    ...(why === undefined ? [] : [unwritable(`nothing can be written in ${path}`, why)]),
  ]
  return isOdd ? found : orFine(found, 'home', `${path} is for you alone`)
}

function unwritable(what: string, code: string): Finding {
  const remedy =
    code === 'ENOSPC'
      ? 'Free some space.'
      : 'Make it writable, or set MOGPLEX_HOME to a folder that is.'
  return wrong('home', `${what}: ${wordsFor(code) ?? code}`, remedy)
}
