import {NotSyncedError} from '../../domain/errors/hosted-state.js'
import {mcpServersText} from '../hosted-text.js'
import {displayFor} from '../display.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/mcp`: the MCP servers of the account, from our copy; synced first where there is none. */
export const mcp: AppSlashCommand<AppContext> = {
  name: 'mcp',
  argument: 'TEXT',
  summary: 'List the MCP servers of the account',
  async run({hosted, print, signal, palette, columns, env, argv}, args) {
    const request = {refresh: false, text: args.join(' '), signal}
    const listing = await hosted.mcpServers(request).catch(async (error: unknown) => {
      if (!(error instanceof NotSyncedError)) throw error
      return hosted.mcpServers({...request, refresh: true})
    })
    const display = {...displayFor({isTTY: true}, env, argv), palette, columns}
    print(mcpServersText(listing, display))
  },
}
