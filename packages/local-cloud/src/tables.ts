/** A row in the format of Better Auth's memory adapter; instants are `Date`. */
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
 * @returns the stored tables, and every other one that the hosted version of Better Auth requires:
 *   it rejects unknown names. The next version adds its own.
 */
export function createTables(stored: Tables = {}): Tables {
  const empty = Object.fromEntries(TABLE_NAMES.map((name) => [name, []]))
  return {...empty, ...stored}
}

/** Rows of one table; empty when the table does not exist. */
export function rowsOf(tables: Tables, name: string): Row[] {
  return tables[name] ?? []
}
