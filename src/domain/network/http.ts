import type {AnswerLimits} from './answer-limits.js'

/** One request. `timeoutMs` limits the whole request; 30,000 when absent. */
export interface HttpRequest {
  readonly method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'
  readonly url: URL
  /** Names in any case. They may contain a credential: they are never logged. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly timeoutMs?: number
  /** The limits of the answer; the default limits when absent. */
  readonly limits?: AnswerLimits
  readonly signal?: AbortSignal | undefined
}

/** An answer with any status. Header names are in lower case. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Whether a status means success: some servers answer 201 where a standard has 200. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** All requests of this process go through this. Follows no redirect, repeats nothing. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>

/** One request whose answer is read while it arrives: the whole may take any time. */
export interface HttpStreamRequest extends Omit<HttpRequest, 'limits' | 'timeoutMs'> {
  /** How long the server may be silent, in milliseconds; 300,000 when absent. */
  readonly silenceMs?: number
  /** On a new connection: an idle one may be closed, and the request lost with it. */
  readonly ownConnection?: boolean
}

/** An answer with any status, whose body is still to come. Read it, or close it. */
export interface HttpStreamAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** To be read once; leaving the loop closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
  /** Closes the connection, even if more is to come. */
  close(): void
}

export type HttpStream = (request: HttpStreamRequest) => Promise<HttpStreamAnswer>

/** Sends all requests, for whole answers and for streams. */
export type StreamingHttp = Http & {readonly stream: HttpStream}
