import type {SyncEvent} from '../services/sync-hosted-state.js'
import {LocalFileError} from '../domain/errors/local-files.js'
import {mcpServersCount, modelsCount} from './hosted-text.js'
import type {Palette} from '../terminal/palette.js'

const NAMES = {models: 'models', 'mcp-servers': 'MCP servers'} as const

/** The line for one event of a sync. */
export function syncProgressLine(event: SyncEvent, palette: Palette): string {
  switch (event.type) {
    case 'started':
      return palette.faint(`Syncing the ${NAMES[event.what]} …`)
    case 'done': {
      const count = event.what === 'models' ? modelsCount : mcpServersCount
      return palette.faint(`${count(event.count)} synced.`)
    }
    case 'failed':
      return syncFailedText(event)
  }
}

export function syncFailedText({what, error}: Extract<SyncEvent, {type: 'failed'}>): string {
  const done = error instanceof LocalFileError ? 'stored' : 'synced'
  return `The ${NAMES[what]} were not ${done}. ${error.message} ${error.remedy}`
}
