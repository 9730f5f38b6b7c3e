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
// While the access token holds, whoever refreshes it may as well be left alone.
const SHORT_WAIT_MS = 2000

/**
 * Gets a newer access token for a login: the only place from which a refresh token is sent, and
 * only with the journal's lock in hand. Inside, the file is read again: what another process got
 * meanwhile is taken as it is. Before the request goes out it is written down, where the new tokens
 * can be, too; they are on disk before the lock is let go. So two refreshes never happen at once,
 * and trouble that outlives what may be repeated is told to all who waited.
 *
 * @param held - the login as the caller knows it
 * @returns `'changed'` when that login is not on disk any more, or was ended there: a logout, or
 *   another login, wins
 * @throws {CredentialRejectedError} exit 64, when the server ended the sign-in, which is then marked
 * @throws {RemoteError} exit 69, {RateLimitedError} or {LockedError} exit 75, {LocalFileError} exit
 *   1: with the login as it was
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
        // While we waited, somebody tried: what they were told holds for us.
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
 * Looks at the file: it makes a refresh needless, or holds another login, or none; or it shows
 * whose refresh token is due.
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
  // The refresh token on disk was spent for the held ones: it must not be sent again.
  if (inPlaceOf !== undefined && isSameAccessToken(stored, inPlaceOf)) return {due: held}
  const isNewer = !isSameAccessToken(stored, held) && !isExpired(stored, ports.clock.now())
  return isNewer ? {settled: {credential: stored}} : {due: stored}
}

interface Refresh extends TokenRefreshOptions {
  readonly inPlaceOf: OAuthCredential | undefined
  /** Looks whether the file makes it needless by now. */
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
