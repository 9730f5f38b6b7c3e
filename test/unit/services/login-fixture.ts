import type {Credential} from '../../../src/domain/credential/credential.js'
import type {ServerMetadata} from '../../../src/adapters/authorization-server/discovery.js'
import type {
  CallbackServer,
  CallbackServerOptions,
  LoginOutcome,
} from '../../../src/adapters/callback-server.js'
import {CALLBACK_PATH} from '../../../src/domain/login/callback-rules.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {readSettings} from '../../../src/domain/settings/settings.js'
import type {PasteRoute} from '../../../src/services/first-callback.js'
import {logIn, type LoginEvent, type LoginPorts} from '../../../src/services/log-in.js'
import {makeLogin} from '../../support/make-credential.js'
import {storePorts} from './store-ports.js'
import {makeAccount} from '../../support/make-account.js'

export const TOKENS = {
  accessToken: new Secret('new-access-token'),
  refreshToken: new Secret('new-refresh-token'),
  expiresAt: new Date('2026-11-23T17:00:00.000Z'),
  scopes: ['openid', 'read', 'write'],
  account: makeAccount({id: 'usr_1', email: 'ada@example.com'}),
}
export const GOOD_QUERY = 'code=code-value&state=state-value'
export const METADATA: ServerMetadata = {
  issuer: 'https://mogplex.com',
  authorizationEndpoint: new URL('https://mogplex.com/authorize'),
  revocationEndpoint: undefined,
  deviceAuthorizationEndpoint: undefined,
  issPromised: false,
  document: {issuer: 'https://mogplex.com'},
}
const START = new URL('http://127.0.0.1:40000/auth/start/one-time')
const NEVER = new Promise<never>(() => undefined)
const AT = `http://127.0.0.1:24818${CALLBACK_PATH}`

interface Fixture {
  /** Ports that behave differently. */
  readonly ports?: Partial<LoginPorts>
  /** The parameters of the redirect; absent where the browser does not come back. */
  readonly comesBack?: string
  readonly portsBusy?: boolean
  readonly onTell?: (event: LoginEvent) => void
  readonly paste?: PasteRoute
  readonly openBrowser?: boolean
  readonly signal?: AbortSignal
  /** The initially stored credentials. */
  readonly before?: readonly Credential[]
}

/** A login with fakes: its result, the actions in order, and the events. */
export async function logInAmongFakes(fixture: Fixture) {
  const steps: string[] = []
  const told: LoginEvent[] = []
  const outcomes: LoginOutcome[] = []
  const step = <T>(name: string, value: T): T => {
    steps.push(name)
    return value
  }
  const respond = (outcome: LoginOutcome): void => {
    outcomes.push(step('respond', outcome))
  }
  const openCallbackServer = async (
    options: CallbackServerOptions,
  ): Promise<CallbackServer | undefined> => {
    steps.push(`listen ${options.ports.join(' ')}`)
    if (fixture.portsBusy === true) {
      for (const port of options.ports) options.onUnopened?.({port, code: 'EADDRINUSE'})
      return Promise.resolve(undefined)
    }
    const answer = new Promise<Awaited<CallbackServer['answer']>>((resolve) => {
      bringBack = (query) => {
        const judgement = options.judge(new URLSearchParams(query))
        if (judgement.kind === 'code' || judgement.kind === 'denied') resolve({judgement, respond})
      }
    })
    return {port: 24818, redirectUri: AT, answer, close: async () => step('close', undefined)}
  }
  let bringBack = (_query: string): void => undefined
  const ports: LoginPorts = {
    ...storePorts({before: fixture.before ?? [], step: (name) => void steps.push(name)}).ports,
    settings: readSettings({}),
    newGrantId: () => 'new-grant',
    discover: async () => step('discover', METADATA),
    makeRequest: async ({authorizationEndpoint: url}, redirectUri) =>
      step(`ask for ${redirectUri}`, {
        url,
        redirectUri,
        state: 'state-value',
        codeVerifier: new Secret('verifier-value'),
        nonce: undefined,
      }),
    exchange: async () => step('exchange', TOKENS),
    openCallbackServer,
    openStartAddress: async () =>
      step('start address', {url: START, reused: NEVER, close: () => steps.push('close start')}),
    openBrowser: async (url) => step(`browser ${url.pathname}`, true),
    ...fixture.ports,
  }
  const waits: PasteRoute = async function* (signal) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, {once: true})
    })
    yield* []
  }
  const tell = (event: LoginEvent): void => {
    told.push(event)
    steps.push(`tell ${event.type}`)
    fixture.onTell?.(event)
    const {comesBack = GOOD_QUERY} = fixture
    if (event.type === 'authorization') setImmediate(() => bringBack(comesBack))
  }
  const {openBrowser = false, paste = waits, signal = new AbortController().signal} = fixture
  const login = {openBrowser, paste, signal, tell, timeoutSeconds: 60}
  const result = await logIn(ports, login).then(
    (loggedIn) => ({loggedIn, error: undefined}),
    (error: unknown) => ({loggedIn: undefined, error}),
  )
  return {...result, steps, told, outcomes}
}

export const BEFORE = makeLogin({grantId: 'old-grant'})
