import {findDemoAccount, type DemoAccount} from './demo-accounts.js'
import {rowsOf, type Tables} from './tables.js'

/** The owner of a valid credential, and its scopes. */
export interface Caller {
  readonly userId: string
  readonly scopes: readonly string[]
  /** `undefined` for a user who is not a demo account. */
  readonly account: DemoAccount | undefined
}

/**
 * The token of a request. The scheme is case-sensitive (contract section 2): `bearer` is unknown.
 *
 * @returns `undefined` when the header is absent or has another scheme
 */
export function bearerToken(headers: Headers): string | undefined {
  const [, token] = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '') ?? []
  return token
}

/** Reads the caller from a row of tokens or keys; `scopes` are separated by blanks. */
export function callerOf(tables: Tables, row: {userId?: unknown; scopes?: unknown}): Caller {
  const user = rowsOf(tables, 'user').find(({id}) => id === row.userId)
  return {
    userId: typeof row.userId === 'string' ? row.userId : '',
    scopes: typeof row.scopes === 'string' ? row.scopes.split(' ') : [],
    account: findDemoAccount(typeof user?.email === 'string' ? user.email : ''),
  }
}
