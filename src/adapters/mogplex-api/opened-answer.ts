import {
  MAX_BYTES_FOR_PLUGIN,
  REFUSAL_LIMITS,
  sizeText,
  tooLarge,
} from '../../domain/network/answer-limits.js'
import {
  type Http,
  type HttpStream,
  type HttpStreamAnswer,
  isSuccess,
} from '../../domain/network/http.js'

const BODILESS = [204, 205]
/** A cookie would be a credential, and is useless to a plugin. */
const COOKIES = 'set-cookie'

/**
 * A request function whose successful answer is opened, not read: its body is empty, and the
 * pending stream is kept separately. A refusal is read, up to its limit.
 *
 * @param silenceMs - the longest wait for the first and for each further chunk
 */
export function openingHttp(
  stream: HttpStream,
  silenceMs: number,
): {readonly http: Http; readonly opened: () => HttpStreamAnswer} {
  let opened: HttpStreamAnswer | undefined
  return {
    async http({timeoutMs: _whole, limits: _limits, ...request}) {
      const answer = await stream({...request, silenceMs})
      const {status, headers} = answer
      if (isSuccess(status)) {
        opened = answer
        return {status, headers, body: ''}
      }
      return {status, headers, body: await beginningOf(answer)}
    },
    opened() {
      if (opened === undefined) throw new Error('Nothing was opened.')
      return opened
    },
  }
}

/** A standard `Response`. Errors of its body are ours. */
export function responseOf(answer: HttpStreamAnswer): Response {
  const {status, headers, body} = answer
  const {[COOKIES]: _cookies, ...shown} = headers
  const hasBody = !BODILESS.includes(status)
  const close = (): void => answer.close()
  if (!hasBody) close()
  return new Response(hasBody ? streamOf(body, close) : null, {status, headers: shown})
}

function streamOf(
  chunks: AsyncIterable<Uint8Array>,
  close: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const next = await iterator.next()
        if (next.done === true) controller.close()
        else controller.enqueue(new Uint8Array(next.value))
      },
      cancel: close,
    },
    {highWaterMark: 0}, // nothing is read before it is requested
  )
}

/** @throws {AnswerTooLargeError} exit 69 */
export async function bytesOf({body}: HttpStreamAnswer, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > MAX_BYTES_FOR_PLUGIN) throw tooLarge(host, sizeText(MAX_BYTES_FOR_PLUGIN))
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

async function beginningOf({body}: HttpStreamAnswer): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length > REFUSAL_LIMITS.bytes) break
  }
  return Buffer.concat(chunks).toString('utf8')
}
