import {BadPathError} from '../errors/api.js'

/** Where the API is, from the site root (contract 6). */
const API = '/api/v1/mogplex'
// RFC 3986: the characters of a path and of a query. No backslash, no blank, no `#`.
const PATH = /^(?:\/(?:[\w.~!$&'()*+,;=:@-]|%[\dA-Fa-f]{2})*)+$/
const QUERY = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[\dA-Fa-f]{2})*$/

type Query = Readonly<Record<string, boolean | number | string | undefined>>

/**
 * The path of a request, from the site root, with its query. What a plugin gives cannot lead out of
 * the API: it is one path, of plain segments, however it is decoded.
 *
 * @param path - below the API: `/repos`, `/runs?limit=1`; or from the site root, as the API itself
 *   names addresses
 * @throws {BadPathError} exit 1
 */
export function apiPath(path: string, query: Query = {}): string {
  if (typeof path !== 'string') throw new BadPathError('is no text')
  const [, written = '', ownQuery] = /^([^?]*)(?:\?(.*))?$/s.exec(path) ?? []
  if (!written.startsWith('/')) throw new BadPathError('does not start with a slash')
  const below = written.startsWith(`${API}/`) ? written.slice(API.length) : written
  if (!PATH.test(below) || !QUERY.test(ownQuery ?? '')) {
    throw new BadPathError('holds a character that has no place there')
  }
  if (!below.slice(1).split('/').every(isPlain)) {
    throw new BadPathError('has a segment that is empty, or could lead elsewhere')
  }
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const parts = [ownQuery, new URLSearchParams(given).toString()].filter(Boolean)
  return `${API}${below}${parts.length === 0 ? '' : `?${parts.join('&')}`}`
}

/** Not empty, no `.` or `..`, and no slash in disguise: however often it is decoded. */
function isPlain(segment: string): boolean {
  let decoded: string
  try {
    decoded = decodeURIComponent(segment)
  } catch {
    return false
  }
  return !['', '.', '..'].includes(decoded) && !/[/\\%\p{Cc}]/u.test(decoded)
}
