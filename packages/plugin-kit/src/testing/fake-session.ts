import type {JsonValue} from '../errors.js'
import {SessionError} from '../session-error.js'
import {requestPath, requireEvent, requireName} from '../session-rules.js'
import type {
  AccountReport,
  AuthNeed,
  Choice,
  Identity,
  McpServer,
  ModelReport,
  RecentRun,
  RequestOptions,
  Scope,
  Session,
} from '../session.js'
import {formOf} from './fake-answer.js'

/** Who is signed in; the defaults are Ada's. */
export type FakeAccount = Partial<AccountReport>

/** What pays for prompts; the defaults are a key of OpenAI in the environment. */
export type FakeModel = Partial<ModelReport>

/** The data of a fake session; all members may be omitted. */
export interface FakeSessionOptions {
  /** `null` for nobody. */
  account?: FakeAccount | null
  /**
   * By default the account. `{account: null, model: {}}` is a user who has only a key for prompts;
   * `null` is an account that pays for none.
   */
  model?: FakeModel | null
  /**
   * The answers of the API: `data` by path, or a function that returns it, or throws. For a request
   * with another `responseType` than JSON: a text, bytes, or a `Response`.
   */
  responses?: Readonly<Record<string, unknown>>
  /** The MCP servers of the account; enabled by default. */
  mcpServers?: readonly {name: string; enabled?: boolean; config: Record<string, unknown>}[]
  /** The initially stored values, by name. */
  kept?: Readonly<Record<string, JsonValue>>
  /** The names that the person chooses, one per question; without one, nobody can be asked. */
  choices?: readonly string[]
  /** The newest first. */
  recentRuns?: readonly RecentRun[]
}

/** A session for unit tests, and a record of its use. */
export interface FakeSession extends Session {
  /** The requests so far, in order. */
  readonly requests: readonly {path: string; options: RequestOptions}[]
  /** The log records, in order. */
  readonly logged: readonly {event: string; fields: Readonly<Record<string, unknown>>}[]
}

const NEEDS: readonly AuthNeed[] = ['account', 'any', 'model', 'none', 'write']

const ADA: AccountReport = {
  kind: 'oauth',
  id: 'usr_ada',
  email: 'ada@example.test',
  name: 'Ada',
  scopes: ['read', 'write'],
  source: {type: 'file', path: '/home/ada/.mogplex/auth.json'},
  issuer: 'https://mogplex.example',
  expiresAt: null,
  signedInUntil: null,
  verifiedAt: null,
}

/**
 * Creates a session that needs neither a CLI nor a network. Its errors are those of the real one:
 * 64 when nobody is signed in, 65 without the scope `write` for a change, `NOT_FOUND` (1) for a
 * path without a response, `BAD_PATH` (1) for an invalid path, 130 for a signal.
 */
