import type {DeviceAuthorization} from '../adapters/authorization-server/device-authorization.js'
import type {PollAnswer} from '../adapters/authorization-server/device-poll.js'
import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import type {TokenSet} from '../adapters/authorization-server/token-answer.js'
import type {Pause} from '../adapters/pause.js'
import {hostOf} from '../domain/network/addresses.js'
import {LoginFailedError} from '../domain/errors/authentication.js'
import type {Secret} from '../domain/credential/secret.js'
import type {Switching} from './claim-profile.js'
import {type LoggedIn, storeLogin, type StoreLoginPorts} from './store-login.js'

/** The progress of the login, for the caller to show. Texts are printable. */
export type DeviceLoginEvent =
  | {
      readonly type: 'device-authorization'
      readonly authorization: DeviceAuthorization
      /** The longest it lasts: until the code expires, or our limit. */
      readonly waitsSeconds: number
    }
  /** The server is temporarily unreachable; reported once, until it answers again. */
  | {readonly type: 'trouble'; readonly why: string}

export interface DeviceLoginRequest {
  readonly timeoutSeconds: number
  /** Fails, storing nothing, unless this e-mail address signed in. */
  readonly expectAccount?: string | undefined
  /** Whether the profile may be given to another account. */
  readonly switching?: Switching | undefined
  /** Ends the login, with the reason as the error. */
  readonly signal: AbortSignal
  readonly tell: (event: DeviceLoginEvent) => void
}

interface PollRequest {
  readonly deviceCode: Secret
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** The dependencies of a login by device authorization. */
export interface DeviceLoginPorts extends StoreLoginPorts {
  readonly pause: Pause
  discover(signal: AbortSignal): Promise<ServerMetadata>
  requestDevice(metadata: ServerMetadata, signal: AbortSignal): Promise<DeviceAuthorization>
  poll(metadata: ServerMetadata, request: PollRequest): Promise<PollAnswer>
}

/** How long to wait before the next poll. */
interface Pace {
  readonly intervalSeconds: number
  /** Consecutive failures. */
  readonly failures: number
  readonly waitSeconds: number
}

const SLOW_DOWN_SECONDS = 5
const LONGEST_BACKOFF_SECONDS = 60
const LONGEST_POLL_MS = 30_000
const SHORTEST_POLL_MS = 1000

/**
 * Signs in by device authorization (RFC 8628): the user enters a code in a browser on any device,
 * and the server is polled at its requested interval. A failure before the credential is stored
 * leaves the old one in place.
 *
 * @throws {LoginFailedError} exit 64: not supported, denied, refused, or not finished in time
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75, {CancelledError} exit 130
 * @throws {LocalFileError} exit 1, when the credential cannot be stored
 */
export async function logInByDevice(
  ports: DeviceLoginPorts,
  login: DeviceLoginRequest,
): Promise<LoggedIn> {
  ports.authFile.read()
  if (login.switching?.isAllowed !== true) ports.profile?.owner()
  await ports.authFile.rehearse() // a problem with storing is reported before the user is asked
  const metadata = await ports.discover(login.signal)
  if (metadata.deviceAuthorizationEndpoint === undefined) throw notOffered(metadata.issuer)
  const authorization = await ports.requestDevice(metadata, login.signal)
  const waitsSeconds = Math.min(login.timeoutSeconds, authorization.expiresInSeconds)
  login.tell({type: 'device-authorization', authorization, waitsSeconds})
  const tokens = await tokensFor(authorization, {ports, login, metadata})
  return storeLogin(ports, tokens, login)
}

interface Waiting {
  readonly ports: DeviceLoginPorts
  readonly login: DeviceLoginRequest
  readonly metadata: ServerMetadata
}

async function tokensFor(
  {deviceCode, intervalSeconds, expiresInSeconds}: DeviceAuthorization,
  {ports, login, metadata}: Waiting,
): Promise<TokenSet> {
  const {signal, timeoutSeconds} = login
  const end = ports.clock.now().getTime() + Math.min(timeoutSeconds, expiresInSeconds) * 1000
  const left = (): number => end - ports.clock.now().getTime()
  let pace: Pace = {intervalSeconds, failures: 0, waitSeconds: intervalSeconds}
  for (;;) {
    await ports.pause(Math.max(0, Math.min(pace.waitSeconds * 1000, left())), signal)
    if (left() <= 0) throw expiresInSeconds <= timeoutSeconds ? expired() : timedOut(timeoutSeconds)
    const timeoutMs = Math.min(LONGEST_POLL_MS, Math.max(SHORTEST_POLL_MS, left()))
    const answer = await ports.poll(metadata, {deviceCode, timeoutMs, signal})
    if (answer.kind === 'tokens') return answer.tokens
    if (answer.kind === 'denied') {
      throw new LoginFailedError(`The sign-in was refused (${answer.text}).`)
    }
    if (answer.kind === 'expired') throw expired()
    pace = paceAfter(answer, pace)
    if (answer.kind === 'trouble' && pace.failures === 1) {
      login.tell({type: 'trouble', why: answer.why})
    }
  }
}

/**
 * `slow_down` applies permanently; without an answer the wait doubles each time (RFC 8628 §3.5).
 */
function paceAfter(answer: PollAnswer, {intervalSeconds, failures}: Pace): Pace {
  if (answer.kind !== 'trouble') {
    const seconds = intervalSeconds + (answer.kind === 'slow-down' ? SLOW_DOWN_SECONDS : 0)
    return {intervalSeconds: seconds, failures: 0, waitSeconds: seconds}
  }
  const longest = Math.max(intervalSeconds, LONGEST_BACKOFF_SECONDS)
  const backoff = Math.min(longest, intervalSeconds * 2 ** (failures + 1))
  const waitSeconds = Math.max(backoff, answer.retryAfterSeconds ?? 0)
  return {intervalSeconds, failures: failures + 1, waitSeconds}
}

function notOffered(issuer: string): LoginFailedError {
  return new LoginFailedError(
    `${hostOf(issuer)} does not offer sign-in with a code on another device.`,
    'Run `mogplex login`, `mogplex login --no-browser` and open the address it prints, or `mogplex login --with-api-key`.',
    'DEVICE_LOGIN_NOT_OFFERED',
  )
}

function expired(): LoginFailedError {
  return new LoginFailedError(
    'The code expired before the sign-in was finished.',
    'Run `mogplex login --device` again for a new one.',
    'LOGIN_TIMED_OUT',
  )
}

function timedOut(seconds: number): LoginFailedError {
  return new LoginFailedError(
    `Nobody finished the sign-in within ${seconds} s.`,
    'Run `mogplex login --device` again; `--timeout SECONDS` gives more time.',
    'LOGIN_TIMED_OUT',
  )
}
