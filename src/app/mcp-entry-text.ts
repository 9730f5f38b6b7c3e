import {AGENT_HOST_IDS} from '../domain/mcp/agent-hosts.js'
import type {ChangedEntry} from '../services/mcp/host-entries.js'
import {shortPath} from './names.js'

/** The options of `mogplex mcp install` and `mogplex mcp remove`. */
export const ENTRY_FLAGS = {
  host: {options: AGENT_HOST_IDS, description: 'The agent host.', required: true},
  dryRun: {default: false, description: 'Say what would change, and change nothing.'},
  force: {default: false, description: 'Even if the entry was edited.'},
} as const

/** What happened to an entry, or would have: where nothing is written, with the entry itself. */
export function entryText(
  {action, name, path: whole, entry, dryRun}: ChangedEntry,
  homeFolder: string,
): string {
  const path = shortPath(whole, homeFolder)
  switch (action) {
    case 'absent':
      return `${path} has no entry of mogplex.`
    case 'unchanged':
      return `${path} has it already.`
    case 'removed':
      return dryRun ? `It would be removed from ${path}.` : `Removed from ${path}. Restart ${name}.`
    case 'added':
    case 'replaced': {
      const preposition = action === 'added' ? 'to' : 'in'
      return dryRun
        ? `It would be ${action} ${preposition} ${path}:\n\n${entry.trimEnd()}`
        : `${action === 'added' ? 'Added' : 'Replaced'} ${preposition} ${path}. Restart ${name}.`
    }
  }
}

/** Like {@link entryText}, for programs. */
export function entryReport({host, path, action, dryRun}: ChangedEntry): object {
  return {host, path, action, dryRun}
}
