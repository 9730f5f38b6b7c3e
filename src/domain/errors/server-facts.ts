import type {HttpAnswer} from '../network/http.js'
import {printable} from '../text/printable.js'
import {fieldOf} from '../text/thrown.js'

export const LONGEST_ID = 128

/** What is known about the response that an error is about. */
export interface ServerFacts {
  /** The HTTP status. */
  readonly status?: number
  /** As the server sent it, whatever its length. */
  readonly retryAfterSeconds?: number
  /** Lets the server's operator find the request; printable. */
  readonly requestId?: string
}

/** Attaches to an error the response that it is about. @returns that error */
export function answeredBy<E extends Error>(
  {status, headers}: Pick<HttpAnswer, 'headers' | 'status'>,
  error: E,
): E {
  const requestId = requestIdOf(headers)
  return Object.assign(error, {status}, requestId !== undefined && {requestId})
}

/** The server's request id, or that of the platform under the hosted service (contract 6). */
export function requestIdOf(headers: HttpAnswer['headers']): string | undefined {
  const ids = [headers['x-request-id'], headers['x-vercel-id']]
  return ids.map((id) => printable(id ?? '', LONGEST_ID)).find((id) => id !== '')
}

/** What an error knows about a response, whichever code created it. */
export function serverFactsOf(error: unknown): ServerFacts {
  const status = fieldOf(error, 'status')
  const seconds = fieldOf(error, 'retryAfterSeconds')
  const requestId = fieldOf(error, 'requestId')
  return {
    ...(isCount(status) && status >= 100 && status < 1000 && {status}),
    ...(isCount(seconds) && {retryAfterSeconds: seconds}),
    ...(typeof requestId === 'string' && requestId !== '' && {requestId}),
  }
}

/** When to try again, as an imperative for a person. */
export function tryAgain(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  const hours = Math.ceil(minutes / 60)
  if (seconds <= 0) return 'Try again now.'
  if (seconds <= 120) return `Try again in ${Math.ceil(seconds)} s.`
  if (minutes <= 120) return `Try again in ${minutes} min.`
  if (hours <= 24) return `Try again in ${hours} h.`
  return hours <= 48 ? 'Try again tomorrow.' : 'Try again later.'
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
