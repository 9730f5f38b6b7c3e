import {asRecord, parseJson} from '../text/json.js'

/**
 * The contents of `auth.json` as read: missing, empty, broken and whole are four distinct cases.
 */
export type AuthDocument =
  | {readonly state: 'missing'}
  | {readonly state: 'empty'}
  /** `why` completes "cannot be read: …" and never quotes the contents. */
  | {readonly state: 'broken'; readonly why: string}
  | {readonly state: 'whole'; readonly members: AuthMembers}

/**
 * The members of the file, known and unknown, and the text they were read from. Both contain
 * secrets as plain strings, so they are private: printing or serialising this object shows nothing.
 */
export class AuthMembers {
  readonly #text: string
  readonly #members: ReadonlyMap<string, unknown>

  constructor(text: string, members: ReadonlyMap<string, unknown>) {
    this.#text = text
    this.#members = members
  }

  get isEmpty(): boolean {
    return this.#members.size === 0
  }

  has(name: string): boolean {
    return this.#members.has(name)
  }

  /** The value of a member. Of duplicates the last one counts, as in `JSON.parse`. */
  get(name: string): unknown {
    return this.#members.get(name)
  }

  /** The whole file without its byte order mark: the next version is spliced from it. */
  text(): string {
    return this.#text
  }
}

/**
 * Reads the contents of `auth.json` (RFC 8259). Never throws, whatever the contents are.
 *
 * @param contents - the bytes, or the text; `undefined` when there is no file
 */
export function readAuthDocument(contents: string | Uint8Array | undefined): AuthDocument {
  if (contents === undefined) return {state: 'missing'}
  const decoded = typeof contents === 'string' ? contents : decode(contents)
  if (decoded === undefined) return {state: 'broken', why: 'it is not UTF-8 text'}
  const text = decoded.replace(/^\uFEFF+/, '')
  if (text.trim() === '') return {state: 'empty'}
  const value = parseJson(text)
  if (value === undefined) return {state: 'broken', why: 'it is not JSON'}
  const record = asRecord(value)
  if (record === undefined) return {state: 'broken', why: 'it is not one JSON object'}
  // A map, because a member may be called `__proto__` or `constructor`.
  const members = new Map(Object.entries(record))
  return {state: 'whole', members: new AuthMembers(text, members)}
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
  } catch {
    return undefined
  }
}
