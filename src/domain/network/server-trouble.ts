import {hostOf} from './addresses.js'
import {RateLimitedError} from '../errors/later.js'
import {RemoteError} from '../errors/remote.js'
import type {HttpAnswer} from './http.js'

/**
 * What a status says whatever the endpoint: 408, 429 and 5xx; `undefined` for all others.
 *
 * @param address - of the server, for the message
 */
export function serverTrouble(
  answer: HttpAnswer,
  address: string,
): RateLimitedError | RemoteError | undefined {
  const {status} = answer
  if (status === 429) return new RateLimitedError(hostOf(address), retryAfterSeconds(answer))
  if (status !== 408 && status < 500) return undefined
  const seconds = retryAfterSeconds(answer)
  return new RemoteError(
    `${hostOf(address)} is in trouble: it answers ${status}.`,
    `Try again in ${seconds === undefined ? 'a while' : `${seconds} s`}. Nothing stored was changed.`,
    seconds,
  )
}

/** `Retry-After`, else the hosted service's `X-Retry-After` (contract 4.7), in seconds. */
export function retryAfterSeconds({headers}: Pick<HttpAnswer, 'headers'>): number | undefined {
  const {date} = headers
  return secondsOf(headers['retry-after'], date) ?? secondsOf(headers['x-retry-after'], date)
}

function secondsOf(value = '', date = ''): number | undefined {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  const milliseconds = Date.parse(value) - Date.parse(date)
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, Math.ceil(milliseconds / 1000))
}
