import type {Readable, Writable} from 'node:stream'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {hostedAccountOf, ownId} from '../domain/hosted/hosted-account.js'
import type {Credential} from '../domain/credential/credential.js'
import type {AccountAccess} from '../services/account-access.js'
import type {Relay} from '../services/mcp/relay.js'
import type {ServerConnection} from '../services/mcp/server-connection.js'
import type {SharedServices} from './shared-services.js'

/** A host on standard input and output, and what it may do. */
export interface HostRequest {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly readOnly: boolean
  /** Ends it, with the reason as the error. */
  readonly signal: AbortSignal
}

/** Serves hosts of the Model Context Protocol: see `services/mcp/serve-host.ts`. */
export async function composeMcpRelay(
  shared: Pick<SharedServices, 'clock' | 'http' | 'session' | 'version'>,
  access: AccountAccess,
): Promise<(request: HostRequest) => Promise<void>> {
  const {session, http, clock, version} = shared
  const {settings} = session // exit 2, at once, where one of them is invalid
  const [lines, endpoint, connections, relays, {ReadOnlyTools}, {keepListening}, ...others] =
    await Promise.all([
      import('../adapters/message-lines.js'),
      import('../adapters/mogplex-api/mcp-endpoint.js'),
      import('../services/mcp/server-connection.js'),
      import('../services/mcp/relay.js'),
      import('../services/mcp/read-only-tools.js'),
      import('../services/mcp/listen.js'),
      import('../services/mcp/serve-host.js'),
      import('../adapters/pause.js'),
    ])
  const [{serveHost}, {pause}] = others
  return async ({stdin, stdout, readOnly, signal}) => {
    const ended = new AbortController()
    const end = (): void => ended.abort()
    signal.addEventListener('abort', end, {once: true})
    const writer = new lines.LineWriter(stdout)
    writer.whenOver(end)
    const write = async (text: string): Promise<void> => writer.write(text)
    const connection: ServerConnection = new connections.ServerConnection({
      access,
      clock,
      pause,
      version,
      idOf: ownId,
      endpointFor: (credential) =>
        endpoint.createMcpEndpoint(http.stream, apiBaseUrl(credential, settings)),
      accountOf: (credential: Credential) => JSON.stringify(hostedAccountOf(credential, settings)),
      listen: async (open, over) =>
        keepListening(open, async (message) => relay.forward(message), pause, over),
      onChanged: () => relay.toolsChanged(),
    })
    const readOnlyTools = readOnly
      ? new ReadOnlyTools(async (text, sending) => connection.send(text, sending))
      : undefined
    const relay: Relay = new relays.Relay({connection, write, readOnlyTools, version})
    try {
      const messages = lines.messageLines(stdin, ended.signal)
      await serveHost({lines: messages, write, relay, connection, pause}, ended.signal)
    } finally {
      signal.removeEventListener('abort', end)
      stdin.destroy()
    }
    signal.throwIfAborted()
  }
}
