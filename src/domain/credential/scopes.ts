import {printable} from '../text/printable.js'

const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/

/**
 * The valid scopes (RFC 6749 §3.3), which are printed and logged unchanged. Anything that is not a
 * `scope-token`, is too long, or contains a secret is left out.
 */
export function scopesAmong(names: readonly string[]): string[] {
  return names.filter((name) => SCOPE_TOKEN.test(name) && printable(name) === name)
}
