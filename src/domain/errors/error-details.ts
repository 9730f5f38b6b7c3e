import {withPlainTexts} from '../text/plain-texts.js'

const MAX_CHARACTERS = 10_000
const DEEPEST = 8

/**
 * Extra data of a plugin's error for programs, as its member `details`: JSON only, redacted,
 * omitted when it is large. An instance of a class is not JSON: it may hold a request and its key.
 *
 * @param redact - removes secrets from a text
 */
export function detailsOf(value: unknown, redact: (text: string) => string): unknown {
  try {
    const json = jsonIn(value, redact, DEEPEST)
    if (json === undefined || JSON.stringify(json).length > MAX_CHARACTERS) return undefined
    return withPlainTexts(json)
  } catch {
    return undefined // a plugin's getter threw
  }
}

function jsonIn(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return redact(value)
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value
  if (typeof value !== 'object' || depth === 0) return undefined
  if (Array.isArray(value)) {
    return value.map((each: unknown) => jsonIn(each, redact, depth - 1) ?? null)
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return undefined
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const json = jsonIn(member, redact, depth - 1)
    return json === undefined ? [] : [[redact(name), json] as const]
  })
  return Object.fromEntries(entries)
}
