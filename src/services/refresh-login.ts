import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import type {Clock} from '../adapters/clock.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import {hostOf} from '../domain/addresses.js'
import type {OAuthCredential} from '../domain/credential.js'
import {CredentialRejectedError, RefreshRefusedError} from '../domain/errors/authentication.js'
import {SharedTroubleError, UnreachableError} from '../domain/errors/remote.js'
import {isExpired} from '../domain/expiry.js'
import {
  attemptOf,
  interruptionText,
  isAttemptOf,
  isInterrupted,
  type RefreshAttempt,
  type RefreshFailure,
} from '../domain/refresh-attempt.js'

// Longer than one refresh may take: discovery, then the token endpoint, then a write.
const WAIT_MS = 45_000

export interface RefreshPorts {
  readonly authFile: Pick<AuthFile, 'amend' | 'read'>
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
 * meanwhile is taken as it is. Before the request goes out it is written down; the new tokens are
 * on disk before the lock is let go. So two refreshes never happen at once, and none is repeated
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
  /** What is on disk makes a refresh needless, or is another login's, or nobody's. */
  const settled = (): Refreshed | 'changed' | undefined => {
    const login = storedLogin(ports)
    if (login === undefined || !isOfGrant(login, held)) return 'changed'
    if (login.rejected !== undefined) return 'changed'
    const isNewer = !isSameToken(login, held) && !isExpired(login, ports.clock.now())
    return isNewer ? {credential: login} : undefined
  }
  return ports.journal.exclusively<Refreshed | 'changed'>(
    async () => {
      const answer = settled()
      if (answer !== undefined) return answer
      const login = storedLogin(ports) ?? held
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
        return refreshNow(ports, login, cut, AbortSignal.any(signals))
      })
    },
    {waitMs: WAIT_MS, signal: request.signal, unless: settled},
  )
}

async function refreshNow(
  ports: RefreshPorts,
  login: OAuthCredential,
  cut: RefreshAttempt | undefined,
  signal: AbortSignal,
): Promise<Refreshed | 'changed'> {
  const {journal, clock} = ports
  const attempt = cut ?? attemptOf(login, ports.pid, clock.now())
  let fresh: OAuthCredential
  let isSent = false
  try {
    const metadata = await ports.discover(login.issuer, signal)
    await journal.write({...attempt, failure: undefined})
    isSent = true
    fresh = await ports.ask(login, metadata, signal)
  } catch (error) {
    if (error instanceof RefreshRefusedError) return refusedBy(ports, login, error, cut)
    await noteFailure(ports, attempt, error, isSent || cut !== undefined)
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
    await ports.journal.clear()
    if (isStored) return {credential: fresh}
    // Signed out, or in anew, while we asked. What came back is of no use to anybody.
    await ports.revoke(fresh)
    return 'changed'
  } catch (error) {
    if (error instanceof MogplexError) return {credential: fresh, unstored: error}
    throw error
  }
}

/** One more look at the file: only a refusal of the token that is there now ends the sign-in. */
async function refusedBy(
  {authFile, journal, clock}: RefreshPorts,
  login: OAuthCredential,
  {why}: RefreshRefusedError,
  cut: RefreshAttempt | undefined,
): Promise<Refreshed | 'changed'> {
  const text = cut === undefined ? why : `${why}; ${interruptionText(cut)}`
  const at = clock.now()
  // Where it cannot be marked, it is over all the same.
  const isMarked = await authFile
    .amend('mogplex', login.grantId, (stored) =>
      isSameRefreshToken(stored, login) ? {...stored, rejected: {at, why: text}} : undefined,
    )
    .catch(() => true)
  await journal.clear()
  if (!isMarked) return 'changed'
  const who = login.account?.email ?? login.account?.id ?? 'an unnamed account'
  throw new CredentialRejectedError(`${hostOf(login.issuer)} ended the login of ${who}: ${text}.`)
}

async function noteFailure(
  {journal, clock}: RefreshPorts,
  attempt: RefreshAttempt,
  error: unknown,
  mayHaveArrived: boolean,
): Promise<void> {
  if (!(error instanceof MogplexError)) return
  const {message, remedy, exitCode} = error
  if (exitCode !== 69 && exitCode !== 75) return
  const lost =
    mayHaveArrived &&
    exitCode === 69 &&
    !(error instanceof UnreachableError && !error.mayHaveArrived)
  const failure: RefreshFailure = {at: clock.now(), exitCode, message, remedy, lost}
  await journal.write({...attempt, failure}).catch(() => undefined)
}

function storedLogin({authFile}: RefreshPorts): OAuthCredential | undefined {
  for (const entry of authFile.read().entries) {
    if (entry.state === 'usable' && entry.credential.type === 'oauth') return entry.credential
  }
  return undefined
}

function isOfGrant(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.grantId === other.grantId && login.issuer === other.issuer
}

function isSameToken(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.accessToken.reveal() === other.accessToken.reveal()
}

function isSameRefreshToken(login: OAuthCredential, other: OAuthCredential): boolean {
  return login.refreshToken?.reveal() === other.refreshToken?.reveal()
}
