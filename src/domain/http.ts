/** One request. `timeoutMs` bounds the whole of it; 30,000 when absent. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  /** Names in any case. A credential may be in them: they are never logged. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs?: number
  /** No answer is longer; 8 MB when absent. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal | undefined
}

/** An answer, whatever its status. Header names are in lower case. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The one way out of this process. No redirect is followed, nothing is repeated by itself. */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>
