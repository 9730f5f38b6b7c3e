import {homedir} from 'node:os'
import {resolve} from 'node:path'
import {HostFile} from '../adapters/host-file.js'
import {agentHost, type AgentHostId, connectCommand} from '../domain/mcp/agent-hosts.js'
import {withEntry} from '../domain/mcp/host-entry.js'
import {valueOf} from '../domain/settings/environment.js'
import {type ChangedEntry, installEntry, removeEntry} from '../services/mcp/host-entries.js'
import type {SharedServices} from './shared-services.js'

interface HostEntryRequest {
  readonly host: AgentHostId
  readonly readOnly?: boolean
  readonly force: boolean
  readonly dryRun: boolean
}

/** Our entry in the files of agent hosts. */
export interface McpHosts {
  readonly install: (request: HostEntryRequest) => Promise<ChangedEntry>
  readonly remove: (request: HostEntryRequest) => Promise<ChangedEntry>
}

/** @param profile - the value of `--profile`: the host uses it, too */
export function composeMcpHosts(
  {env, loadWriter}: Pick<SharedServices, 'env' | 'loadWriter'>,
  profile: string | undefined,
  platform: NodeJS.Platform = process.platform,
): McpHosts {
  const changing =
    (change: typeof installEntry) =>
    async ({host: id, readOnly, force, dryRun}: HostEntryRequest): Promise<ChangedEntry> => {
      const host = agentHost(id)
      const home = platform === 'win32' ? 'USERPROFILE' : 'HOME' // where hosts look for their files
      const homeFolder = valueOf(env, home) ?? homedir()
      const path = resolve(homeFolder, host.file({platform, env}))
      const entry = host.entryOf(connectCommand({readOnly, profile}, platform))
      const file = new HostFile(path, loadWriter)
      const action = await change(file, {host, path, entry, force, dryRun})
      return {host: id, name: host.name, path, entry: withEntry(host, '', entry), action, dryRun}
    }
  return {install: changing(installEntry), remove: changing(removeEntry)}
}
