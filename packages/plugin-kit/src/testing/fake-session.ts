import {SessionError} from '../session-error.js'
import type {
  AccountReport,
  AuthNeed,
  Identity,
  McpServer,
  RequestOptions,
  Scope,
  Session,
} from '../session.js'

/** Who is signed in; what is left out is Ada. */
export type FakeAccount = Partial<AccountReport>

/** What a fake session knows and answers; everything may be left out. */
export interface FakeSessionOptions {
  /** `null` for nobody. */
  account?: FakeAccount | null
  /** The answers of the API: `data` by path, or a function that makes it, or throws. */
  responses?: Readonly<Record<string, unknown>>
  /** The MCP servers of the account; enabled, unless told otherwise. */
  mcpServers?: readonly {name: string; enabled?: boolean; config: Record<string, unknown>}[]
}

/** A session for unit tests, and what was asked of it. */
export interface FakeSession extends Session {
  /** The requests so far, in order. */
  readonly requests: readonly {path: string; options: RequestOptions}[]
}

const NEEDS: readonly AuthNeed[] = ['account', 'any', 'model', 'none', 'write']

const ADA: AccountReport = {
  ...{kind: 'oauth', id: 'usr_ada', email: 'ada@example.test', name: 'Ada'},
  scopes: ['read', 'write'],
  source: {type: 'file', path: '/home/ada/.mogplex/auth.json'},
  issuer: 'https://mogplex.example',
  ...{expiresAt: null, signedInUntil: null, verifiedAt: null},
}

/**
 * Makes a session that needs neither a CLI nor a network. Its errors are those of the real one:
 * 64 when nobody is signed in, 65 without the scope `write` for what changes something, `NOT_FOUND`
 * (1) for a path without a response.
 */
export function fakeSession(options: FakeSessionOptions = {}): FakeSession {
  const {responses = {}, mcpServers = []} = options
  const account = options.account === null ? null : {...ADA, ...options.account}
  const requests: {path: string; options: RequestOptions}[] = []
  const identity: Identity = {
    account,
    model: account && {provider: 'mogplex', source: account.source},
    outranked: [],
  }
  const can = (scope: Scope): boolean => account?.scopes?.includes(scope) ?? false
  const requireAccount = (): void => {
    if (account === null) throw failure('NOT_LOGGED_IN', 'No Mogplex credential was found.', 64)
  }
  return {
    version: 1,
    requests,
    identity: async () => Promise.resolve(structuredClone(identity)),
    can: async (scope) => Promise.resolve(can(scope)),
    require: async (need) => {
      const known: readonly string[] = NEEDS
      if (!known.includes(need)) {
        throw failure('UNKNOWN_AUTH_NEED', `There is no need ${JSON.stringify(need)}.`, 1)
      }
      if (need !== 'none') requireAccount()
      const scopes = account?.scopes ?? undefined
      if (need === 'write' && scopes !== undefined && !can('write')) {
        throw failure('SCOPE_MISSING', 'It needs the scope `write`.', 65)
      }
      return Promise.resolve()
    },
    async request<T>(path: string, request: RequestOptions = {}) {
      requireAccount()
      requests.push({path, options: request})
      const scope = (request.method ?? 'GET') === 'GET' ? 'read' : 'write'
      if (!can(scope)) throw failure('SCOPE_MISSING', `It needs the scope \`${scope}\`.`, 65)
      const response = responses[path] ?? responses[path.replace(/\?.*/, '')]
      if (response === undefined) throw failure('NOT_FOUND', `No response for ${path}.`, 1)
      const data: unknown =
        typeof response === 'function' ? await answer(response, request) : response
      return structuredClone(data) as T
    },
    async mcpServers() {
      requireAccount()
      return Promise.resolve(
        mcpServers.map(({name, enabled = true, config}): McpServer =>
          Object.defineProperty({name, enabled, config}, 'config', {enumerable: false}),
        ),
      )
    },
  }
}

async function answer(make: object, request: RequestOptions): Promise<unknown> {
  return (make as (request: RequestOptions) => unknown)(request)
}

function failure(code: string, message: string, exitCode: 1 | 64 | 65): SessionError {
  const remedy =
    exitCode === 64 ? 'Run `mogplex login`, or set MOGPLEX_API_KEY in CI.' : 'Run `mogplex login`.'
  return new SessionError({code, message, remedy, exitCode})
}
