/**
 * An interceptor's result for a request: an answer; silence (`'hang'`: the connection stays open);
 * a broken connection (`'drop'`); or `undefined`, which passes the request on.
 */
export type Interception = Response | 'hang' | 'drop' | undefined

/**
 * Runs before the routes. It may wait, read the request, and call `serve` for the real answer, for
 * instance to drop it afterwards: then the server has acted and the client does not know.
 */
export type Interceptor = (
  request: Request,
  serve: () => Promise<Response>,
) => Promise<Interception>

/** A list of interceptors, the newest first. */
interface Interceptors {
  /** Adds one. @returns a function that removes it */
  readonly add: (interceptor: Interceptor) => () => void
  /** Calls each in turn; if none answers, serves the request. At most once. */
  readonly run: (
    request: Request,
    serve: () => Promise<Response>,
  ) => Promise<Response | 'hang' | 'drop'>
}

/** Creates an empty list. */
export function createInterceptors(): Interceptors {
  const list: Interceptor[] = []
  return {
    add(interceptor) {
      list.unshift(interceptor)
      return () => {
        const index = list.indexOf(interceptor)
        if (index >= 0) list.splice(index, 1)
      }
    },
    async run(request, serve) {
      let served: Promise<Response> | undefined
      const serveOnce = () => (served ??= serve())
      for (const interceptor of [...list]) {
        const answer = await interceptor(request.clone(), serveOnce)
        if (answer !== undefined) return answer
      }
      return serveOnce()
    },
  }
}
