import type {AnswerLimits} from './answer-limits.js'

/** One request. `timeoutMs` bounds the whole of it; 30,000 when absent. */
export interface HttpRequest {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'
  readonly url: URL
  /** Names in any case. A credential may be in them: they are never logged. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly timeoutMs?: number
  /** What the answer may be; the usual limits when absent. */
  readonly limits?: AnswerLimits
  readonly signal?: AbortSignal | undefined
}

/** An answer, whatever its status. Header names are in lower case. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Whether a status says that it was done: some servers answer 201 where a standard has 200. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** The one way out of this process. No redirect is followed, nothing is repeated by itself. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>

/** One request whose answer is read while it comes: the whole may take as long as it likes. */
export interface HttpStreamRequest extends Omit<HttpRequest, 'limits' | 'timeoutMs'> {
  /** How long the server may say nothing, in milliseconds; 300,000 when absent. */
  readonly silenceMs?: number
  /** On a connection of its own: one that has waited may be over, and take the request with it. */
  readonly ownConnection?: boolean
}

/** An answer, whatever its status, whose body is still to come. Read it, or close it. */
export interface HttpStreamAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** To be read once; leaving it ends the connection. */
  readonly body: AsyncIterable<Uint8Array>
  /** Ends the connection, whatever is still to come. */
  close(): void
}

export type HttpStream = (request: HttpStreamRequest) => Promise<HttpStreamAnswer>

/** The one way out, for answers that come at once and for those that stream. */
export type StreamingHttp = Http & {readonly stream: HttpStream}
