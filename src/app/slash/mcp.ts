import {NotSyncedError} from '../../domain/errors/hosted-state.js'
import {mcpServersText} from '../hosted-text.js'
import {showingOn} from '../showing.js'
import type {AppContext} from './app-context.js'
import type {SlashCommand} from './slash-command.js'

/** `/mcp`: the MCP servers of the account, from our copy; synced where there is none. */
export const mcp: SlashCommand<AppContext> = {
  name: 'mcp',
  argument: 'TEXT',
  summary: 'List the MCP servers of the account',
  async run({hosted, print, signal, palette, columns, env, argv}, args) {
    const request = {refresh: false, text: args.join(' '), signal}
    const listing = await hosted.mcpServers(request).catch(async (error: unknown) => {
      if (!(error instanceof NotSyncedError)) throw error
      return hosted.mcpServers({...request, refresh: true})
    })
    const showing = {...showingOn({isTTY: true}, env, argv), palette, columns}
    print(mcpServersText(listing, showing))
  },
}
