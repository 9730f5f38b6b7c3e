import {REPEATS, waitBeforeRepeat} from '../../domain/network/repeating.js'
import type {Http, HttpAnswer, HttpRequest} from '../../domain/network/http.js'
import {serverTrouble} from '../../domain/network/server-trouble.js'
import type {Pause} from '../pause.js'

/** Repeats a `GET`, and nothing else, as the rule for reading says. */
export function patientHttp(http: Http, pause: Pause): Http {
  return async (request) => {
    if (request.method !== 'GET') return http(request)
    let [answered, unanswered, elapsedMs] = [0, 0, 0]
    for (;;) {
      const result = await answerTo(http, request)
      const isAnswer = 'answer' in result
      const error = isAnswer ? serverTrouble(result.answer, request.url.href) : result.error
      const repeats = isAnswer ? answered++ : unanswered++
      const waitMs = waitBeforeRepeat(REPEATS.reading, error, {repeats, elapsedMs})
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
