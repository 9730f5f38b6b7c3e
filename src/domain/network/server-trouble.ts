import {hostOf} from './addresses.js'
import {RateLimitedError} from '../errors/later.js'
import {RemoteError, UnavailableError} from '../errors/remote.js'
import {answeredBy, requestIdOf, tryAgain} from '../errors/server-facts.js'
import type {HttpAnswer} from './http.js'

/**
 * The error for a status that means the same at every endpoint: 408, 429 and 5xx; else `undefined`.
 *
 * @param address - of the server, for the message
 */
export function serverTrouble(
  answer: HttpAnswer,
  address: string,
): RateLimitedError | RemoteError | undefined {
  const {status} = answer
  if (status === 429) {
    return answeredBy(answer, new RateLimitedError(hostOf(address), retryAfterSeconds(answer)))
  }
  if (status !== 408 && status < 500) return undefined
  return inTrouble(answer, hostOf(address), {after: ' Nothing stored was changed.'})
}

/**
 * A server that answers 408 or 5xx.
 *
 * @param words - the server's own text, as part of a sentence; and text to add to the advice
 */
export function inTrouble(
  answer: Pick<HttpAnswer, 'headers' | 'status'>,
  host: string,
  {said, after = ''}: {readonly said?: string | undefined; readonly after?: string} = {},
): RemoteError {
  const seconds = retryAfterSeconds(answer)
  const id = requestIdOf(answer.headers)
  const why = `${said === undefined ? '' : `: ${said}`}${id === undefined ? '' : ` (request id ${id})`}`
  const remedy = seconds === undefined ? 'Try again in a while.' : tryAgain(seconds)
  const message = `${host} is in trouble: it answers ${answer.status}${why}.`
  const TroubleError =
    answer.status === 503 && seconds !== undefined ? UnavailableError : RemoteError
  return answeredBy(answer, new TroubleError(message, `${remedy}${after}`, seconds))
}

/** `Retry-After`, otherwise the hosted service's `X-Retry-After` (contract 4.7), in seconds. */
export function retryAfterSeconds({headers}: Pick<HttpAnswer, 'headers'>): number | undefined {
  const {date} = headers
  return secondsOf(headers['retry-after'], date) ?? secondsOf(headers['x-retry-after'], date)
}

function secondsOf(value = '', date = ''): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const milliseconds = Date.parse(value) - Date.parse(date)
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, Math.ceil(milliseconds / 1000))
}
