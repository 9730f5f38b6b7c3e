import type {PendingLogins} from '../adapters/pending-logins.js'
import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import {errorText, type GenuineCallback, judgeCallback} from '../domain/login/callback-rules.js'
import {isOver, type PendingLogin, requestOf} from '../domain/login/pending-login.js'
import {
  LoginFailedError,
  NoPendingLoginError,
  PasteRefusedError,
} from '../domain/errors/authentication.js'
import {NothingPastedError} from '../domain/errors/later.js'
import {hostOf} from '../domain/network/addresses.js'
import type {Switching} from './claim-profile.js'
import {firstCallback, type PasteRoute} from './first-callback.js'
import type {LoginEvent, LoginPorts} from './log-in.js'
import {type LoggedIn, storeLogin, type StoreLoginPorts} from './store-login.js'

interface FinishLoginPorts extends StoreLoginPorts, Pick<LoginPorts, 'discover'> {
  readonly pendingLogins: Pick<PendingLogins, 'claim' | 'find' | 'sweep'>
  exchange(
    metadata: ServerMetadata,
    pending: Pick<PendingLogin, 'clientId' | 'scopes'> & {
      readonly request: ReturnType<typeof requestOf>
    },
    callback: Extract<GenuineCallback, {kind: 'code'}>,
    signal: AbortSignal,
  ): ReturnType<LoginPorts['exchange']>
}

export interface FinishLoginRequest {
  readonly handle: string
  readonly timeoutSeconds: number
  /** Whether the profile may be given to another account. */
  readonly switching?: Switching | undefined
  /** Ends it, with the reason as the error. */
  readonly signal: AbortSignal
  /** The source of the address that the browser ended at. */
  readonly paste: PasteRoute
  readonly tell: (event: LoginEvent) => void
}

/**
 * Finishes a login that {@link startLogin} started. Only its genuine answer removes it, before the
 * code is exchanged: if two processes finish it, one wins, and neither can try again.
 *
 * @throws {NoPendingLoginError} exit 64: it expired, was finished, or never existed;
 *   {LoginFailedError} exit 64: refused, or an answer to another request, which ends nothing
 * @throws {NothingPastedError} exit 75; {LocalFileError} exit 1; {RemoteError} exit 69
 */
export async function finishLogin(
  ports: FinishLoginPorts,
  login: FinishLoginRequest,
): Promise<LoggedIn> {
  const {pendingLogins, authFile, clock} = ports
  const {handle, signal, tell} = login
  await pendingLogins.sweep(clock.now())
  const pending = pendingLogins.find(handle)
  if (pending === undefined || isOver(pending, clock.now())) throw new NoPendingLoginError()
  refuseElsewhere(pending, ports)
  if (login.switching?.isAllowed !== true) ports.profile?.owner()
  authFile.read()
  await authFile.rehearse() // a code works once: it is spent only where its login can be stored
  const metadata = await ports.discover(signal)
  const request = requestOf(pending)
  const judgement = await answerTo(pending, request.state, metadata, login)
  if (isOver(pending, clock.now())) throw new NoPendingLoginError()
  if (!(await pendingLogins.claim(handle))) throw new NoPendingLoginError()
  if (judgement.kind === 'denied') {
    throw new LoginFailedError(
      `The sign-in was refused (${errorText(judgement)}).`,
      START_AGAIN,
      'LOGIN_DENIED',
    )
  }
  tell({type: 'exchanging'})
  const {clientId, scopes, expectAccount} = pending
  const tokens = await ports.exchange(metadata, {clientId, scopes, request}, judgement, signal)
  const settings = {...ports.settings, clientId, scopes}
  return storeLogin({...ports, settings}, tokens, {
    expectAccount,
    signal,
    switching: login.switching,
  })
}

const START_AGAIN = 'Run `mogplex login --start` again.'

/** A code of one server must not be sent to another, nor its tokens to another API. */
function refuseElsewhere(
  {issuer, baseUrl}: PendingLogin,
  {settings}: Pick<FinishLoginPorts, 'settings'>,
): void {
  if (issuer === settings.issuer && baseUrl === settings.baseUrl) return
  throw new LoginFailedError(
    `This sign-in was started at ${hostOf(issuer)}, but the configured server is ${hostOf(settings.issuer)}.`,
    'Set MOGPLEX_URL and MOGPLEX_ISSUER as they were then, or run `mogplex login --start` again.',
    'LOGIN_ELSEWHERE',
  )
}

async function answerTo(
  {redirectUri}: PendingLogin,
  state: string,
  {document, issPromised}: ServerMetadata,
  {paste, signal, timeoutSeconds, tell}: FinishLoginRequest,
): Promise<GenuineCallback> {
  let refused: string | undefined
  const answer = await firstCallback({
    server: undefined,
    redirectUri,
    judge: (query) => judgeCallback(query, {state, issuer: document.issuer, issPromised}),
    noRouteLeft: () =>
      refused === undefined ? new NothingPastedError() : new PasteRefusedError(refused),
    login: {
      paste,
      signal,
      timeoutSeconds,
      tell(event) {
        refused = event.type === 'hint' ? `It says ${event.text}, but without proof.` : event.why
        tell(event)
      },
    },
  })
  return answer.judgement
}
