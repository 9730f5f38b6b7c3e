import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import type {Clock} from '../adapters/clock.js'
import type {Turn} from '../adapters/file-lock.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import {hostOf} from '../domain/network/addresses.js'
import {accountWord, type OAuthCredential} from '../domain/credential/credential.js'
import {CredentialRejectedError, RefreshRefusedError} from '../domain/errors/authentication.js'
import {LocalFileError} from '../domain/errors/local-files.js'
import {SharedTroubleError} from '../domain/errors/remote.js'
import {isExpired} from '../domain/refresh/expiry.js'
import {
  attemptOf,
  interruptionText,
  isAttemptOf,
  isInterrupted,
  type RefreshAttempt,
} from '../domain/refresh/refresh-attempt.js'
import {failureOf, mayHaveArrived} from '../domain/refresh/refresh-failure.js'
import {
  isOtherAccount,
  isSameAccessToken,
  isSameGrant,
  isSameRefreshToken,
} from '../domain/refresh/same-tokens.js'

// Longer than one refresh may take: 10 s for discovery, 20 s for the tokens, then a write.
const WAIT_MS = 45_000
// While the access token holds, whoever refreshes it may as well be left alone.
const SHORT_WAIT_MS = 2000

export interface RefreshPorts {
  readonly authFile: Pick<AuthFile, 'amend' | 'path' | 'read' | 'rehearse'>
  readonly journal: Pick<RefreshJournal, 'clear' | 'exclusively' | 'read' | 'write'>
  readonly clock: Clock
  readonly pid: number
  discover(issuer: string, signal: AbortSignal): Promise<ServerMetadata>
  /** Asks the token endpoint, once. */
  ask(
    login: OAuthCredential,
    metadata: ServerMetadata,
    signal: AbortSignal,
  ): Promise<OAuthCredential>
  revoke(login: OAuthCredential): Promise<unknown>
  /** Keeps signals off for as long as the answer is not stored, within reason. */
  uninterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

export interface RefreshRequest {
  /** The server rejected the access token, however long it should hold. */
  readonly rejected: boolean
  /** The login on disk whose tokens the held ones replaced, where those could not be stored. */
  readonly inPlaceOf?: OAuthCredential | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Refreshed {
  readonly credential: OAuthCredential
  /** The new tokens are good, and could not be stored: the refresh token on disk may be spent. */
  readonly unstored?: MogplexError | undefined
}

/**
 * Gets a newer access token for a login: the only place from which a refresh token is sent, and
 * only with the journal's lock in hand. Inside, the file is read again: what another process got
 * meanwhile is taken as it is. Before the request goes out it is written down, where the new tokens
 * can be, too; they are on disk before the lock is let go. So two refreshes never happen at once, and none is repeated
 * without knowing.
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
  const isOver = request.rejected || isExpired(held, begun)
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
      const mayWait = !request.rejected && !isExpired(login, ports.clock.now())
      if (cut !== undefined && mayWait) return {credential: login}
      return ports.uninterrupted(async (giveUp) => {
        const signals = [giveUp, ...(request.signal === undefined ? [] : [request.signal])]
        const signal = AbortSignal.any(signals)
        return refreshNow(ports, {login, cut, turn, signal, inPlaceOf: request.inPlaceOf})
      })
    },
    {waitMs: isOver ? WAIT_MS : SHORT_WAIT_MS, signal: request.signal, unless: look},
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

interface RefreshTurn {
  readonly login: OAuthCredential
  /** The attempt before, of which nobody knows what became. */
  readonly cut: RefreshAttempt | undefined
  readonly turn: Pick<Turn, 'isStillMine'>
  readonly signal: AbortSignal
  readonly inPlaceOf: OAuthCredential | undefined
}

async function refreshNow(
  ports: RefreshPorts,
  refresh: RefreshTurn,
): Promise<Refreshed | 'changed'> {
  const {journal, clock} = ports
  const {login, cut, turn, signal} = refresh
  const attempt = cut ?? attemptOf(login, ports.pid, clock.now())
  let fresh: OAuthCredential
  let isSent = false
  try {
    const metadata = await ports.discover(login.issuer, signal)
    await ports.authFile.rehearse()
    await journal.write({...attempt, failure: undefined})
    // Held up for minutes, a machine that cannot see us may have taken us for dead.
    if (!turn.isStillMine()) return 'changed'
    isSent = true
    fresh = await ports.ask(login, metadata, signal)
  } catch (error) {
    if (error instanceof RefreshRefusedError) return refusedBy(ports, refresh, error)
    const lost = cut !== undefined || (isSent && mayHaveArrived(error))
    const failure = failureOf(error, clock.now(), lost)
    if (failure !== undefined) await journal.write({...attempt, failure}).catch(() => undefined)
    throw error
  }
  return store(ports, login, fresh)
}

/** Nothing comes before this once the answer is there: what is lost here is lost for good. */
async function store(
  ports: RefreshPorts,
  login: OAuthCredential,
  fresh: OAuthCredential,
): Promise<Refreshed | 'changed'> {
  try {
    const isStored = await ports.authFile.amend('mogplex', login.grantId, (stored) => ({
      ...fresh,
      account: stored.account,
      verifiedAt: stored.verifiedAt,
    }))
    if (isStored) {
      await ports.journal.clear()
      return {credential: fresh}
    }
    if (ports.authFile.read().document.state === 'missing') {
      // No logout leaves no file: its folder was moved, or unmounted.
      return {credential: fresh, unstored: fileHasGone(ports.authFile.path)}
    }
    // Signed out, or in anew, while we asked: what came back is of no use to anybody. But where the
    // same account signed in, to revoke a token of its old grant can end the new login, too.
    await ports.journal.clear()
    const now = storedLogin(ports)
    if (now === undefined || isOtherAccount(now, fresh)) {
      await ports.revoke(fresh).catch(() => undefined) // they end by themselves
    }
    return 'changed'
  } catch (error) {
    if (error instanceof MogplexError) return {credential: fresh, unstored: error}
    throw error
  }
}

/** One more look at the file: only a refusal of the token that is there now ends the sign-in. */
async function refusedBy(
  {authFile, journal, clock}: RefreshPorts,
  {login, cut, inPlaceOf}: RefreshTurn,
  {why}: RefreshRefusedError,
): Promise<Refreshed | 'changed'> {
  const text = cut === undefined ? why : `${why}; ${interruptionText(cut)}`
  const at = clock.now()
  const isRefused = (stored: OAuthCredential): boolean =>
    isSameRefreshToken(stored, login) ||
    (inPlaceOf !== undefined && isSameRefreshToken(stored, inPlaceOf))
  // Where it cannot be marked, it is over all the same.
  const isMarked = await authFile
    .amend('mogplex', login.grantId, (stored) =>
      isRefused(stored) ? {...stored, rejected: {at, why: text}} : undefined,
    )
    .catch(() => true)
  await journal.clear()
  if (!isMarked) return 'changed'
  const who = accountWord(login.account) ?? 'an unnamed account'
  throw new CredentialRejectedError(`${hostOf(login.issuer)} ended the login of ${who}: ${text}.`)
}

function fileHasGone(path: string): LocalFileError {
  return new LocalFileError(
    `${path} has gone since the refresh began.`,
    'Put it back, or run `mogplex login`.',
  )
}

function storedLogin({authFile}: RefreshPorts): OAuthCredential | undefined {
  for (const entry of authFile.read().entries) {
    if (entry.state === 'usable' && entry.credential.type === 'oauth') return entry.credential
  }
  return undefined
}
