import {createHash, randomInt} from 'node:crypto'
import type {Row} from './tables.js'

/** The prefix of every personal access token (contract section 2). */
export const KEY_PREFIX = 'mog_'

/** The scopes of a personal access token. */
export const KEY_SCOPES = ['read', 'write'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 24
const SHOWN = 12

/** A personal access token as its owner sees it later: without its value. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** The first 12 characters. */
  readonly start: string
  readonly scopes: readonly KeyScope[]
  readonly createdAt: Date
  /** `undefined` for one that does not expire. */
  readonly expiresAt: Date | undefined
}

/** @returns a new value: `mog_` and 24 characters of A-Z, a-z, 0-9 */
export function generateKey(): string {
  const letters = Array.from({length: LENGTH}, () => LETTERS.charAt(randomInt(LETTERS.length)))
  return KEY_PREFIX + letters.join('')
}

/** The stored form of the value. A key is random, so no salt is needed. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

/** The part of the value that is stored for display. */
export function startOf(key: string): string {
  return key.slice(0, SHOWN)
}

/** Reads a row of the table of keys. */
export function readApiKey(row: Row): ApiKey {
  const scopes = typeof row.scopes === 'string' ? row.scopes.split(' ') : []
  return {
    id: String(row.id),
    name: String(row.name),
    start: String(row.start),
    scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)),
    createdAt: row.createdAt instanceof Date ? row.createdAt : new Date(0),
    expiresAt: row.expiresAt instanceof Date ? row.expiresAt : undefined,
  }
}

/** Whether a key has expired. */
export function hasExpired({expiresAt}: ApiKey): boolean {
  return expiresAt !== undefined && expiresAt.getTime() <= Date.now()
}
