import {UnreachableError} from '../../domain/errors/remote.js'
import type {Http, HttpAnswer} from '../../domain/network/http.js'
import {retryAfterSeconds} from '../../domain/network/server-trouble.js'
import type {Pause} from '../pause.js'

const MOST_SECONDS = 5
const MOST_ATTEMPTS = 3

/**
 * Repeats a `GET`, and nothing else: when the server says to come back within five seconds, and
 * once when it got no answer.
 */
export function patientHttp(http: Http, pause: Pause): Http {
  return async (request) => {
    if (request.method !== 'GET') return http(request)
    let unanswered = 0
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await http(request)
        const seconds = waitOf(answer)
        if (seconds === undefined || attempt === MOST_ATTEMPTS) return answer
        await pause(seconds * 1000, request.signal)
      } catch (error) {
        unanswered += 1
        if (!(error instanceof UnreachableError) || unanswered > 1) throw error
      }
    }
  }
}

function waitOf(answer: HttpAnswer): number | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined
  const seconds = retryAfterSeconds(answer)
  return seconds === undefined || seconds > MOST_SECONDS ? undefined : seconds
}
