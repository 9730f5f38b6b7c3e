import {KEY_SCOPES, type KeyScope} from './api-key.js'
import type {NewApiKey} from './api-keys.js'

/** The lifetimes on offer, in days; `''` stands for none. */
export const LIFETIMES = new Map([
  ['', 'Never'],
  ['1', 'After a day'],
  ['30', 'After 30 days'],
  ['90', 'After 90 days'],
  ['365', 'After a year'],
])
export const LONGEST_NAME = 60

/** What the form for a new key shows, and what went wrong, if anything did. */
export interface KeyForm {
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly lifetime: string
  readonly problem?: {readonly field: 'name' | 'scopes'; readonly text: string}
}

/** A form nobody has touched: both scopes are chosen, as on the hosted service. */
export const EMPTY_KEY_FORM: KeyForm = {name: '', scopes: KEY_SCOPES, lifetime: ''}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Reads the form for a new key.
 *
 * @returns what was filled in, to show it again, and the key that is wanted unless there is a problem
 */
export function readKeyForm(
  fields: URLSearchParams,
  now: Date,
): {form: KeyForm; wanted?: NewApiKey} {
  const name = fields.get('name')?.trim() ?? ''
  const scopes = KEY_SCOPES.filter((scope) => fields.getAll('scope').includes(scope))
  const days = fields.get('lifetime') ?? ''
  const lifetime = LIFETIMES.has(days) ? days : ''
  const form: KeyForm = {name, scopes, lifetime}
  if (name === '' || name.length > LONGEST_NAME) {
    const text = `Give the key a name of up to ${LONGEST_NAME} characters.`
    return {form: {...form, problem: {field: 'name', text}}}
  }
  if (scopes.length === 0) {
    const text = 'Choose read, write, or both: a key without a scope opens nothing.'
    return {form: {...form, problem: {field: 'scopes', text}}}
  }
  if (lifetime === '') return {form, wanted: {name, scopes}}
  const expiresAt = new Date(now.getTime() + Number(lifetime) * DAY_MS)
  return {form, wanted: {name, scopes, expiresAt}}
}
