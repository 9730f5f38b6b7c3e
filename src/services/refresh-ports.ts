import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import type {Clock} from '../adapters/clock.js'
import type {Pause} from '../adapters/pause.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import {loginAmong} from '../domain/auth-file/stored-entries.js'
import type {OAuthCredential} from '../domain/credential/credential.js'

/** How long a request may take, and what aborts it. */
interface RequestLimits {
  readonly signal: AbortSignal
  readonly timeoutMs: number
}

export interface RefreshPorts {
  readonly authFile: Pick<AuthFile, 'amend' | 'path' | 'read' | 'rehearse'>
  readonly journal: Pick<RefreshJournal, 'clear' | 'exclusively' | 'read' | 'write'>
  readonly clock: Clock
  readonly pid: number
  readonly pause: Pause
  discover(issuer: string, within: RequestLimits): Promise<ServerMetadata>
  /** Sends a request to the token endpoint, once. */
  ask(
    login: OAuthCredential,
    metadata: ServerMetadata,
    within: RequestLimits,
  ): Promise<OAuthCredential>
  revoke(login: OAuthCredential): Promise<unknown>
  /** Defers signals, including this one, until the answer is stored, up to a limit. */
  uninterrupted<T>(
    work: (giveUp: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T>
}

export interface RefreshRequest {
  /** The server rejected the access token before it expired. */
  readonly rejected: boolean
  /** The login on disk that the held tokens replaced, where those could not be stored. */
  readonly inPlaceOf?: OAuthCredential | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Refreshed {
  readonly credential: OAuthCredential
  /** The new tokens are valid, but could not be stored: the refresh token on disk may be spent. */
  readonly unstored?: MogplexError | undefined
}

/** The login that is on disk now. */
export function storedLogin({
  authFile,
}: Pick<RefreshPorts, 'authFile'>): OAuthCredential | undefined {
  return loginAmong(authFile.read().entries)
}
