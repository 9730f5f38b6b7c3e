import {ExitCode, MogplexError} from './errors.js'
import type {RequestOptions} from './session.js'

/** The path of the API, from the site root. */
const API = '/api/v1/mogplex'
// RFC 3986: the characters of a path and of a query. No backslash, no blank, no `#`.
const PATH = /^(?:\/(?:[\w.~!$&'()*+,;=:@-]|%[\dA-Fa-f]{2})*)+$/
const QUERY = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[\dA-Fa-f]{2})*$/
const METHODS: readonly unknown[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT']
const RESPONSE_TYPES: readonly unknown[] = ['bytes', 'json', 'response', 'text']
/** RFC 9110 §8.3.1, with its parameters. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *;[\x20-\x7E]*)?$/
const KEY = /^[\x21-\x7E]{1,200}$/
const EVENT = /^[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)*$/
const LONGEST_EVENT = 100
/** The name under which a plugin stores a value. */
const NAME = /^[a-z][a-z0-9-]{0,63}$/
const BUG = 'This is a bug of the plugin: report it to its author.'

/** A plugin requests a path that is not below Mogplex's API: exit 1, and nothing is sent. */
export class BadPathError extends MogplexError {
  readonly code = 'BAD_PATH'
  readonly exitCode = ExitCode.Failed
  readonly remedy = BUG

  constructor(why: string) {
    super(`A plugin made a request to Mogplex's API that ${why}; nothing was sent.`)
  }
}

/** A plugin uses an invalid event name for the session's log: exit 1. */
export class BadEventError extends MogplexError {
  readonly code = 'BAD_EVENT'
  readonly exitCode = ExitCode.Failed
  readonly remedy = BUG

  constructor() {
    super(
      'A plugin logs an event whose name is not dotted words in lower case, as `sync.ended` is.',
    )
  }
}

/** A plugin uses an invalid name for a stored value: exit 1. */
export class BadNameError extends MogplexError {
  readonly code = 'BAD_NAME'
  readonly exitCode = ExitCode.Failed
  readonly remedy = BUG

  constructor() {
    super(
      'A plugin keeps something under a name that is not lower-case letters, digits and hyphens.',
    )
  }
}

/**
 * The address of a request, from the site root, with its query. A plugin's path cannot lead outside
 * the API: it is one path, of plain segments, however often it is decoded.
 *
 * @param path - below the API: `/repos`, `/runs?limit=1`; or from the site root, as the API itself
 *   names addresses
 * @throws {BadPathError} exit 1, also for options that no request can have
 */
export function requestPath(path: string, options: RequestOptions = {}): string {
  const {method = 'GET', responseType = 'json', query = {}, body, contentType} = options
  const {idempotencyKey} = options
  const whole = apiPath(path, query)
  if (!METHODS.includes(method)) throw new BadPathError('has an unknown method')
  if (!RESPONSE_TYPES.includes(responseType)) {
    throw new BadPathError('has an unknown responseType')
  }
  if (contentType !== undefined && !MEDIA_TYPE.test(contentType)) {
    throw new BadPathError('has an invalid media type')
  }
  if (idempotencyKey !== undefined && !KEY.test(idempotencyKey)) {
    throw new BadPathError('has an invalid idempotency key')
  }
  if (method === 'GET' && body !== undefined) throw new BadPathError('is a GET with a body')
  return whole
}

/** @throws {BadEventError} exit 1 */
export function requireEvent(event: string): void {
  if (typeof event !== 'string' || event.length > LONGEST_EVENT || !EVENT.test(event)) {
    throw new BadEventError()
  }
}

/** @throws {BadNameError} exit 1 */
export function requireName(name: string): void {
  if (typeof name !== 'string' || !NAME.test(name)) throw new BadNameError()
}

function apiPath(path: string, query: NonNullable<RequestOptions['query']>): string {
  if (typeof path !== 'string') throw new BadPathError('has a path that is not a string')
  const [, written = '', ownQuery] = /^([^?]*)(?:\?(.*))?$/s.exec(path) ?? []
  if (!written.startsWith('/'))
    throw new BadPathError('has a path that does not start with a slash')
  const below = written.startsWith(`${API}/`) ? written.slice(API.length) : written
  if (!PATH.test(below) || !QUERY.test(ownQuery ?? '')) {
    throw new BadPathError('has a path or query with an invalid character')
  }
  if (!below.slice(1).split('/').every(isPlain)) {
    throw new BadPathError('has a path with a segment that is empty or could lead elsewhere')
  }
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const parts = [ownQuery, new URLSearchParams(given).toString()].filter(Boolean)
  return `${API}${below}${parts.length === 0 ? '' : `?${parts.join('&')}`}`
}

/** Not empty, no `.` or `..`, and no encoded slash: however often it is decoded. */
function isPlain(segment: string): boolean {
  let decoded: string
  try {
    decoded = decodeURIComponent(segment)
  } catch {
    return false
  }
  return !['', '.', '..'].includes(decoded) && !/[/\\%\p{Cc}]/u.test(decoded)
}
