import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import {type Credential, KEY_BESIDE_LOGIN} from '../domain/credential/credential.js'
import type {RevocationReport} from '../domain/credential/receipt.js'
import {isOtherAccount} from '../domain/refresh/same-tokens.js'
import {type AccountEventQueue, storedAccount} from './account-events.js'
import {type ClaimedProfile, claimProfile, type Switching} from './claim-profile.js'
import type {CredentialSession} from './credential-session.js'
import {type Revoke, revokeLogin} from './revoke-login.js'

export interface StorePorts {
  readonly authFile: Pick<AuthFile, 'path' | 'read' | 'rehearse' | 'store'>
  readonly clock: Clock
  readonly journal: Pick<RefreshJournal, 'clear'>
  readonly session: Pick<CredentialSession, 'accept' | 'settings' | 'tryResolution'>
  readonly events: Pick<AccountEventQueue, 'loggedIn'>
  readonly revoke: Revoke
  /** The profile in use, where it is not `default`. */
  readonly profile?: ClaimedProfile | undefined
}

/** The stored credential, and what happened to previous ones. */
export interface Stored<C extends Credential = Credential> {
  readonly credential: C
  /** Files that keep contents which were moved out of the way. */
  readonly keptAside: readonly string[]
  /** Who else may read the file, in words. */
  readonly exposure?: string | undefined
  /** What is no longer stored: a key, or a login of another account or issuer. */
  readonly replaced: readonly Replaced[]
}

export interface Replaced {
  readonly credential: Credential
  /** What happened to it at its server; a key stays valid there. */
  readonly revocation: RevocationReport | undefined
}

export interface StoreRequest {
  /**
   * Called as soon as the credential is stored, before the server of the old login is contacted.
   */
  readonly isStored?: (() => void) | undefined
  /** Whether the profile may be given to another account. */
  readonly switching?: Switching | undefined
  /** Ends the optional steps that follow. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Stores a credential, then takes the resulting steps: removes the note of a refresh that was
 * interrupted, uses the new credential in this process, notifies plugins, and revokes a login of
 * another account or issuer, which nobody holds any more. Revoking an old grant of the same account
 * could end the new login, too.
 *
 * @throws {LocalFileError} exit 1, {LockedError} exit 75: with the file unchanged
 * @throws {SwitchNeededError} exit 64, when the profile belongs to another account: nothing is
 *   stored
 */
export async function storeCredential<C extends Credential>(
  {authFile, clock, journal, session, events, revoke, profile}: StorePorts,
  credential: C,
  {isStored, signal, switching}: StoreRequest = {},
): Promise<Stored<C>> {
  const isAccount = credential.provider === 'mogplex'
  const before = storedAccount(session)
  const claim =
    isAccount && profile !== undefined
      ? await claimProfile(profile, credential, switching)
      : undefined
  const stored = await authFile.store(credential, clock.now(), claim)
  const {member, keptAside, exposure, replaced: old} = stored
  isStored?.()
  if (isAccount) await journal.clear()
  session.accept()
  if (isAccount) events.loggedIn(before, storedAccount(session))
  const owner = {
    issuer: credential.issuer ?? session.settings.issuer,
    account: credential.account,
  }
  const replaced: Replaced[] = []
  for (const each of old) {
    if (each.type === 'api-key') replaced.push({credential: each, revocation: undefined})
    else if (isOtherAccount(each, owner)) {
      replaced.push({credential: each, revocation: await revokeLogin(each, revoke, signal)})
    }
  }
  const isBeside = member === KEY_BESIDE_LOGIN && credential.source.type === 'file'
  const source = isBeside ? {...credential.source, member} : credential.source
  return {
    credential: {...credential, source},
    keptAside,
    replaced,
    ...(exposure !== undefined && {exposure}),
  }
}
