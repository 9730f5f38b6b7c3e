import type {HostFile} from '../../adapters/host-file.js'
import {LocalFileError} from '../../domain/errors/local-files.js'
import type {AgentHost} from '../../domain/mcp/agent-hosts.js'
import {
  BrokenHostFile,
  OtherForm,
  stateOf,
  withEntry,
  withoutEntry,
} from '../../domain/mcp/host-entry.js'

export interface EntryRequest {
  readonly host: AgentHost
  /** The file of the host, as people know it. */
  readonly path: string
  readonly entry: Readonly<Record<string, unknown>>
  /** Also over an entry that somebody changed. */
  readonly force: boolean
  /** Nothing is written. */
  readonly dryRun: boolean
}

/** What became of the entry. */
export interface EntryChange {
  readonly action: 'absent' | 'added' | 'removed' | 'replaced' | 'unchanged'
}

type File = Pick<HostFile, 'read' | 'replace'>

/** @throws {LocalFileError} exit 1, with the file as it was */
export async function installEntry(file: File, request: EntryRequest): Promise<EntryChange> {
  const {host, entry, dryRun} = request
  const text = file.read()
  const state = judged(text, request)
  if (state === 'same') return {action: 'unchanged'}
  if (!dryRun) await file.replace(withEntry(host, text, entry))
  return {action: state === 'absent' ? 'added' : 'replaced'}
}

/** @throws {LocalFileError} exit 1, with the file as it was */
export async function removeEntry(file: File, request: EntryRequest): Promise<EntryChange> {
  const {host, dryRun} = request
  const text = file.read()
  if (judged(text, request) === 'absent') return {action: 'absent'}
  if (!dryRun) await file.replace(withoutEntry(host, text))
  return {action: 'removed'}
}

function judged(text: string, {host, path, entry, force}: EntryRequest) {
  const member = host.members.join('.')
  try {
    const state = stateOf(host, text, entry)
    if (state !== 'edited' || force) return state
  } catch (error) {
    if (error instanceof BrokenHostFile)
      throw new LocalFileError(`${path} is not what ${host.name} could read.`, 'Mend it first.')
    if (error instanceof OtherForm)
      throw new LocalFileError(
        `${path} has ${member} in a form that mogplex does not change.`,
        `Change it yourself, or take it out and run it again.`,
      )
    throw error
  }
  throw new LocalFileError(
    `${member} in ${path} was changed by somebody.`,
    'Use --force to put ours in its place, or take it away.',
  )
}
