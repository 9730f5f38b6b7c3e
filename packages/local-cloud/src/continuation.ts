/** How the library continues an authorization request that a page has returned. */
type Continuation = {readonly location: string} | 'over' | undefined

/**
 * Reads the library's answer to a page.
 *
 * @returns where the browser goes next; `'over'` for a query with a wrong signature or older than
 *   ten minutes; `undefined` when the answer is about something else
 */
export async function readContinuation(answer: Response): Promise<Continuation> {
  const body: unknown = await answer.json().catch(() => undefined)
  if (typeof body !== 'object' || body === null) return
  if ('error' in body && body.error === 'invalid_signature') return 'over'
  return 'url' in body && typeof body.url === 'string' ? {location: body.url} : undefined
}
