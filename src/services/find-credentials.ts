import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {StoredEntry} from '../domain/auth-file/stored-entries.js'
import {authErrorFor} from '../domain/credential/gate.js'
import {type Resolution, resolveCredentials} from '../domain/credential/precedence.js'
import {BrokenAuthFileError} from '../domain/errors/local-files.js'
import {loginAccount, type ProfileAccount} from '../domain/profile/profile-account.js'
import {NOBODY, type ProfileOwner, profileOwner} from '../domain/profile/profile-owner.js'
import type {KeyOwner} from '../domain/profile/profiles-document.js'
import {type Environment, valueOf} from '../domain/settings/environment.js'
import {readSettings, type Settings} from '../domain/settings/settings.js'

export interface CredentialPorts {
  readonly env: Environment
  readonly authFile: Pick<AuthFile, 'path' | 'read'>
  readonly clock: Clock
  /** The profile in use, where it is not `default`. */
  readonly profile?: SessionProfile | undefined
}

/** A named profile, as far as it decides which credential may be used. */
export interface SessionProfile {
  readonly name: string
  /** Why no credential may be used. */
  readonly problem: MogplexError | undefined
  /**
   * The account that it belongs to, from the disk.
   *
   * @throws {LocalFileError} exit 1, where that cannot be read
   */
  readonly account: () => ProfileAccount | undefined
  /** The accounts of keys in variables, by their fingerprints. */
  readonly keys: () => Readonly<Record<string, KeyOwner>>
}

/** What a session remembers between two reads. */
interface Memory {
  /** The profile's account of the first read; `read` is called only then. */
  readonly own: (read: () => ProfileAccount | undefined) => ProfileAccount | undefined
  /** Takes a notice for the user, one line. */
  readonly notice: (text: string) => void
}

export interface FoundCredentials {
  readonly settings: Settings
  readonly resolution: Resolution
  /** `auth.json` could not be read; the resolution is from the variables only. */
  readonly fileProblem: MogplexError | undefined
  /** The profile's account is unknown: then no credential counts. */
  readonly ownerProblem: MogplexError | undefined
}

/**
 * Reads the environment, the profile's account and `auth.json`, each once, without network, and
 * resolves which credential is in use.
 *
 * @throws {MogplexError} the reason why the profile cannot be used
 * @throws {BadSettingError} exit 2, when an address or another setting is invalid
 */
export function findCredentials(ports: CredentialPorts, memory: Memory): FoundCredentials {
  const {env, authFile, clock, profile} = ports
  if (profile?.problem !== undefined) throw profile.problem
  const {entries, fileProblem} = readFile(authFile, memory)
  const {own, ownerProblem} = readOwn(profile, entries, memory)
  const settings = readSettings(env, own)
  const owner = profile && (ownerProblem === undefined ? ownerOf(profile, own, env) : NOBODY)
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
    if (notice !== undefined) memory.notice(notice)
  }
  const answered = authErrorFor('any', resolution) === undefined
  if (fileProblem !== undefined && answered) memory.notice(fileProblem.message)
  return {settings, resolution, fileProblem, ownerProblem}
}

function readFile(authFile: CredentialPorts['authFile'], {notice}: Memory) {
  try {
    const {document, entries, notices} = authFile.read()
    for (const text of notices) notice(text)
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

function readOwn(
  profile: SessionProfile | undefined,
  entries: readonly StoredEntry[],
  memory: Memory,
) {
  try {
    const own = memory.own(() => profile && (profile.account() ?? loginAccount(entries)))
    return {own, ownerProblem: undefined}
  } catch (error) {
    if (error instanceof MogplexError) return {own: undefined, ownerProblem: error}
    throw error
  }
}

function ownerOf(
  {name, keys}: SessionProfile,
  account: ProfileAccount | undefined,
  env: Environment,
) {
  const hasKey = valueOf(env, 'MOGPLEX_API_KEY') !== undefined
  return profileOwner({
    profile: name,
    account,
    keys: hasKey ? keys() : {},
    keyIssuer: account === undefined || !hasKey ? '' : readSettings(env).issuer,
  })
}

/**
 * The notice for a key in a variable that is used in a profile and may belong to another account.
 */
function unknownKeyNotice(
  {account}: Resolution,
  owner: ProfileOwner,
  profile: string,
  own: ProfileAccount | undefined,
): string | undefined {
  if (account.kind !== 'credential') return undefined
  const {credential} = account
  if (credential.source.type !== 'env' || owner.match(credential) !== 'unknown') return undefined
  const {variable} = credential.source
  if (own === undefined) {
    return `${variable} is used: nobody is signed in to the profile ${profile}.`
  }
  return `${variable} acts in the profile ${profile}, and whose it is, is not known: \`mogplex whoami --verify\` finds out.`
}
