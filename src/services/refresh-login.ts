import type {OAuthCredential} from '../domain/credential/credential.js'
import {SharedTroubleError} from '../domain/errors/remote.js'
import {isExpired} from '../domain/refresh/expiry.js'
import {isAttemptOf, isInterrupted} from '../domain/refresh/refresh-attempt.js'
import {LONGEST_REFRESH_MS} from '../domain/refresh/refresh-troubles.js'
import {isSameAccessToken, isSameGrant} from '../domain/refresh/same-tokens.js'
import {TokenRefresh, type TokenRefreshOptions} from './token-refresh.js'
import {
  type Refreshed,
  type RefreshPorts,
  type RefreshRequest,
  storedLogin,
} from './refresh-ports.js'
import {markRefused, storeTokens} from './settle-refresh.js'

// Longer than one refresh may take, with a write after it.
const WAIT_MS = LONGEST_REFRESH_MS + 5000
// While the access token is valid, there is no need to wait for another refresh.
const SHORT_WAIT_MS = 2000

/**
 * Gets a newer access token for a login: the only place that sends a refresh token, and only while
 * holding the journal's lock. Then the file is read again: tokens that another process got
 * meanwhile are used. Before the request is sent it is recorded, where the new tokens can be
 * stored, too; they are on disk before the lock is released. So two refreshes never happen at once,
 * and an error that outlasts the repeats is shared with all waiting processes.
 *
 * @param held - the login that the caller has
 * @returns `'changed'` when that login is no longer on disk, or has ended: a logout, or another
 *   login, wins
 * @throws {CredentialRejectedError} exit 64, when the server ended the sign-in, which is then
 *   marked
 * @throws {RemoteError} exit 69, {RateLimitedError} or {LockedError} exit 75, {LocalFileError} exit
 *   1: with the login unchanged
 */
export async function refreshLogin(
  ports: RefreshPorts,
  held: OAuthCredential,
  request: RefreshRequest,
): Promise<Refreshed | 'changed'> {
  const begun = ports.clock.now()
  const isHeldOver = request.rejected || isExpired(held, begun)
  const look = (): Refreshed | 'changed' | undefined => {
    const found = lookAtDisk(ports, held, request)
    return 'due' in found ? undefined : found.settled
  }
  return ports.journal.exclusively<Refreshed | 'changed'>(
    async (turn) => {
      const found = lookAtDisk(ports, held, request)
      if ('settled' in found) return found.settled
      const login = found.due
      const last = await ports.journal.read()
      const before = isAttemptOf(last, login) ? last : undefined
      if (before?.failure !== undefined && before.failure.at >= begun) {
        // Another process tried while we waited: its error applies to us as well.
        throw new SharedTroubleError(before.failure)
      }
      const cut = before !== undefined && isInterrupted(before) ? before : undefined
      const isOver = request.rejected || isExpired(login, ports.clock.now())
      if (cut !== undefined && !isOver) return {credential: login}
      const {signal, inPlaceOf} = request
      return refreshNow(ports, {login, isOver, cut, turn, signal, inPlaceOf, look})
    },
    {waitMs: isHeldOver ? WAIT_MS : SHORT_WAIT_MS, signal: request.signal, unless: look},
  )
}

/**
 * Reads the file: it may make a refresh unnecessary, or hold another login, or none; otherwise it
 * has the refresh token to send.
 */
function lookAtDisk(
  ports: RefreshPorts,
  held: OAuthCredential,
  {inPlaceOf}: RefreshRequest,
): {readonly settled: Refreshed | 'changed'} | {readonly due: OAuthCredential} {
  const stored = storedLogin(ports)
  if (stored === undefined || !isSameGrant(stored, held) || stored.rejected !== undefined) {
    return {settled: 'changed'}
  }
  // The refresh token on disk was spent for the held tokens: it must not be sent again.
  if (inPlaceOf !== undefined && isSameAccessToken(stored, inPlaceOf)) return {due: held}
  const isNewer = !isSameAccessToken(stored, held) && !isExpired(stored, ports.clock.now())
  return isNewer ? {settled: {credential: stored}} : {due: stored}
}

interface Refresh extends TokenRefreshOptions {
  readonly inPlaceOf: OAuthCredential | undefined
  /** Checks whether the file makes it unnecessary by now. */
  readonly look: () => Refreshed | 'changed' | undefined
}

async function refreshNow(ports: RefreshPorts, refresh: Refresh): Promise<Refreshed | 'changed'> {
  const {login, inPlaceOf, signal, look} = refresh
  const tokens = new TokenRefresh(ports, refresh)
  const turn = async (giveUp: AbortSignal): Promise<Refreshed | 'changed' | number> => {
    const answer = await tokens.ask(giveUp)
    if (answer === 'changed') return answer
    if ('fresh' in answer) return storeTokens(ports, login, answer.fresh)
    if ('waitMs' in answer) return answer.waitMs
    return markRefused(ports, {login, inPlaceOf, ...answer})
  }
  for (;;) {
    const result = await ports.uninterrupted(turn, signal)
    if (typeof result !== 'number') return result
    await ports.pause(result, signal)
    const found = look()
    if (found !== undefined) return found
  }
}
