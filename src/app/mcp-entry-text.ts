import {AGENT_HOST_IDS} from '../domain/mcp/agent-hosts.js'
import type {EntryChange} from '../services/mcp/host-entries.js'

// What `mogplex mcp install` and `mogplex mcp remove` have in common.

export const HOST_FLAG = {
  options: AGENT_HOST_IDS,
  description: 'The agent host.',
  required: true,
} as const
export const DRY_RUN_FLAG = {
  default: false,
  description: 'Say what would change, and change nothing.',
} as const
export const FORCE_FLAG = {
  default: false,
  description: 'Even if the entry was edited.',
} as const

interface Shown {
  /** Of the host. */
  readonly name: string
  readonly path: string
  /** As a file would be that has nothing else. */
  readonly entry: string
  readonly dryRun: boolean
}

/** What became of an entry; what would, where nothing is written, with the entry itself. */
export function entryText({action}: EntryChange, {name, path, entry, dryRun}: Shown): string {
  switch (action) {
    case 'absent':
      return `${path} has no entry of mogplex.`
    case 'unchanged':
      return `${path} has it already.`
    case 'removed':
      return dryRun
        ? `It would be removed from ${path}.`
        : `Removed from ${path}. Start ${name} anew.`
    case 'added':
    case 'replaced': {
      const preposition = action === 'added' ? 'to' : 'in'
      return dryRun
        ? `It would be ${action} ${preposition} ${path}:\n\n${entry.trimEnd()}`
        : `${action === 'added' ? 'Added' : 'Replaced'} ${preposition} ${path}. Start ${name} anew.`
    }
  }
}
