import {Client} from '@modelcontextprotocol/sdk/client/index.js'
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js'
import {
  type JSONRPCMessage,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js'
import {onCleanup} from './cleanup.js'
import {builtCli, cliEnvironment} from './cli-environment.js'
import {waitUntil} from './wait-until.js'
import {needPipes} from './system-under-test.js'

interface McpHostOptions {
  readonly home: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** The host's capabilities for a server. */
  readonly capabilities?: ConstructorParameters<typeof Client>[1]
}

/** An agent host, built with the official SDK's client, that has started `mogplex mcp connect`. */
export interface McpHost {
  readonly client: Client
  readonly pid: number
  readonly stderr: () => string
  /** Everything it received. */
  readonly messages: readonly JSONRPCMessage[]
  /** How many times it was notified that the tools have changed. */
  readonly changes: () => number
  /** Resolves when {@link changes} exceeds that number. */
  readonly changed: (since: number) => Promise<unknown>
  readonly tools: () => Promise<string[]>
  /** A tool's answer as text; prefixed with `error: ` where it failed. */
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<string>
}

export async function openMcpHost({
  home,
  env,
  args = [],
  capabilities,
}: McpHostOptions): Promise<McpHost> {
  needPipes()
  const [command, ...first] = builtCli
  const transport = new StdioClientTransport({
    command,
    args: [...first, 'mcp', 'connect', ...args],
    env: cliEnvironment(home, env),
    cwd: home,
    stderr: 'pipe',
    maxBufferSize: 64 * 1024 * 1024,
  })
  let [stderr, changes] = ['', 0]
  transport.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const client = new Client({name: 'a-host', version: '1.0.0'}, capabilities)
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    changes += 1
  })
  onCleanup(() => client.close())
  await client.connect(transport)
  const messages: JSONRPCMessage[] = []
  const take = transport.onmessage
  transport.onmessage = (message) => {
    messages.push(message)
    take?.(message)
  }
  return {
    client,
    messages,
    pid: transport.pid ?? -1,
    stderr: () => stderr,
    changes: () => changes,
    changed: async (since) =>
      waitUntil({
        over: () => false,
        look: () => (changes > since ? changes : undefined),
        timeoutMs: 30_000,
        describe: () => `a change of the tools. stderr:\n${stderr}`,
      }),
    tools: async () => (await client.listTools()).tools.map(({name}) => name),
    async call(name, toolArguments = {}) {
      const {content, isError} = await client.callTool({name, arguments: toolArguments})
      const [first] = Array.isArray(content) ? (content as unknown[]) : []
      const text = typeof first === 'object' && first && 'text' in first ? String(first.text) : ''
      return isError === true ? `error: ${text}` : text
    },
  }
}
