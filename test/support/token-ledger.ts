import {parseUrl} from '../../src/domain/network/addresses.js'

const REQUEST_FIELDS = ['code', 'code_verifier', 'refresh_token', 'device_code', 'token']
const RESPONSE_FIELDS = ['access_token', 'refresh_token', 'id_token', 'device_code']

/** Records every secret that passes a server, so that tests can search for leaks. */
interface TokenLedger {
  /** Reads a request, or its answer. */
  readonly read: (request: Request, response?: Response) => Promise<void>
  readonly list: () => string[]
}

export function createTokenLedger(): TokenLedger {
  const known = new Set<string>()
  const add = (value: unknown): void => {
    if (typeof value === 'string' && value !== '') known.add(value)
  }
  const readRequest = async (request: Request): Promise<void> => {
    add(/^Bearer +(\S+)$/.exec(request.headers.get('authorization') ?? '')?.[1])
    const fields = new URLSearchParams(await request.text())
    for (const name of REQUEST_FIELDS) add(fields.get(name))
  }
  const readResponse = async (response: Response): Promise<void> => {
    for (const cookie of response.headers.getSetCookie()) {
      const [, value = ''] = /^[^=]+=([^;]*)/.exec(cookie) ?? []
      if (value.length >= 8) add(value)
    }
    add(parseUrl(response.headers.get('location') ?? '')?.searchParams.get('code'))
    if (!(response.headers.get('content-type') ?? '').startsWith('application/json')) return
    const body: unknown = await response.json().catch(() => undefined)
    const fields = new Map(Object.entries(body ?? {}))
    for (const name of RESPONSE_FIELDS) add(fields.get(name))
  }
  return {
    read: async (request, response) =>
      response === undefined ? readRequest(request) : readResponse(response),
    list: () => [...known],
  }
}
