import {KEY_SCOPES, type KeyScope} from './api-key.js'
import type {NewApiKey} from './api-keys.js'

/** The available lifetimes, in days; `''` means none. */
export const LIFETIMES = new Map([
  ['', 'Never'],
  ['1', 'After a day'],
  ['30', 'After 30 days'],
  ['90', 'After 90 days'],
  ['365', 'After a year'],
])
export const LONGEST_NAME = 60

/** The values of the form for a new key, and its error, if any. */
export interface KeyForm {
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly lifetime: string
  readonly problem?: {readonly field: 'name' | 'scopes'; readonly text: string}
}

/** An unused form: both scopes are selected, as on the hosted service. */
export const EMPTY_KEY_FORM: KeyForm = {name: '', scopes: KEY_SCOPES, lifetime: ''}

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Reads the form for a new key.
 *
 * @returns the submitted values, to show them again, and the requested key unless there is an error
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
