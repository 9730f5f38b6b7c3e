import type {AuthDocument} from './auth-document.js'
import {type Credential, KEY_BESIDE_LOGIN, type OAuthCredential} from '../credential/credential.js'
import {PROVIDERS, type ProviderId} from '../credential/provider-table.js'
import {type Member, parseStored, secretOf} from './stored-credential.js'

interface Entry {
  readonly provider: ProviderId
  /** The name of the member in the file. */
  readonly member: string
  /** Codex's member, not ours: it is used, and never changed. */
  readonly codex?: true
}

/** What is stored for a provider: a credential, or a member that does not match our format. */
export type StoredEntry =
  | (Entry & {readonly state: 'usable'; readonly credential: Credential})
  | (Entry & {readonly state: 'foreign'})

const CODEX_KEY = 'OPENAI_API_KEY'
const CODEX_MEMBERS = [CODEX_KEY, 'tokens', 'last_refresh']

/**
 * What the file holds for our providers, in the order of the provider table.
 *
 * @param path - the file, as the source of the credentials
 * @param options - `codexFile`: the file may be Codex's, so that its `OPENAI_API_KEY` counts as a
 *   stored key of `openai` unless a usable one of ours exists. It then comes before a foreign
 *   `openai`, so that the first entry of a provider is the one to use
 */
export function storedEntries(
  document: AuthDocument,
  path: string,
  {codexFile}: {codexFile: boolean},
): StoredEntry[] {
  if (document.state !== 'whole') return []
  const {members} = document
  return PROVIDERS.flatMap(({id}) => {
    const entries = membersOf(id)
      .filter((member) => members.has(member))
      .map((member) => entryOf(id, member, members.get(member), path))
    const isCovered = entries.some(({state}) => state === 'usable')
    if (id !== 'openai' || !codexFile || isCovered) return entries
    return [...codexEntries(members.get(CODEX_KEY), path), ...entries]
  })
}

/** Whether the file is Codex's own, or shared with it. */
export function isCodexFile(document: AuthDocument): boolean {
  if (document.state !== 'whole') return false
  const {members} = document
  return CODEX_MEMBERS.some((member) => members.has(member))
}

/** The members that contain credentials of a provider. */
function membersOf(provider: ProviderId): readonly Member[] {
  return provider === 'mogplex' ? ['mogplex', KEY_BESIDE_LOGIN] : [provider]
}

function entryOf(provider: ProviderId, member: Member, value: unknown, path: string): StoredEntry {
  const credential = parseStored(member, value, path)
  return credential === undefined
    ? {provider, state: 'foreign', member}
    : {provider, state: 'usable', credential, member}
}

function codexEntries(value: unknown, path: string): StoredEntry[] {
  if (typeof value !== 'string' || value.trim() === '') return []
  const entry = {provider: 'openai', member: CODEX_KEY, codex: true} as const
  const key = secretOf(value.trim())
  if (key === undefined) return [{...entry, state: 'foreign'}]
  const source = {type: 'file', path} as const
  return [
    {...entry, state: 'usable', credential: {type: 'api-key', provider: 'openai', source, key}},
  ]
}

/** The login among them, if it is usable. */
export function loginAmong(entries: readonly StoredEntry[]): OAuthCredential | undefined {
  for (const entry of entries) {
    if (entry.state === 'usable' && entry.credential.type === 'oauth') return entry.credential
  }
  return undefined
}
