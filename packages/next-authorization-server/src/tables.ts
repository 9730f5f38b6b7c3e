/** A row in the format of Better Auth's memory adapter; instants are `Date`. */
export type Row = Record<string, unknown>

/** Rows by table name. Better Auth changes them in place. */
export type Tables = Record<string, Row[]>

const TABLE_NAMES = [
  'user',
  'session',
  'account',
  'verification',
  'rateLimit',
  'jwks',
  'oauthClient',
  'oauthResource',
  'oauthClientResource',
  'oauthAccessToken',
  'oauthRefreshToken',
  'oauthConsent',
  'oauthClientAssertion',
]

/** Adds the missing tables: the library rejects unknown names. */
export function addTables(tables: Tables): void {
  for (const name of TABLE_NAMES) tables[name] ??= []
}
