/** A row as Better Auth's memory adapter keeps it; instants are `Date`. */
export type Row = Record<string, unknown>

/** The whole state of a local cloud: rows by table name. Better Auth changes them in place. */
export type Tables = Record<string, Row[]>

const TABLE_NAMES = [
  'user',
  'session',
  'account',
  'verification',
  'oauthApplication',
  'oauthAccessToken',
  'oauthConsent',
  'rateLimit',
  'apiKey',
]

/** @returns tables in which every name that Better Auth asks for exists: it refuses unknown ones */
export function createTables(stored: Tables = {}): Tables {
  return Object.fromEntries(TABLE_NAMES.map((name) => [name, [...(stored[name] ?? [])]]))
}

/** Rows of one table; none when there is no such table. */
export function rowsOf(tables: Tables, name: string): Row[] {
  return tables[name] ?? []
}
