import {randomBytes} from 'node:crypto'
import {once} from 'node:events'
import type {ServerResponse} from 'node:http'
import type {CallbackPage} from './callback-pages.js'

/** So long may a browser take to ask for the page that it was led to. */
export const MAX_DONE_MS = 2000

/** Nothing may keep the address of the redirect, which holds a code. */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  Connection: 'close',
  'Content-Length': '0',
}

/** A page at an address of its own: that of the callback holds the code and the state. */
export interface DonePage {
  /** Where it is, as long as it may be asked for; afterwards undefined. */
  readonly path: () => string | undefined
  /** Sends it, once. */
  readonly answer: (response: ServerResponse) => void
  /** Resolves when it was sent, or when nobody has asked for it in time. */
  readonly over: Promise<void>
}

/** Leads the browser from the callback to a page, which waits for it at an unguessable address. */
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
