interface Encoded {
  encoding: string
  /** Bytes, one character each. */
  text: string
}

/** The spellings of a secret in a file or on a wire, without duplicates. */
export function encodingsOf(secret: string): Encoded[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const url = encodeURIComponent(secret)
  const all: [encoding: string, text: string][] = [
    ['plain', secret],
    ['json', json],
    ['json', json.replaceAll('/', '\\/')],
    ['json', json.replace(/[^\0-\x7f]/g, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`)],
    ['json twice', JSON.stringify(json).slice(1, -1)],
    ...bothCases(url).map((text): [string, string] => ['url', text]),
    ...bothCases(url.replaceAll('%20', '+')).map((text): [string, string] => ['url', text]),
    ...bothCases(encodeEveryByte(secret)).map((text): [string, string] => ['url', text]),
    ...bothCases(encodeURIComponent(url)).map((text): [string, string] => ['url twice', text]),
    ['html', escapeHtml(secret)],
    ...[0, 1, 2].flatMap((shift): [string, string][] => [
      ['base64', toBase64(secret, shift, 'base64')],
      ['base64url', toBase64(secret, shift, 'base64url')],
    ]),
    ['hex', Buffer.from(secret).toString('hex')],
    ['hex', Buffer.from(secret).toString('hex').toUpperCase()],
  ]
  const seen = new Set<string>()
  return all
    .map(([encoding, text]) => ({encoding, text: toBytes(text)}))
    .filter(({text}) => !seen.has(text) && seen.add(text))
}

/** A text as its UTF-8 bytes, one character each, so that it can be compared with any file. */
export function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/**
 * Base64 of a secret that is `shift` bytes after a multiple of three, without the edges, which
 * depend on the neighbours.
 */
function toBase64(secret: string, shift: number, alphabet: 'base64' | 'base64url'): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
  const whole = Math.floor((bytes.length * 8) / 6)
  return bytes.toString(alphabet).slice(Math.ceil((shift * 8) / 6), whole)
}

function bothCases(url: string): string[] {
  return [url, url.replace(/%(25)*[0-9A-F]{2}/g, (escape) => escape.toLowerCase())]
}

function encodeEveryByte(secret: string): string {
  return [...Buffer.from(secret)].map((byte) => `%${hexOf(byte, 2).toUpperCase()}`).join('')
}

function hexOf(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0')
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
