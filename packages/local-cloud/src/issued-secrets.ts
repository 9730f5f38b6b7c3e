import {MCP_SECRETS} from './demo-mcp-servers.js'
import {parseUrl} from './parse-url.js'
import {rowsOf, type Tables} from './tables.js'

const REQUEST_FIELDS = ['code', 'code_verifier', 'refresh_token']
const RESPONSE_FIELDS = [
  'access_token',
  'refresh_token',
  'id_token',
  'token',
  'accessToken',
  'refreshToken',
]

const SESSION_COOKIE = /^[^=]*session_token=([^;]*)/

/** Records every secret that passed over the wire, so that tests can search for leaks. */
interface IssuedSecrets {
  /** Adds a secret that was not on the wire yet. */
  readonly remember: (secret: string) => void
  readonly readRequest: (request: Request) => Promise<void>
  readonly readResponse: (response: Response) => Promise<void>
  /**
   * Without duplicates: access, refresh and ID tokens, API keys, codes, code verifiers, cookies,
   * credentials sent, and the values in the listings of MCP servers.
   */
  readonly list: () => string[]
}

/** Creates a record that already contains the tokens of `tables`. */
export function createIssuedSecrets(tables: Tables): IssuedSecrets {
  const known = new Set<string>(MCP_SECRETS)
  const add = (value: unknown) => {
    if (typeof value === 'string' && value !== '') known.add(value)
  }
  for (const row of rowsOf(tables, 'oauthAccessToken')) {
    add(row.accessToken)
    add(row.refreshToken)
  }
  const addCookie = (cookie: string) => {
    const [, value] = SESSION_COOKIE.exec(cookie) ?? []
    if (value === undefined) return
    const plain = decode(value)
    add(value)
    add(plain)
    add(plain.split('.')[0]) // the session token; what follows is its signature
  }
  return {
    remember: add,
    async readRequest(request) {
      add(/^\w+ +(\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1])
      request.headers.get('cookie')?.split(/; */).forEach(addCookie)
      if (!new URL(request.url).pathname.startsWith('/api/auth/')) return
      const text = await request.clone().text()
      const fields = parseObject(text) ?? Object.fromEntries(new URLSearchParams(text))
      for (const name of REQUEST_FIELDS) add(fields[name])
    },
    async readResponse(response) {
      response.headers.getSetCookie().forEach(addCookie)
      add(parseUrl(response.headers.get('location') ?? '')?.searchParams.get('code'))
      if (!response.headers.get('content-type')?.startsWith('application/json')) return
      const fields = parseObject(await response.clone().text()) ?? {}
      for (const name of RESPONSE_FIELDS) add(fields[name])
    },
    list: () => [...known],
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? {...value} : undefined
  } catch {
    return
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
