import {hostOf} from '../network/addresses.js'
import {baseUrlOf, type Server, serverMismatch} from '../network/api-address.js'
import {
  type Credential,
  type CredentialSource,
  KEY_BESIDE_LOGIN,
  type KeyBesideLogin,
} from './credential.js'
import {type Environment, valueOf} from '../settings/environment.js'
import {isExpired} from '../refresh/expiry.js'
import {isOthersKey} from '../refresh/same-tokens.js'
import {keyProblem} from './malformed.js'
import {type ReplacedBaseUrl, replacedBaseUrl} from './provider-address.js'
import {type Provider, type ProviderId, providerOf} from './provider-table.js'
import {Secret} from './secret.js'
import type {StoredEntry} from '../auth-file/stored-entries.js'
import type {ProfileOwner} from '../profile/profile-owner.js'

export interface Sources {
  readonly env: Environment
  /** The entries of `auth.json`, and its path. */
  readonly stored: readonly StoredEntry[]
  readonly path: string
  /** The server in use: a login or a key of another one is not used. */
  readonly server: Server
  readonly now: Date
  /** For a named profile: its account. */
  readonly owner?: ProfileOwner | undefined
}

/** The outcome for one source (design 3). */
export type SourceState =
  | 'absent'
  | 'elsewhere'
  | 'empty'
  | 'expired'
  | 'foreign'
  | 'malformed'
  | 'outranked'
  | 'rejected'
  | 'used'

/** One source before ranking: whether it is usable, and why not. */
export interface Candidate {
  readonly source: CredentialSource
  readonly provider: ProviderId
  readonly state: Exclude<SourceState, 'used'> | 'usable'
  /** For an outranked one: by which variable, or by which provider's entry in the file. */
  readonly by?: string
  /** Why a variable is malformed, or a stored credential belongs elsewhere. */
  readonly why?: string
  /** For prompts: the address that a variable sets in place of the provider's default. */
  readonly baseUrl?: ReplacedBaseUrl
  /** The credential, where a valid one was found. */
  readonly credential?: Credential
}

/** The name of a source for people: the variable, or the provider whose entry it is in the file. */
export function sourceName(provider: ProviderId, source: CredentialSource): string {
  return source.type === 'env' ? source.variable : `${source.member ?? provider} in auth.json`
}

/** Adds the address that a variable sets for prompts with this source. */
export function withAddress(candidate: Candidate, env: Environment): Candidate {
  const baseUrl = replacedBaseUrl(providerOf(candidate.provider), env)
  return baseUrl === undefined ? candidate : {...candidate, baseUrl}
}

/** The key in the variable of a provider. */
export function fromShell(provider: Provider, {env, owner}: Sources): Candidate {
  const {id, variable} = provider
  const source = {type: 'env', variable} as const
  const found = {source, provider: id}
  if (env[variable] === undefined) return {...found, state: 'absent'}
  const value = valueOf(env, variable)
  if (value === undefined) return {...found, state: 'empty'}
  const why = keyProblem(provider, value)
  if (why !== undefined) return {...found, state: 'malformed', why}
  const key: Credential = {type: 'api-key', provider: id, source, key: new Secret(value)}
  if (id !== 'mogplex' || owner === undefined) return {...found, state: 'usable', credential: key}
  const credential = owner.named(key)
  const others = owner.whyOthers(credential)
  if (others === undefined) return {...found, state: 'usable', credential}
  return {...found, state: 'elsewhere', why: others, credential}
}

/** The stored key of a provider other than Mogplex. */
export function fromFile(id: ProviderId, {stored, path}: Sources): Candidate {
  const ofProvider = stored.filter(({provider}) => provider === id)
  const entry = ofProvider.find(({state}) => state === 'usable') ?? ofProvider[0]
  const found = {source: {type: 'file', path}, provider: id} as const
  if (entry?.state !== 'usable') return {...found, state: entry?.state ?? 'absent'}
  return {...found, credential: entry.credential, state: 'usable'}
}

/** A member of the file that may hold a Mogplex credential. */
export function mogplexIn(
  member: KeyBesideLogin | 'mogplex',
  {stored, path, server, now, owner}: Sources,
): Candidate {
  const entry = stored.find((each) => each.member === member)
  const source: CredentialSource =
    member === KEY_BESIDE_LOGIN ? {type: 'file', path, member} : {type: 'file', path}
  const found = {source, provider: 'mogplex'} as const
  if (entry?.state !== 'usable') return {...found, state: entry?.state ?? 'absent'}
  const {credential} = entry
  const why = serverMismatch(credential, server) ?? owner?.whyOthers(credential)
  if (why !== undefined) return {...found, credential, state: 'elsewhere', why}
  return {...found, credential, state: stateOf(credential, now)}
}

/** A login that its server is known not to accept for prompts pays for none, but still signs in. */
export function asPayer(main: Candidate): Candidate {
  const {credential, state} = main
  const isRefused = credential?.type === 'oauth' && credential.prompts?.accepted === false
  if (state !== 'usable' || !isRefused) return main
  const why = `${hostOf(baseUrlOf(credential))} takes API keys for prompts`
  return {...main, state: 'rejected', why}
}

/** A key that is known to belong to a different account than the login is not used beside it. */
export function keyBeside(main: Candidate, sources: Sources): Candidate | undefined {
  const key = mogplexIn(KEY_BESIDE_LOGIN, sources)
  if (key.state === 'absent') return undefined
  const [login, credential] = [main.credential, key.credential]
  const isOthers =
    login?.type === 'oauth' && credential?.type === 'api-key' && isOthersKey(credential, login)
  if (key.state !== 'usable' || !isOthers) return key
  return {...key, state: 'elsewhere', why: 'it is of another account than the stored login'}
}

function stateOf(credential: Credential, now: Date): Candidate['state'] {
  if (credential.type === 'oauth' && credential.rejected !== undefined) return 'rejected'
  // With a refresh token, the server decides whether the login has ended.
  const isRenewable = credential.type === 'oauth' && credential.refreshToken !== undefined
  return isExpired(credential, now) && !isRenewable ? 'expired' : 'usable'
}
