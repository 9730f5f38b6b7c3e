import {callerOf, type Caller} from './caller.js'
import {rowsOf, type Tables} from './tables.js'

/**
 * Looks an access token up in the table of issued ones. One with neither `read` nor `write` counts
 * as invalid, not as forbidden (contract section 2).
 */
export function findAccessToken(tables: Tables, token: string): Caller | undefined {
  const row = rowsOf(tables, 'oauthAccessToken').find(({accessToken}) => accessToken === token)
  if (!row || !(row.accessTokenExpiresAt instanceof Date)) return
  if (row.accessTokenExpiresAt.getTime() <= Date.now()) return
  const caller = callerOf(tables, row)
  return caller.scopes.includes('read') || caller.scopes.includes('write') ? caller : undefined
}
