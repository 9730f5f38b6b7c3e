import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {Clock} from '../adapters/clock.js'
import type {Credential, OAuthCredential} from '../domain/credential/credential.js'
import {CredentialRejectedError, NotLoggedInError} from '../domain/errors/authentication.js'
import {isExpired, isRefreshDue} from '../domain/refresh/expiry.js'
import {isSameAccessToken, isSameGrant} from '../domain/refresh/same-tokens.js'
import type {CredentialSession} from './credential-session.js'
import type {Refreshed, RefreshRequest} from './refresh-ports.js'
import {SharedWork} from './shared-work.js'

// Changes of the login between two checks: more than that is not a coincidence.
const MAX_TURNS = 5
const RETRY_AFTER_MS = 30_000

export interface AccessPorts {
  readonly session: Pick<CredentialSession, 'refresh' | 'require' | 'resolution'>
  readonly clock: Clock
  readonly refresh: (
    login: OAuthCredential,
    request: RefreshRequest,
  ) => Promise<Refreshed | 'changed'>
  /** There is no `auth.json`: not even one without a login, as after a logout. */
  readonly isFileMissing: () => boolean
  /** Notifies the user, on stderr. */
  readonly warn: (text: string) => void
}

export interface Need {
  readonly signal?: AbortSignal | undefined
}

/**
 * The account's credential for a request. Reads the disk each time: a login, a logout or a refresh
 * in another terminal takes effect with the next request.
 */
export class AccountAccess {
  readonly #ports: AccessPorts
  /** Tokens that could not be stored. */
  #unstored: Unstored | undefined
  #running: Running | undefined
  #notBefore = 0

  constructor(ports: AccessPorts) {
    this.#ports = ports
  }

  /**
   * @throws {MogplexError} exit 64, when nobody is signed in, or not any more
   * @throws {MogplexError} exit 69, 75 or 1, when the access token has expired and could not be
   *   refreshed: the login is kept
   */
  async credential({signal}: Need = {}): Promise<Credential> {
    for (let turn = 1; turn <= MAX_TURNS; turn += 1) {
      const found = this.#look()
      const now = this.#ports.clock.now()
      if (found.type === 'api-key' || !isRefreshDue(found, now)) return found
      const isOver = isExpired(found, now)
      if (!isOver && now.getTime() < this.#notBefore) return found
      try {
        const refreshed = await this.#refresh(found, {rejected: false, signal})
        if (refreshed !== 'changed') return refreshed.credential
      } catch (error) {
        // A token that is still valid works, even if its refresh failed.
        if (isOver || signal?.aborted === true || !isPassing(error)) throw error
        this.#notBefore = now.getTime() + RETRY_AFTER_MS
        return found
      }
    }
    throw new NotLoggedInError('The login kept changing while it was read.')
  }

  /**
   * Makes a request with the credential; when the server rejects an access token, once more with a
   * new one.
   *
   * @throws errors of the request, and those of {@link credential}
   */
  async use<T>(request: (credential: Credential) => Promise<T>, need: Need = {}): Promise<T> {
    const credential = await this.credential(need)
    try {
      return await request(credential)
    } catch (error) {
      if (!(error instanceof CredentialRejectedError) || !error.isUnauthorized) throw error
      if (credential.type !== 'oauth' || credential.refreshToken === undefined) throw error
      const refreshed = await this.#refresh(credential, {rejected: true, signal: need.signal})
      return request(refreshed === 'changed' ? await this.credential(need) : refreshed.credential)
    }
  }

  /**
   * The credential that {@link credential} would start with, from the disk: nothing is requested.
   */
  peek(): Credential | undefined {
    try {
      return this.#look()
    } catch (error) {
      if (error instanceof MogplexError) return undefined
      throw error
    }
  }

  #look(): Credential {
    const {session} = this.#ports
    session.refresh()
    if (this.#unstored !== undefined && this.#ports.isFileMissing()) return this.#unstored.fresh
    session.require('account')
    const {account} = session.resolution
    if (account.kind !== 'credential') throw new NotLoggedInError()
    const {credential} = account
    const unstored = this.#unstored
    if (unstored === undefined || credential.type !== 'oauth') return credential
    return isReplaced(credential, unstored) ? unstored.fresh : credential
  }

  /** One refresh at a time, also within this process. */
  async #refresh(
    login: OAuthCredential,
    {signal, ...request}: RefreshRequest,
  ): Promise<Refreshed | 'changed'> {
    signal?.throwIfAborted()
    const token = login.accessToken.reveal()
    const running = this.#running
    // A caller that only prefers a newer token gives up soon, and uses the one that it has.
    const isEnough = running?.isRejected === true || !request.rejected
    if (running?.token === token && isEnough && !running.work.isGivenUp) {
      return running.work.wait(signal)
    }
    const own = {
      token,
      isRejected: request.rejected,
      work: new SharedWork(async (allGaveUp) =>
        this.#refreshAndRemember(login, {...request, signal: allGaveUp}).finally(() => {
          if (this.#running === own) this.#running = undefined
        }),
      ),
    }
    this.#running = own
    return own.work.wait(signal)
  }

  async #refreshAndRemember(
    login: OAuthCredential,
    request: RefreshRequest,
  ): Promise<Refreshed | 'changed'> {
    const {session, refresh, warn} = this.#ports
    const before = this.#unstored
    const inPlaceOf = before?.fresh === login ? before.stored : undefined
    const refreshed = await refresh(login, {...request, inPlaceOf})
    if (refreshed === 'changed') return refreshed
    const {credential, unstored} = refreshed
    if (unstored === undefined) {
      session.refresh() // the displayed login is the stored one
      return refreshed
    }
    this.#unstored = {stored: inPlaceOf ?? login, fresh: credential}
    warn(
      `The login was refreshed, and the new tokens could not be stored: ${unstored.message} This command goes on with them; the next one may have to sign in again. ${unstored.remedy}`,
    )
    return refreshed
  }
}

interface Running {
  readonly token: string
  readonly isRejected: boolean
  readonly work: SharedWork<Refreshed | 'changed'>
}

interface Unstored {
  /** The login on disk, whose refresh token is spent. */
  readonly stored: OAuthCredential
  readonly fresh: OAuthCredential
}

function isReplaced(login: OAuthCredential, {stored}: Unstored): boolean {
  return isSameGrant(login, stored) && isSameAccessToken(login, stored)
}

/** Failures that say nothing about the login. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof MogplexError &&
    [ExitCode.Failed, ExitCode.Later, ExitCode.Remote].some((code) => code === error.exitCode)
  )
}
