import {randomUUID} from 'node:crypto'
import {
  generateKey,
  hasExpired,
  hashKey,
  KEY_SCOPES,
  readApiKey,
  startOf,
  type ApiKey,
  type KeyScope,
} from './api-key.js'
import {callerOf, type Caller} from './caller.js'
import {createKeyLimiter} from './key-limiter.js'
import {rowsOf, type Row, type Tables} from './tables.js'

/** The options of a new key; without scopes it has both, without an expiry it is permanent. */
export interface NewApiKey {
  readonly name?: string
  readonly scopes?: readonly KeyScope[]
  readonly expiresAt?: Date
}

/** The personal access tokens of all accounts (contract section 2). */
export interface ApiKeys {
  /** @returns the value, which cannot be read again */
  create(email: string, wanted: NewApiKey): {id: string; key: string}
  /** Keys that are not revoked, newest first; including expired ones. */
  list(email: string): ApiKey[]
  /** Revokes a key: it is no longer listed. */
  findRevoked(email: string, id: string): ApiKey | undefined
  /** @returns the revoked key, `undefined` when the account has none with this id */
  revoke(email: string, id: string): ApiKey | undefined
  /** @returns `false` when the key does not exist */
  revokeValue(key: string): boolean
  /** The owner of a key; counts a request. `undefined` for an unknown, expired or revoked key. */
  check(key: string): Caller | 'rate-limited' | undefined
}

/**
 * Keeps keys in a table, as hashes.
 *
 * @param remember - receives every new value, for a search for leaks
 */
export function createApiKeys(tables: Tables, remember: (key: string) => void): ApiKeys {
  const limiter = createKeyLimiter()
  const rows = () => rowsOf(tables, 'apiKey')
  const userIdOf = (email: string) =>
    rowsOf(tables, 'user').find((user) => user.email === email)?.id
  const rowsFor = (email: string, revoked: boolean) => {
    const userId = userIdOf(email)
    return rows().filter((row) => row.userId === userId && (row.revoked === true) === revoked)
  }

  return {
    create(email, {name = 'API key', scopes = KEY_SCOPES, expiresAt}) {
      const userId = userIdOf(email)
      if (userId === undefined) throw new Error(`There is no account ${email}.`)
      if (scopes.length === 0) throw new Error('A key needs a scope: read, write, or both.')
      const id = randomUUID()
      const key = generateKey()
      const row: Row = {
        id,
        userId,
        name,
        start: startOf(key),
        hash: hashKey(key),
        scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)).join(' '),
        revoked: false,
        createdAt: new Date(),
        expiresAt: expiresAt ?? null,
      }
      tables.apiKey = [row, ...rows()]
      remember(key)
      return {id, key}
    },
    list: (email) => rowsFor(email, false).map(readApiKey),
    findRevoked: (email, id) =>
      rowsFor(email, true)
        .map(readApiKey)
        .find((one) => one.id === id),
    revoke(email, id) {
      const row = rowsFor(email, false).find((one) => one.id === id)
      if (!row) return
      row.revoked = true
      return readApiKey(row)
    },
    revokeValue(key) {
      const row = find(rows(), key)
      if (!row) return false
      row.revoked = true
      return true
    },
    check(key) {
      const row = find(rows(), key)
      if (!row || row.revoked === true || hasExpired(readApiKey(row))) return
      return limiter.admit(String(row.id)) ? callerOf(tables, row) : 'rate-limited'
    },
  }
}

function find(rows: readonly Row[], key: string): Row | undefined {
  const hash = hashKey(key)
  return rows.find((row) => row.hash === hash)
}
