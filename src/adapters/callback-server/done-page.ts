import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import type {ServerResponse} from 'node:http'
import type {CallbackPage} from './callback-pages.js'

/** How long a browser may take to request the page after the redirect. */
export const MAX_DONE_MS = 2000

/** The address of the redirect contains a code: it must not be stored anywhere. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  Connection: 'close',
  'Content-Length': '0',
}

/** A page at a separate address: that of the callback contains the code and the state. */
export interface DonePage {
  /** Its address while it may be requested; afterwards undefined. */
  readonly path: () => string | undefined
  /** Sends it, once. */
  readonly answer: (response: ServerResponse) => void
  /** Resolves when it was sent, or was not requested in time. */
  readonly over: Promise<void>
}

/** Redirects the browser from the callback to a page at an unguessable address. */
export function leadToDonePage(callback: ServerResponse, page: CallbackPage): DonePage {
  const inTime = AbortSignal.timeout(MAX_DONE_MS)
  const asked = new AbortController()
  let path: string | undefined = `/auth/done/${randomBytes(16).toString('base64url')}`
  const over = once(asked.signal, 'abort', {signal: inTime})
    .then(() => undefined)
    .catch(() => undefined)
    .finally(() => (path = undefined))
  callback.writeHead(303, {...HEADERS, Location: path}).end()
  return {
    path: () => path,
    over,
    answer(response) {
      path = undefined
      response.once('close', () => {
        asked.abort()
      })
      response.writeHead(page.status, page.headers).end(page.html)
    },
  }
}
