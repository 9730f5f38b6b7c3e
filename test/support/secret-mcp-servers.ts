/** Each occurs exactly once in the definitions below, where nothing may be stored from. */
export const MCP_SECRETS = [
  'user-4711-name',
  'password-4711-in-url',
  'path-4711-token',
  'query-4711-token',
  'fragment-4711-token',
  'Bearer header-4711-value',
  'raw-header-4711',
  'second-header-4711',
  'argument-4711-value',
  'env-4711-value',
  'extra-4711-field',
  'nested-4711-field',
  'program-4711-folder',
  'line-4711-argument',
  'assigned-4711-value',
  'quoted-4711-value',
  'header-name-4711 with blanks',
  'variable-name-4711-as-value=',
  'both-4711-url',
  'socket-4711-token',
  'schemeless-4711-token',
  'array-4711-argument',
  'top-4711-level',
  'object-4711-value',
] as const

/** Definitions in the wire format, with a secret at every possible place (contract 9). */
export const SECRET_MCP_SERVERS: readonly unknown[] = [
  {
    name: 'github',
    enabled: true,
    token: 'top-4711-level',
    config: {
      url: 'https://user-4711-name:password-4711-in-url@mcp.example.com:8443/path-4711-token?key=query-4711-token#fragment-4711-token',
      http_headers: {
        Authorization: 'Bearer header-4711-value',
        'X-Api-Key': 'raw-header-4711',
        'header-name-4711 with blanks': 'second-header-4711',
        'X-Object': {value: 'object-4711-value'},
      },
      bearer_token: 'extra-4711-field',
      oauth: {client: {secret: 'nested-4711-field'}},
    },
  },
  {
    name: 'database',
    enabled: false,
    config: {
      command: '/opt/program-4711-folder/bin/db-mcp',
      args: ['--password', 'argument-4711-value'],
      env: {DB_PASSWORD: 'env-4711-value', 'variable-name-4711-as-value=': 'x', PATH: '/bin'},
    },
  },
  {name: 'line', enabled: true, config: {command: 'npx -y tool --key=line-4711-argument/x'}},
  {name: 'assigned', enabled: true, config: {command: 'KEY=assigned-4711-value npx tool'}},
  {name: 'quoted', enabled: true, config: {command: '"/opt/a b/quoted-4711-value" x'}},
  {
    name: 'both',
    enabled: true,
    config: {url: 'https://example.com/both-4711-url', command: 'npx'},
  },
  {name: 'socket', enabled: true, config: {url: 'wss://example.com/socket-4711-token'}},
  {
    name: 'schemeless',
    enabled: true,
    config: {url: 'mcp.example.com/?key=schemeless-4711-token', command: 'x'},
  },
  {name: 'array', enabled: true, config: {command: ['npx', 'array-4711-argument']}},
  {name: 'text', enabled: true, config: 'top-4711-level'},
]
