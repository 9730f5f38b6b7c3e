import {kindOfName} from './secret-names.js'

/** Letters with digits, or in both cases, and nothing that occurs only in prose. */
const RANDOM = /^(?=.*[A-Za-z])(?=.*(?:\d|[a-z][A-Z]))[\w+/=.~:!@#$%^&*-]{12,}$/
/** Names of fields for people, or for servers, which are not secret. */
const SHOWN =
  /(?:id|ids|email|name|names|issuer|type|kind|scopes?|at|on|time|date|path|host|origin|version|model|account|uuid|status|command)$/i
const DATE = /^\d{4}-\d\d-\d\dT/
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i
const SCHEME = /^(?:Basic|Bearer|Token) +\S/i
const PATH = /^(?:[./~]|[A-Za-z]:\\)/
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\//i
const WORD = /[\w+/=.~:!@#$%^&*-]{12,}/g

type Means = 'looks' | 'names'
type Field = readonly [name: string, value: unknown]

/**
 * The secrets in foreign data: by the names of its fields, and by their format. Values that people
 * and servers know, such as ids, addresses and instants, are excluded.
 *
 * @param data - a value, or a JSON text; of another text, parts that look like secrets
 * @param by - `names`: only by names, as for shell variables; and the passwords of addresses
 */
export function secretsIn(data: unknown, by: Means = 'looks'): string[] {
  const value = typeof data === 'string' ? parsed(data) : data
  if (value === undefined && typeof data === 'string') {
    return by === 'looks' ? (data.match(WORD) ?? []).filter(isRandom) : []
  }
  const found: string[] = []
  // in a separate list: deeply nested data would overflow the stack
  const fields: Field[] = [['', value]]
  for (const [name, item] of fields) {
    if (typeof item === 'string') {
      found.push(...(isSecret(name, item, by) ? [item] : inAddress(item)))
    } else if (Array.isArray(item)) {
      for (const one of item as unknown[]) fields.push([name, one])
    } else if (typeof item === 'object' && item !== null) {
      for (const field of Object.entries(item)) fields.push(field)
    }
  }
  return found
}

function isSecret(name: string, value: string, by: Means): boolean {
  if (ADDRESS.test(value)) return false
  const kind = kindOfName(name)
  const isNamed = kind !== undefined && kind !== 'parameter' && kind !== 'grant'
  if (by === 'names') return isNamed && !PATH.test(value)
  return isNamed || SCHEME.test(value) || (!SHOWN.test(name) && isRandom(value))
}

function isRandom(value: string): boolean {
  return RANDOM.test(value) && ![ADDRESS, PATH, DATE, UUID].some((known) => known.test(value))
}

/** The password of an address, and the secrets in its query. */
function inAddress(value: string): string[] {
  if (!ADDRESS.test(value)) return []
  const [, userInfo = ''] = /^[^:]*:\/\/([^/?#]*)@/.exec(value) ?? []
  const password = userInfo.slice(userInfo.indexOf(':') + 1)
  const query = new URLSearchParams(/\?([^#]*)/.exec(value)?.[1] ?? '')
  return [
    ...(password === '' ? [] : [password, decoded(password)]),
    ...[...query].flatMap(([name, item]) => (isSecret(name, item, 'looks') ? [item] : [])),
  ]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A JSON value; `undefined` where it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
