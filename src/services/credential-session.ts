import type {AuthNeed} from '@mogplex/plugin-kit/session'
import {MalformedVariableError, NotLoggedInError} from '../domain/errors/authentication.js'
import type {Credential} from '../domain/credential/credential.js'
import {isSameLogin} from '../domain/hosted/hosted-account.js'
import {authErrorFor} from '../domain/credential/gate.js'
import type {Resolution} from '../domain/credential/precedence.js'
import type {ProfileAccount} from '../domain/profile/profile-account.js'
import type {Settings} from '../domain/settings/settings.js'
import {type CredentialPorts, findCredentials, type FoundCredentials} from './find-credentials.js'

interface Ports extends CredentialPorts {
  /** Notices from before the file was read. */
  readonly notices: readonly string[]
}

/**
 * Which credential is in use, decided once for all callers. A failure is stored for the first
 * command that needs an answer: `--help`, `--version` and `login` must work without one.
 */
export class CredentialSession {
  readonly #ports: Ports
  readonly #notices: Set<string>
  #told = 0
  #found: FoundCredentials | Error | undefined
  /** The profile's account at the first read: this process does not switch to another one. */
  #own: ProfileAccount | undefined

  constructor(ports: Ports) {
    this.#ports = ports
    this.#notices = new Set(ports.notices)
  }

  /** Resolves now: reads the environment and `auth.json` once, no network. Never throws. */
  prime(): void {
    this.#found ??= this.#look()
  }

  /** Resolves again: after a login or a logout. */
  refresh(): void {
    this.#found = this.#look()
  }

  /** Resolves again, and accepts the profile's new account: after a login of this process. */
  accept(): void {
    this.#own = undefined
    this.refresh()
  }

  /**
   * @throws {BadSettingError} exit 2, when an address or another setting is invalid
   */
  get settings(): Settings {
    return this.#seen().settings
  }

  /**
   * @throws {BadSettingError} exit 2, when the issuer in use is unknown
   */
  get resolution(): Resolution {
    return this.#seen().resolution
  }

  /** The resolution, or `undefined` where the settings do not allow one. */
  tryResolution(): Resolution | undefined {
    try {
      return this.resolution
    } catch {
      return undefined
    }
  }

  /**
   * @throws {MogplexError} exit 64, when what is needed is absent; 1, when `auth.json` is needed
   *   and cannot be read; 2, when a setting is invalid
   */
  require(need: AuthNeed): void {
    if (need === 'none') return
    const {resolution, fileProblem, ownerProblem} = this.#seen()
    const lack = authErrorFor(need, resolution, this.#ports.profile?.name)
    if (lack === undefined) return
    if (ownerProblem !== undefined) throw ownerProblem
    throw lack instanceof MalformedVariableError ? lack : (fileProblem ?? lack)
  }

  /** The account's credential. @throws {MogplexError} as {@link require} does */
  accountCredential(): Credential {
    this.require('account')
    const {account} = this.resolution
    if (account.kind !== 'credential') throw new NotLoggedInError()
    return account.credential
  }

  /** The stored Mogplex credential, whatever a variable says. */
  storedOfMogplex(): Credential[] {
    return this.resolution.trace.flatMap(({for: purpose, provider, source, credential}) =>
      purpose === 'account' && provider === 'mogplex' && source.type === 'file' && credential
        ? [credential]
        : [],
    )
  }

  /** Reads the disk again: is the same login, or the same key, still the account's? */
  isStillInUse(used: Credential): boolean {
    this.refresh()
    const account = this.tryResolution()?.account
    return isSameLogin(used, account?.kind === 'credential' ? account.credential : undefined)
  }

  /** Notices for the user, without duplicates. */
  takeNotices(): string[] {
    this.prime()
    const untold = [...this.#notices].slice(this.#told)
    this.#told = this.#notices.size
    return untold
  }

  #seen(): FoundCredentials {
    const found = (this.#found ??= this.#look())
    if (found instanceof Error) throw found
    return found
  }

  #look(): FoundCredentials | Error {
    try {
      return findCredentials(this.#ports, {
        own: (read) => (this.#own ??= read()),
        notice: (text) => this.#notices.add(text),
      })
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}
