import type {AuthNeed} from '@mogplex/plugin-kit/session'
import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {StoredEntry} from '../domain/auth-file/stored-entries.js'
import {type Environment, valueOf} from '../domain/settings/environment.js'
import {MalformedVariableError, NotLoggedInError} from '../domain/errors/authentication.js'
import type {Credential} from '../domain/credential/credential.js'
import {isSameLogin} from '../domain/hosted/hosted-account.js'
import {BrokenAuthFileError} from '../domain/errors/local-files.js'
import {authErrorFor} from '../domain/credential/gate.js'
import {type Resolution, resolveCredentials} from '../domain/credential/precedence.js'
import {loginAccount, type ProfileAccount} from '../domain/profile/profile-account.js'

import {NOBODY, profileOwner} from '../domain/profile/profile-owner.js'
import type {KeyOwner} from '../domain/profile/profiles-document.js'
import {unknownKeyNotice} from '../domain/profile/unknown-key-notice.js'
import {readSettings, type Settings} from '../domain/settings/settings.js'

interface Ports {
  readonly env: Environment
  readonly authFile: Pick<AuthFile, 'path' | 'read'>
  readonly clock: Clock
  /** What was noticed before the file was read. */
  readonly notices: readonly string[]
  /** The profile in use, where it is not `default`. */
  readonly profile?: SessionProfile | undefined
}

/** A named profile, as far as it decides which credential may act. */
export interface SessionProfile {
  readonly name: string
  /** Why nothing may act. */
  readonly problem: MogplexError | undefined
  /**
   * Whom it belongs to, as the disk says now.
   *
   * @throws {LocalFileError} exit 1, where nobody can say
   */
  readonly account: () => ProfileAccount | undefined
  /** Whose keys of variables are, by their fingerprints. */
  readonly keys: () => Readonly<Record<string, KeyOwner>>
}

interface View {
  readonly settings: Settings
  readonly resolution: Resolution
  /** `auth.json` could not be read; the resolution knows the variables only. */
  readonly fileProblem: MogplexError | undefined
  /** It cannot be said whom the profile belongs to: then nobody's credential counts. */
  readonly ownerProblem: MogplexError | undefined
}

/**
 * Which credential is in use, decided once for whoever asks first. A failure waits here for the
 * first command that needs an answer: `--help`, `--version` and `login` must work without one.
 */
export class CredentialSession {
  readonly #ports: Ports
  readonly #notices: Set<string>
  #told = 0
  #view: View | Error | undefined
  /** Whom the profile belonged to at the first look: what runs goes on as nobody else. */
  #own: ProfileAccount | undefined

  constructor(ports: Ports) {
    this.#ports = ports
    this.#notices = new Set(ports.notices)
  }

  /** Resolves now: one look at the environment, one at `auth.json`, no network. Never throws. */
  prime(): void {
    this.#view ??= this.#look()
  }

  /** Looks again: after a login or a logout. */
  refresh(): void {
    this.#view = this.#look()
  }

  /** Looks again, and goes on as whoever is signed in to the profile now: after a login of its own. */
  accept(): void {
    this.#own = undefined
    this.refresh()
  }

  /**
   * @throws {BadSettingError} exit 2, when an address or another setting is not usable
   */
  get settings(): Settings {
    return this.#seen().settings
  }

  /**
   * @throws {BadSettingError} exit 2, when it is not known which issuer is in question
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
   * @throws {MogplexError} exit 64, when what is needed is not there; 1, when `auth.json` would
   *   have to answer and cannot be read; 2, when a setting is not usable
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

  /** What is stored of Mogplex, whatever a variable says. */
  storedOfMogplex(): Credential[] {
    return this.resolution.trace.flatMap(({for: purpose, provider, source, credential}) =>
      purpose === 'account' && provider === 'mogplex' && source.type === 'file' && credential
        ? [credential]
        : [],
    )
  }

  /** Looks again, at the disk too: is the same login, or the same key, still the account's? */
  isStillInUse(used: Credential): boolean {
    this.refresh()
    const account = this.tryResolution()?.account
    return isSameLogin(used, account?.kind === 'credential' ? account.credential : undefined)
  }

  /** What a person should hear, each once. */
  takeNotices(): string[] {
    this.prime()
    const untold = [...this.#notices].slice(this.#told)
    this.#told = this.#notices.size
    return untold
  }

  #seen(): View {
    const view = (this.#view ??= this.#look())
    if (view instanceof Error) throw view
    return view
  }

  #look(): View | Error {
    const {env, authFile, clock, profile} = this.#ports
    if (profile?.problem !== undefined) return profile.problem
    try {
      const {entries, fileProblem} = this.#readFile()
      const {own, ownerProblem} = this.#readOwner(entries)
      const settings = readSettings(env, own)
      const isUnknown = ownerProblem !== undefined
      const owner = profile && (isUnknown ? NOBODY : this.#ownerOf(profile, own, env))
      const resolution = resolveCredentials({
        env,
        stored: entries,
        path: authFile.path,
        server: settings,
        now: clock.now(),
        owner,
      })
      if (profile !== undefined && owner !== undefined) {
        const notice = unknownKeyNotice(resolution, owner, profile.name, own)
        if (notice !== undefined) this.#notices.add(notice)
      }
      const answered = authErrorFor('any', resolution) === undefined
      if (fileProblem !== undefined && answered) this.#notices.add(fileProblem.message)
      return {settings, resolution, fileProblem, ownerProblem}
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  #readOwner(entries: readonly StoredEntry[]) {
    const {profile} = this.#ports
    try {
      const own = (this.#own ??= profile && (profile.account() ?? loginAccount(entries)))
      return {own, ownerProblem: undefined}
    } catch (error) {
      if (error instanceof MogplexError) return {own: undefined, ownerProblem: error}
      throw error
    }
  }

  #ownerOf({name, keys}: SessionProfile, account: ProfileAccount | undefined, env: Environment) {
    const hasKey = valueOf(env, 'MOGPLEX_API_KEY') !== undefined
    return profileOwner({
      profile: name,
      account,
      keys: hasKey ? keys() : {},
      keyIssuer: account === undefined || !hasKey ? '' : readSettings(env).issuer,
    })
  }

  #readFile() {
    const {authFile} = this.#ports
    try {
      const {document, entries, notices} = authFile.read()
      for (const notice of notices) this.#notices.add(notice)
      const broken = document.state === 'broken'
      return {
        entries,
        fileProblem: broken ? new BrokenAuthFileError(authFile.path, document.why) : undefined,
      }
    } catch (error) {
      if (error instanceof MogplexError) return {entries: [], fileProblem: error}
      throw error
    }
  }
}
