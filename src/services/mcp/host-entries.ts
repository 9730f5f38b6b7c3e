import type {HostFile} from '../../adapters/host-file.js'
import {LocalFileError} from '../../domain/errors/local-files.js'
import type {AgentHost} from '../../domain/mcp/agent-hosts.js'
import {type EntryState, stateOf, withEntry, withoutEntry} from '../../domain/mcp/host-entry.js'
import {BrokenHostFile, OtherForm} from '../../domain/mcp/host-file-trouble.js'

interface EntryRequest {
  readonly host: AgentHost
  /** The path of the host's file, as shown to people. */
  readonly path: string
  readonly entry: Readonly<Record<string, unknown>>
  /** Also replaces an entry that was edited. */
  readonly force: boolean
  /** Nothing is written. */
  readonly dryRun: boolean
}

/** What happened to the entry. */
type EntryAction = 'absent' | 'added' | 'removed' | 'replaced' | 'unchanged'

/** An entry, and what happened to it, or would have where nothing is written. */
export interface ChangedEntry {
  readonly host: AgentHost['id']
  /** The host's name, for people. */
  readonly name: string
  readonly path: string
  /** A file that contains only the entry. */
  readonly entry: string
  readonly action: EntryAction
  readonly dryRun: boolean
}

type File = Pick<HostFile, 'read' | 'replace'>

const MAX_TURNS = 5

/** @throws {LocalFileError} exit 1, with the file unchanged */
export async function installEntry(file: File, request: EntryRequest): Promise<EntryAction> {
  return changing(file, request, (state, text) => {
    if (state === 'same') return {action: 'unchanged', text}
    const action = state === 'absent' ? 'added' : 'replaced'
    return {action, text: withEntry(request.host, text, request.entry)}
  })
}

/** @throws {LocalFileError} exit 1, with the file unchanged */
export async function removeEntry(file: File, request: EntryRequest): Promise<EntryAction> {
  return changing(file, request, (state, text) =>
    state === 'absent'
      ? {action: 'absent', text}
      : {action: 'removed', text: withoutEntry(request.host, text)},
  )
}

/** Its own program may write it at any time: only the version that was read is replaced. */
async function changing(
  file: File,
  request: EntryRequest,
  change: (state: EntryState, text: string) => {action: EntryAction; text: string},
): Promise<EntryAction> {
  for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
    const before = file.read()
    const {action, text} = change(judged(before, request), before)
    if (request.dryRun || text === before || (await file.replace(text, before))) return action
  }
  throw new LocalFileError(
    `${request.path} kept changing while it was being edited.`,
    `Close ${request.host.name}, and run it again.`,
  )
}

function judged(text: string, {host, path, entry, force}: EntryRequest): EntryState {
  const member = host.members.join('.')
  try {
    const state = stateOf(host, text, entry)
    if (state !== 'edited' || force) return state
  } catch (error) {
    if (error instanceof BrokenHostFile)
      throw new LocalFileError(`${host.name} could not read ${path}.`, 'Mend it first.')
    if (error instanceof OtherForm)
      throw new LocalFileError(
        `${path} has ${member} in a form that mogplex does not change.`,
        `Change it yourself, or remove it and run this again.`,
      )
    throw error
  }
  throw new LocalFileError(
    `${member} in ${path} has been edited.`,
    'Use --force to replace or remove it.',
  )
}
