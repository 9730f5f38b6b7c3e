import type {HttpRequest, HttpStreamRequest, StreamingHttp} from '../../src/domain/network/http.js'

export interface GivenAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The body, in the chunks in which it arrives. */
  readonly chunks: readonly (string | Uint8Array)[]
  /** The error that the body ends with, if any. */
  readonly failure?: Error
}

/** An HTTP client that answers every request with this, and records the requests. */
export function givenHttp(given: GivenAnswer) {
  const requests: (HttpRequest | HttpStreamRequest)[] = []
  const closed = {times: 0}
  const {status = 200, headers = {}, chunks, failure} = given
  const bytes = chunks.map((chunk) =>
    typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk,
  )
  async function* body(): AsyncGenerator<Uint8Array, void> {
    yield* bytes
    if (failure !== undefined) throw failure
  }
  const stream: StreamingHttp['stream'] = async (request) => {
    requests.push(request)
    return Promise.resolve({status, headers, body: body(), close: () => void (closed.times += 1)})
  }
  const plain = async (request: HttpRequest) => {
    requests.push(request)
    return Promise.resolve({status, headers, body: Buffer.concat(bytes).toString()})
  }
  const http: StreamingHttp = Object.assign(plain, {stream})
  return {http, requests, closed}
}
