import {asRecord, asText, parseJson} from '../text/json.js'

export const MAX_ENTRIES = 1000
/** In UTF-16 units, for all entries together. */
export const MAX_KEPT = 1024 * 1024
/** A longer text is a document, not a line to recall. */
const MAX_CHARACTERS = 32 * 1024

/** `/login` may be followed by a key. */
const LOGIN_WITH_MORE = /^\/login\s+\S/i
/** A redirect URI with an authorization code (RFC 6749 §4.1.2), or an address with a token. */
const WITH_GRANT = /[?&#](?:code|access_token|refresh_token|id_token)=/

/**
 * Whether an entry may be written to the history.
 *
 * @param isSecret - whether a text contains a secret
 */
export function belongsInHistory(text: string, isSecret: (text: string) => boolean): boolean {
  if (text.trim() === '' || text.length > MAX_CHARACTERS) return false
  if (LOGIN_WITH_MORE.test(text) || WITH_GRANT.test(text)) return false
  return !isSecret(text)
}

/** An entry as one line of `history.jsonl`, including its line feed. */
export function formatEntry(text: string, at: Date): string {
  return `${JSON.stringify({time: at.toISOString(), text})}\n`
}

/** The texts of the newest entries, oldest first. Invalid lines are skipped. */
export function parseHistory(contents: string): string[] {
  const texts = contents.split('\n').flatMap((line) => entryOf(line) ?? [])
  return texts.filter((text, index) => text !== texts[index - 1]).slice(-MAX_ENTRIES)
}

/** The newest entries that fit into the history, as lines of its file. */
export function trimHistory(contents: string): string {
  const lines = contents.split('\n').filter((line) => entryOf(line))
  const kept: string[] = []
  let length = 0
  for (const line of lines.slice(-MAX_ENTRIES).reverse()) {
    length += line.length + 1
    if (length > MAX_KEPT) break
    kept.push(`${line}\n`)
  }
  return kept.reverse().join('')
}

/** The history without the lines that contain a secret, and how many those were. */
export function withoutSecrets(
  contents: string,
  isSecret: (text: string) => boolean,
): {readonly kept: string; readonly removed: number} {
  const lines = contents.split('\n').filter((line) => line !== '')
  const kept = lines.filter((line) => !isSecret(line) && !isSecret(entryOf(line) ?? ''))
  return {kept: kept.map((line) => `${line}\n`).join(''), removed: lines.length - kept.length}
}

function entryOf(line: string): string | undefined {
  return asText(asRecord(parseJson(line))?.text)
}
