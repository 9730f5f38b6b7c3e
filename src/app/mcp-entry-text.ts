import type {EntryChange} from '../services/mcp/host-entries.js'

/** What became of an entry, in one line; what would, where nothing is written. */
export function entryText(
  {action}: EntryChange,
  {name, path, dryRun}: {readonly name: string; readonly path: string; readonly dryRun: boolean},
): string {
  switch (action) {
    case 'absent':
      return `${path} has no entry of mogplex.`
    case 'unchanged':
      return `${path} has it already.`
    case 'added':
    case 'replaced':
    case 'removed':
      return dryRun
        ? `It would be ${action}: ${path}`
        : `${action === 'added' ? 'Added to' : action === 'removed' ? 'Removed from' : 'Replaced in'} ${path}. Start ${name} anew.`
  }
}
