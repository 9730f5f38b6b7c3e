import type {Credential, OAuthCredential} from '../credential/credential.js'
import type {ProviderId} from '../credential/provider-table.js'
import {BrokenAuthFileError, LocalFileError} from '../errors/local-files.js'
import {instantForFileName} from '../text/instants.js'
import {parseJson} from '../text/json.js'
import type {AuthDocument} from './auth-document.js'
import {memberText, memberTexts, withFields, withMember, withoutMember} from './auth-splice.js'
import {placementOf} from './placement.js'
import {type Member, parseStored, toStored} from './stored-credential.js'
import {loginAmong, type StoredEntry} from './stored-entries.js'

// Computes the next version of `auth.json`. Each function runs twice: before the lock is taken, to
// find out whether anything changes, and under the lock, on the contents of that moment.

/** `auth.json` as read. */
export interface FoundAuthFile {
  readonly path: string
  readonly bytes: Uint8Array | undefined
  readonly document: AuthDocument
  readonly entries: readonly StoredEntry[]
}

export interface AuthChange<T> {
  readonly result: T
  /** The next version of the file; when it is `undefined`, the file is not touched. */
  readonly text: string | undefined
  /** What the next version no longer contains, and where to keep it. */
  readonly aside?: {readonly path: string; readonly contents: string | Uint8Array} | undefined
}

/** Where a credential was stored. */
export interface Stored {
  readonly member: Member
  /** What is no longer in the file. */
  readonly replaced: readonly Credential[]
}

/**
 * Stores a credential; `placementOf` decides where, and what it replaces.
 *
 * @param now - part of the names of saved files
 * @throws {LocalFileError} exit 1, when the credential could not be read back
 */
export function withStored(
  found: FoundAuthFile,
  credential: Credential,
  now: Date,
): AuthChange<Stored> {
  const {document, entries, path} = found
  const {changes, replaced, keptAside} = placementOf(entries, credential)
  let text = document.state === 'whole' ? document.members.text() : '{}\n'
  const aside: string[] = []
  for (const [member, next] of changes) {
    const gone = memberTexts(text, member).filter((value) => !isOurs(member, value))
    aside.push(...gone.map((value) => `${JSON.stringify(member)}: ${value}`))
    if (next === undefined) text = withoutMember(text, member)
    else {
      // A member that only moves is copied as source text.
      const moved = next === credential ? undefined : memberText(text, memberOf(next))
      const fields = moved === undefined ? storable(next, path) : parseJson(moved)
      text = withMember(text, member, fields)
    }
  }
  for (const key of keptAside) {
    aside.push(`"${memberOf(key)}": ${JSON.stringify(toStored(key))}`)
  }
  const member = changes.find(([, next]) => next === credential)?.[0] ?? credential.provider
  return {result: {member, replaced}, text, aside: asideOf(found, aside, now)}
}

/**
 * Removes our credentials.
 *
 * @throws {BrokenAuthFileError} exit 1, when the contents of the file are unknown
 */
export function withRemoved(
  found: FoundAuthFile,
  providers: readonly ProviderId[],
): AuthChange<readonly Credential[]> {
  const before = textOf(found)
  const removed = ourCredentials(found).filter(({provider}) => providers.includes(provider))
  if (before === undefined || removed.length === 0) return {result: [], text: undefined}
  const text = removed
    .map(memberOf)
    .reduce((rest, member) => withoutMember(rest, member, (value) => isOurs(member, value)), before)
  return {result: removed, text}
}

/**
 * Changes the stored login, if it is still the same one.
 *
 * @param change - `undefined` leaves it unchanged
<<<<<<< HEAD
 * @throws {BrokenAuthFileError} exit 1, when nobody can say what is in the file
=======
 * @throws {BrokenAuthFileError} exit 1, when the contents of the file are unknown
>>>>>>> b97223d (src: comments in plain English where files were split)
 */
export function withAmended(
  found: FoundAuthFile,
  grantId: string,
  change: (stored: OAuthCredential) => OAuthCredential | undefined,
): AuthChange<boolean> {
  const before = textOf(found)
  const stored = loginAmong(found.entries)
  const changed = stored?.grantId === grantId ? change(stored) : undefined
  if (before === undefined || changed === undefined) return {result: false, text: undefined}
  return {result: true, text: withFields(before, changed.provider, storable(changed, found.path))}
}

function textOf({document, path}: FoundAuthFile): string | undefined {
  if (document.state === 'broken') throw new BrokenAuthFileError(path, document.why)
  return document.state === 'whole' ? document.members.text() : undefined
}

/** Contents that could not be read again would be lost, together with all stored before. */
function storable(credential: Credential, path: string): object {
  const fields = toStored(credential)
  if (parseStored(credential.provider, fields, path) !== undefined) return fields
  throw new LocalFileError(
    `The credential for ${credential.provider} cannot be stored: a part of it is empty, or cannot be sent in a header.`,
    'Get another one.',
  )
}

function asideOf(
  {document, bytes, path}: FoundAuthFile,
  members: readonly string[],
  now: Date,
): AuthChange<unknown>['aside'] {
  const instant = instantForFileName(now)
  if (document.state === 'broken' && bytes !== undefined) {
    return {path: `${path}.broken-${instant}`, contents: bytes}
  }
  if (members.length === 0) return undefined
  return {path: `${path}.foreign-${instant}`, contents: `{${members.join(', ')}}\n`}
}

function ourCredentials({entries}: FoundAuthFile): Credential[] {
  return entries.flatMap((entry) =>
    entry.state === 'usable' && entry.codex !== true ? [entry.credential] : [],
  )
}

/** The position of a credential in the file. */
function memberOf({source, provider}: Credential): Member {
  return source.type === 'file' ? (source.member ?? provider) : provider
}

function isOurs(member: Member, valueText: string): boolean {
  return parseStored(member, parseJson(valueText), '') !== undefined
}
