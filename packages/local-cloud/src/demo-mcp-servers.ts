import type {DemoAccount} from './demo-accounts.js'

/** A record of the listing; the values in `config` are plain-text secrets (contract section 9). */
interface DemoMcpServer {
  readonly name: string
  readonly enabled: boolean
  readonly config: Readonly<Record<string, unknown>>
}

/** Invented and useless; none has a format by which it could be recognised as a secret. */
const SECRET = {
  notesQuery: 'q7Vx2nRk9TfLw3JdYb5HsMzC8gPa',
  notesHeader: 'Zt4KcW8uEr1XoNq6DvSj3BhGy9Lm',
  engineVariable: 'fN5pYs0JwQe7RtB2kXaU8mDzVc4H',
  enginePassword: 'Lw9GdTz3ChKq6VnYx1RfMb8SpJ2e',
  browserClient: 'Hb6MxPa2WkUt9ZsEo4QvFj7LrCy1',
  browserHeader: 'yD3RqJn8BvXm5KfTg0WcHz6SuPe2',
  compilerHeader: 'Ck8TwZe1YsLp4NhVb7GxQd2MaRj9',
} as const

const SERVERS: Readonly<Record<string, readonly DemoMcpServer[]>> = {
  'ada@example.test': [
    {
      name: 'browser',
      enabled: false,
      config: {
        url: 'https://browser.example.test/mcp',
        http_headers: {'X-Browser-Key': SECRET.browserHeader},
        // Undocumented members; any of them may contain a secret.
        startup_timeout_sec: 20,
        oauth: {client_id: 'mogplex-demo', client_secret: SECRET.browserClient},
      },
    },
    {
      name: 'engine-db',
      enabled: true,
      config: {
        command: 'npx',
        args: ['-y', '@example/engine-db-mcp', '--schema', 'bernoulli'],
        env: {
          ENGINE_TOKEN: SECRET.engineVariable,
          DATABASE_URL: `postgres://ada:${SECRET.enginePassword}@db.example.test/engine`,
        },
      },
    },
    {
      name: 'notes',
      enabled: true,
      config: {
        url: `https://notes.example.test/mcp?team=engine&api_key=${SECRET.notesQuery}`,
        http_headers: {Authorization: `Bearer ${SECRET.notesHeader}`},
      },
    },
  ],
  'grace@example.test': [
    {
      name: 'compiler',
      enabled: true,
      config: {
        url: 'https://compiler.example.test/mcp',
        http_headers: {Authorization: `Bearer ${SECRET.compilerHeader}`},
      },
    },
  ],
}

/** Every secret in the listings, for a search for leaks. */
export const MCP_SECRETS: readonly string[] = Object.values(SECRET)

/** The MCP servers of an account, ordered by name. */
export function mcpServersOf(account: DemoAccount | undefined): readonly DemoMcpServer[] {
  return account ? (SERVERS[account.email] ?? []) : []
}
