import {REPEATS, waitBeforeRepeat} from '../../domain/network/repeating.js'
import type {Http, HttpAnswer, HttpRequest} from '../../domain/network/http.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import type {Pause} from '../pause.js'

/**
 * Repeats failed `GET` requests by the rule for reading, and others only when that is safe.
 *
 * @param isHarmless - the request may be sent twice: the server acts on it once
 */
export function retryingHttp(http: Http, pause: Pause, isHarmless = false): Http {
  return async (request) => {
    if (request.method !== 'GET' && !isHarmless) return http(request)
    const rule = request.method === 'GET' ? REPEATS.reading : REPEATS.harmless
    let [answered, unanswered, elapsedMs] = [0, 0, 0]
    for (;;) {
      const result = await answerTo(http, request)
      const isAnswer = 'answer' in result
      const error = isAnswer ? serverTrouble(result.answer, request.url.href) : result.error
      const repeats = isAnswer ? answered++ : unanswered++
      const waitMs = waitBeforeRepeat(rule, error, {repeats, elapsedMs})
      if (waitMs === undefined || request.signal?.aborted === true) {
        if (isAnswer) return result.answer
        throw result.error
      }
      await pause(waitMs, request.signal)
      elapsedMs += waitMs
    }
  }
}

async function answerTo(
  http: Http,
  request: HttpRequest,
): Promise<{readonly answer: HttpAnswer} | {readonly error: unknown}> {
  try {
    return {answer: await http(request)}
  } catch (error) {
    return {error}
  }
}
