import {parseUrl} from '../network/addresses.js'

// Nobody pastes a longer address on purpose.
const MAX_LENGTH = 64 * 1024

// What terminals add around a paste, then blanks, line wraps and invisible characters.
const ESCAPES = /\u001B\[[\d;?]*[A-Za-z~]/g
const INVISIBLE =
  /[\s\u0000-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g
const OPENING_QUOTES = /^[<("'`“”„‘’«]+/
const CLOSING_QUOTES = /[>)"'`“”‘’»]+$/

// Only an authorization request has these (RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 9126 §4).
const REQUEST_PARAMETERS = ['response_type', 'code_challenge', 'request_uri']

/**
 * Reads what a person pastes instead of the callback: the address that the browser failed to load,
 * or its query. It is then validated like any other callback.
 *
 * @param redirectUris - what the address may begin with; `localhost` counts as `127.0.0.1`, and
 *   `https` as `http`: some browsers insist on it
 * @returns the query, or why not: one or two sentences that say what is expected and quote nothing
 *   of the text, since it may contain a code
 */
export function readPastedCallback(
  text: string,
  redirectUris: readonly string[],
): URLSearchParams | string {
  const wanted = `Paste the whole address that the browser ends at: it begins with ${redirectUris.join(' or ')}`
  if (text.length > MAX_LENGTH) return `That is too long to be the address. ${wanted}`
  const pasted = clean(text)
  if (pasted === '') return `Nothing was pasted. ${wanted}`

  const address = addressOf(pasted)
  const query = new URLSearchParams(address?.search ?? pasted)
  if (REQUEST_PARAMETERS.some((name) => query.has(name))) {
    return `That is the address to open; paste the one the browser ends at: it begins with ${redirectUris.join(' or ')}`
  }
  if (address !== undefined && !redirectUris.some((uri) => leadsTo(uri, address))) {
    return `That is another address. ${wanted}`
  }
  if (query.has('error') || (query.has('code') && query.has('state'))) return query
  return address === undefined || query.has('code')
    ? `A code alone is not enough, its state is needed too. ${wanted}`
    : `That address holds no code. ${wanted}`
}

function clean(text: string): string {
  return text
    .replaceAll(ESCAPES, '')
    .replaceAll(INVISIBLE, '')
    .replace(OPENING_QUOTES, '')
    .replace(CLOSING_QUOTES, '')
    .replace(/#.*$/, '')
    .replaceAll('&amp;', '&')
}

/** The text as an address; undefined when it is a query, or a code. */
function addressOf(text: string): URL | undefined {
  // Address bars hide `http://`; without it, `localhost:` would be taken for a scheme.
  const address = /^(?:localhost|127\.0\.0\.1)[:/]/i.test(text) ? `http://${text}` : text
  return /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? parseUrl(address) : undefined
}

function leadsTo(redirectUri: string, address: URL): boolean {
  const {protocol, host, pathname} = new URL(redirectUri)
  return (
    (address.protocol === protocol || address.protocol === 'https:') &&
    withoutName(address.host) === withoutName(host) &&
    address.pathname === pathname &&
    address.username === '' &&
    address.password === ''
  )
}

function withoutName(host: string): string {
  return host.replace(/^localhost(?=:|$)/, '127.0.0.1')
}
