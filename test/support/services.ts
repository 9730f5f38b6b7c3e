import type {MogplexError} from '@mogplex/plugin-kit'
import {compose} from '../../src/compose.js'
import type {Services} from '../../src/compose/services.js'
import {homeVariables} from './home-variables.js'
import type {SignInStage} from './sign-in-stage.js'

type Config = Parameters<typeof compose>[0]
type LoginRequest = Parameters<Services['logIn']>[0]
type LoginEvent = Parameters<LoginRequest['tell']>[0]

/** The services of a command, in this process, in the home and environment of a stage. */
export function servicesOn(
  stage: Readonly<Pick<SignInStage, 'env' | 'home'>>,
  env: Readonly<Record<string, string>> = {},
  plugins: ReadonlyMap<string, object> = new Map(),
): Services {
  // restored after the test
  Object.assign(process.env, {...homeVariables(stage.home), ...stage.env, ...env})
  // All that `compose` reads: without a root plugin it keeps services by this very object.
  const config = {pjson: {name: 'under test'}, plugins, version: '0.0.0'}
  return compose(config as unknown as Config)
}

interface Login {
  readonly events: LoginEvent[]
  readonly result: ReturnType<Services['logIn']>
  /** The address to open. */
  readonly address: Promise<URL>
  readonly abort: (reason: Error) => void
}

/** Starts a login that opens no browser and whose standard input is closed. */
export function startLogin(services: Services, changes: Partial<LoginRequest> = {}): Login {
  const controller = new AbortController()
  const events: LoginEvent[] = []
  let tellAddress: (url: URL) => void
  const address = new Promise<URL>((resolve) => (tellAddress = resolve))
  const result = services.logIn({
    openBrowser: false,
    readOnly: false,
    timeoutSeconds: 15,
    signal: controller.signal,
    paste: async function* () {
      // No further lines.
    },
    tell(event) {
      events.push(event)
      if (event.type === 'authorization') tellAddress(event.url)
    },
    ...changes,
  })
  result.catch(() => undefined) // the caller's await reports it
  return {events, result, address, abort: (reason) => controller.abort(reason)}
}

/** The error that a promise rejects with, which must be one of ours. */
export async function failureOf(promise: Promise<unknown>): Promise<MogplexError> {
  const error: unknown = await promise.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  )
  if (error instanceof Error && 'exitCode' in error && 'remedy' in error) {
    return error as MogplexError
  }
  throw error
}
