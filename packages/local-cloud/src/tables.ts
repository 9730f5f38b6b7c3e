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

/**
 * @returns the stored tables, and every other one that the hosted line of Better Auth asks for: it
 *   refuses unknown names. The next line adds its own.
 */
export function createTables(stored: Tables = {}): Tables {
  const empty = Object.fromEntries(TABLE_NAMES.map((name) => [name, []]))
  return {...empty, ...stored}
}

/** Rows of one table; none when there is no such table. */
export function rowsOf(tables: Tables, name: string): Row[] {
  return tables[name] ?? []
}