export function fakeSession(options: FakeSessionOptions = {}): FakeSession {
  const {responses = {}, mcpServers = []} = options
  const identity = identityOf(options)
  const {account} = identity
  const requests: {path: string; options: RequestOptions}[] = []
  const logged: {event: string; fields: Readonly<Record<string, unknown>>}[] = []
  const runs = [...(options.recentRuns ?? [])]
  const choices = [...(options.choices ?? [])]
  const kept = new Map(Object.entries(options.kept ?? {}))
  const can = (scope: Scope): boolean => account?.scopes?.includes(scope) ?? false
  const requireAccount = (): void => {
    if (account === null) throw failure('NOT_LOGGED_IN', 'No Mogplex credential was found.', 64)
  }

  const answerTo = async (path: string, request: RequestOptions): Promise<unknown> => {
    const response = responses[path] ?? responses[path.replace(/\?.*/, '')]
    if (response === undefined) throw failure('NOT_FOUND', `No response for ${path}.`, 1, 404)
    const made: unknown =
      typeof response === 'function' ? await answer(response, request) : response
    return formOf(made, request.responseType)
  }

  return {
    version: 1,
    requests,
    logged,
    identity: async () => Promise.resolve(structuredClone(identity)),
    can: async (scope) => Promise.resolve(can(scope)),
    site: async () => Promise.resolve(ADA.issuer),
    async require(need) {
      requireNeed(need, identity)
      return Promise.resolve()
    },
    request: (async (path: string, request: RequestOptions = {}) => {
      requestPath(path, request)
      const {signal, method = 'GET'} = request
      if (signal?.aborted === true) throw cancelled()
      requireAccount()
      requests.push({path, options: request})
      const scope = method === 'GET' ? 'read' : 'write'
      if (!can(scope)) throw failure('SCOPE_MISSING', `It needs the scope \`${scope}\`.`, 65, 403)
      return untilAborted(answerTo(path, request), signal)
    }) as Session['request'],
    async mcpServers({signal} = {}) {
      if (signal?.aborted === true) throw cancelled()
      requireAccount()
      return Promise.resolve(
        mcpServers.map(({name, enabled = true, config}): McpServer =>
          Object.defineProperty({name, enabled, config}, 'config', {enumerable: false}),
        ),
      )
    },
    recentRuns: async () => Promise.resolve([...runs]),
    async rememberRun(run) {
      runs.unshift(run)
      return Promise.resolve()
    },
    async kept(name) {
      requireName(name)
      return Promise.resolve(structuredClone(kept.get(name)))
    },
    async keep(name, change) {
      requireName(name)
      requireAccount()
      const after = change(structuredClone(kept.get(name)))
      if (after === undefined) kept.delete(name)
      else kept.set(name, after)
      return Promise.resolve()
    },
    async choose<T>(message: string, offered: readonly Choice<T>[]) {
      const name = choices.shift()
      if (name === undefined) throw failure('NOT_INTERACTIVE', `Nobody is here: ${message}`, 2)
      const found = offered.find((each) => each.name === name)
      if (found === undefined) throw cancelled()
      return Promise.resolve(found.value)
    },
    async log(event, fields = {}) {
      requireEvent(event)
      logged.push({event, fields})
      return Promise.resolve()
    },
  }
}

function identityOf({account, model}: FakeSessionOptions): Identity {
  const signedIn = account === null ? null : {...ADA, ...account}
  const ofAccount = signedIn && {provider: 'mogplex', source: signedIn.source}
  const ofKey = {provider: 'openai', source: {type: 'env', variable: 'OPENAI_API_KEY'}} as const
  const payer = model === undefined ? ofAccount : model && {...ofKey, ...model}
  return {account: signedIn, model: payer, outranked: []}
}

function requireNeed(need: AuthNeed, {account, model}: Identity): void {
  const known: readonly string[] = NEEDS
  if (!known.includes(need)) {
    throw failure('UNKNOWN_AUTH_NEED', `${JSON.stringify(need)} is not an auth need.`, 1)
  }
  const found = {account, any: account ?? model, model, none: true, write: account}[need]
  if (found === null) throw failure('NOT_LOGGED_IN', 'No Mogplex credential was found.', 64)
  if (need === 'write' && account?.scopes?.includes('write') === false) {
    throw failure('SCOPE_MISSING', 'It needs the scope `write`.', 65)
  }
}

async function answer(make: object, request: RequestOptions): Promise<unknown> {
  return (make as (request: RequestOptions) => unknown)(request)
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), {once: true})
  })
  return Promise.race([work, aborted])
}

function cancelled(): SessionError {
  return new SessionError({
    code: 'CANCELLED',
    message: 'The request was interrupted.',
    exitCode: 130,
    remedy: 'Run the command again.',
  })
}

function failure(
  code: string,
  message: string,
  exitCode: 1 | 2 | 64 | 65,
  status?: number,
): SessionError {
  const remedy =
    exitCode === 64 ? 'Run `mogplex login`, or set MOGPLEX_API_KEY in CI.' : 'Run `mogplex login`.'
  return new SessionError({code, message, remedy, exitCode, ...(status && {status})})
}
