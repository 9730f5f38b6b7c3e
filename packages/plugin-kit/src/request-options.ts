/** Options of a request to Mogplex's API; a plain `GET` when absent. */
export interface RequestOptions {
  method?: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'
  /** Added to the path; `undefined` values are left out. */
  query?: Readonly<Record<string, boolean | number | string | undefined>>
  /** Sent as JSON, bytes unchanged; not with `GET`. */
  body?: unknown
  /** The media type of bytes in the body; `application/octet-stream` when absent. */
  contentType?: string
  /**
   * The header `Idempotency-Key`: repeating the start of a run does not start a second one. Such a
   * request is `repeatable` by default.
   */
  idempotencyKey?: string
  /**
   * The API does it once however often it is requested, as with cancelling a run: where the answer
   * is lost, or the server fails, it is repeated, up to three times for each.
   */
  repeatable?: boolean
  /** Aborts the request, with exit code 130; for a `Response` its body, too. */
  signal?: AbortSignal | undefined
  /**
   * For each attempt; 15,000 when absent. For bytes and a `Response` it is the longest time without
   * any data.
   */
  timeoutMs?: number
  /**
   * The form of the result, by default `json`: the contents of the envelope's `data`. `text` is the
   * body as UTF-8, `bytes` the body of at most 64 MB. `response` is a standard `Response` (Fetch,
   * section 6.4), with status and headers except cookies, once these have arrived: read its body,
   * as a stream of any length or by one of its methods, or cancel it.
   */
  responseType?: ResponseType
}

/** The forms of a result; see {@link RequestOptions.responseType}. */
export type ResponseType = 'bytes' | 'json' | 'response' | 'text'
