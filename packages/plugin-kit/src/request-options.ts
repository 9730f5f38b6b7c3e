/** How to ask Mogplex's API; a plain `GET` when absent. */
export interface RequestOptions {
  method?: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'
  /** Added to the path; what is `undefined` is left out. */
  query?: Readonly<Record<string, boolean | number | string | undefined>>
  /** Sent as JSON, bytes as they are; not with `GET`. */
  body?: unknown
  /** The media type of bytes in the body; `application/octet-stream` when absent. */
  contentType?: string
  /**
   * The header `Idempotency-Key`: a repeated start of a run then starts no second one. Such a request
   * is `repeatable`, unless told otherwise.
   */
  idempotencyKey?: string
  /**
   * The API does it once however often it is asked, as it cancels a run: where the answer is lost, or
   * the server fails, it is asked again, up to three times for each.
   */
  repeatable?: boolean
  /** Ends the request, with exit code 130; of a `Response` its body, too. */
  signal?: AbortSignal | undefined
  /**
   * For each attempt; 15,000 when absent. Of bytes and of a `Response` it is the longest time without
   * any of them.
   */
  timeoutMs?: number
  /**
   * What the request is to give, by default `json`: what is in the envelope's `data`. `text` is the
   * body as UTF-8, `bytes` the body of at most 64 MB. `response` is the standard's `Response` (Fetch,
   * section 6.4), with status and headers but for cookies, once these are there: read its body, as a
   * stream of any length or by one of its methods, or cancel it.
   */
  responseType?: ResponseType
}

/** The forms in which an answer can be had; see {@link RequestOptions.responseType}. */
export type ResponseType = 'bytes' | 'json' | 'response' | 'text'
