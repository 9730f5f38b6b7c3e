import {dirname} from 'node:path'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import {
  fine,
  type Finding,
  isFixable,
  orFine,
  troubleFinding,
  wrong,
} from '../../domain/doctor/finding.js'
import {flawOf, type Seen} from '../../domain/doctor/seen.js'
import {showingNames} from '../../domain/platform/machine-commands.js'
import {removing, word} from '../../domain/platform/shell.js'
import type {AuthFile} from '../../adapters/auth-file.js'
import {isCodexFile} from '../../domain/auth-file/stored-entries.js'
import {BrokenAuthFileError} from '../../domain/errors/local-files.js'
import {codeOf, whyOf} from '../../domain/errors/system-error.js'
import {LOCAL_LIMIT_MS, type Probe} from './probe.js'

interface AuthFilePorts {
  /** An instance that repairs nothing when it reads. */
  readonly authFile: Pick<AuthFile, 'path' | 'read'>
  readonly isCodexHome: boolean
  readonly lookAt: (path: string) => Seen | undefined
  readonly lookThrough: (path: string) => Seen | undefined
  /** The real path of a file. */
  readonly targetOf: (path: string) => string
  /** Whether it is a mount point itself. */
  readonly isMounted: (path: string) => boolean
}

const ID = 'auth-file'
const OWN_READ = 0o400
const OTHERS_WRITE = 0o022

/** `auth.json`: what is at its path, who may read it, and whether we can. */
export function authFileProbe(ports: AuthFilePorts): Probe {
  return {id: ID, limitMs: LOCAL_LIMIT_MS, look: () => look(ports)}
}

function look(ports: AuthFilePorts): Finding[] {
  const {path} = ports.authFile
  const link = lookOrTell(path, ports.lookAt)
  if (Array.isArray(link)) return link
  if (link === undefined) return [fine(ID, `${path} is not there yet`)]
  const seen = lookOrTell(path, ports.lookThrough)
  if (Array.isArray(seen)) return seen
  if (seen === undefined) {
    const text = `${path} is a symbolic link to what is not there`
    return [wrong(ID, text, removing(path))]
  }
  const flaw = flawOf(ID, 'file', seen)
  if (flaw !== undefined && !isFixable(flaw)) return [flaw]
  // A file that cannot be opened cannot be read either: one problem, not two.
  if (flaw !== undefined && ((seen.mode ?? 0) & OWN_READ) === 0) return [flaw]
  const found = [...(flaw === undefined ? [] : [flaw]), ...flawsOfPlace(seen, ports)]
  return orFine([...found, ...flawsInside(ports)], ID, `${path} is whole, and for you alone`)
}

/** It cannot be replaced, or only under one of its names. */
function flawsOfPlace(seen: Seen, {isMounted, lookThrough, targetOf}: AuthFilePorts): Finding[] {
  const {path, names} = seen
  const target = targetOf(path)
  const folder = target === path ? undefined : lookThrough(dirname(target))
  if (((folder?.mode ?? 0) & OTHERS_WRITE) !== 0) {
    const text = `${path} is a link into a folder in which others may put another file in its place`
    return [wrong(ID, text, `chmod go-w ${word(dirname(target))}`)]
  }
  if (names > 1) {
    const text = `${path} has another name (a hard link), under which a change of it would not be seen`
    return [wrong(ID, text, showingNames(path, dirname(path)))]
  }
  if (!isMounted(path)) return []
  const text = `${path} is mounted as a single file, which cannot be replaced: nothing can be stored`
  return [wrong(ID, text, 'Mount the folder around it, not the file.')]
}

function flawsInside({authFile, isCodexHome}: AuthFilePorts): Finding[] {
  try {
    const {document, entries} = authFile.read()
    if (document.state === 'broken') {
      return [troubleFinding(ID, new BrokenAuthFileError(authFile.path, document.why))]
    }
    const foreign = entries.filter(({state}) => state === 'foreign').map(({member}) => member)
    const shared = isCodexHome && isCodexFile(document)
    return [
      ...foreign.map((member) =>
        wrong(
          ID,
          `the member ${member} of ${authFile.path} is not of a shape that this version knows, and is not used`,
          member === 'mogplex'
            ? 'mogplex login'
            : `mogplex login --with-api-key --provider ${member}`,
        ),
      ),
      ...(shared
        ? [
            wrong(
              ID,
              `${authFile.path} is shared with Codex, which may drop what it does not know`,
              'Set MOGPLEX_HOME to a separate folder.',
            ),
          ]
        : []),
    ]
  } catch (error) {
    if (error instanceof MogplexError) return [troubleFinding(ID, error)]
    throw error
  }
}

function lookOrTell(
  path: string,
  look: (path: string) => Seen | undefined,
): Finding[] | Seen | undefined {
  try {
    return look(path)
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    const remedy = codeOf(error) === 'ELOOP' ? removing(path) : 'Check its owner and its mode.'
    return [wrong(ID, `${path} cannot be examined: ${whyOf(error)}`, remedy)]
  }
}
