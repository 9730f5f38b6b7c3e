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

/** Who is signed in; what is left out is Ada. */
export type FakeAccount = Partial<AccountReport>

/** What pays for prompts; what is left out is a key of OpenAI in the environment. */
export type FakeModel = Partial<ModelReport>

/** What a fake session knows and answers; everything may be left out. */
export interface FakeSessionOptions {
  /** `null` for nobody. */
  account?: FakeAccount | null
  /**
   * By default the account. `{account: null, model: {}}` is somebody who has only a key for prompts;
   * `null` is an account that pays for none.
   */
  model?: FakeModel | null
  /**
   * The answers of the API: `data` by path, or a function that makes it, or throws. For a request with
   * another `responseType` than JSON: a text, bytes, or a `Response`.
   */
  responses?: Readonly<Record<string, unknown>>
  /** The MCP servers of the account; enabled, unless told otherwise. */
  mcpServers?: readonly {name: string; enabled?: boolean; config: Record<string, unknown>}[]
  /** What is kept at the beginning, by its names. */
  kept?: Readonly<Record<string, JsonValue>>
  /** What the person chooses by its name, one question after the other; without one, nobody is there. */
  choices?: readonly string[]
  /** The newest first. */
  recentRuns?: readonly RecentRun[]
}

/** A session for unit tests, and what was asked of it. */
export interface FakeSession extends Session {
  /** The requests so far, in order. */
  readonly requests: readonly {path: string; options: RequestOptions}[]
  /** What was logged, in order. */
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
 * Makes a session that needs neither a CLI nor a network. Its errors are those of the real one:
 * 64 when nobody is signed in, 65 without the scope `write` for what changes something, `NOT_FOUND`
 * (1) for a path without a response, `BAD_PATH` (1) for what is not a path, 130 for a signal.
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
