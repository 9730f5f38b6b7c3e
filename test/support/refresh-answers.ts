import type {Interceptor, ServerStage} from './server-stage.js'

type Interception = Awaited<ReturnType<Interceptor>>

/** Runs a function before the token endpoint for refreshes only, until the test is over. */
function interceptRefreshes(
  server: ServerStage,
  answer: (serve: () => Promise<Response>, request: Request) => Promise<Interception>,
): void {
  server.intercept(async (request, serve) => {
    if (request.method !== 'POST') return undefined
    const form = new URLSearchParams(await request.clone().text())
    return form.get('grant_type') === 'refresh_token' ? answer(serve, request) : undefined
  })
}

/**
 * Removes the refresh token from every answer to a refresh: the client keeps its old one (RFC 6749
 * §6). Only for a server whose refresh tokens stay valid.
 */
export function withoutRotation(server: ServerStage): void {
  if (server.traits.usedRefreshToken !== 'stays good') {
    throw new Error(`Used refresh tokens do not stay good at ${server.kind}.`)
  }
  interceptRefreshes(server, async (serve) => {
    const served = await serve()
    const {refresh_token: _left, ...rest} = (await served.json()) as Record<string, unknown>
    return Response.json(rest, {status: served.status})
  })
}

/** Lets the server act, and then drops its answers to the next refreshes. */
export function loseRefreshAnswers(server: ServerStage, times = 1): void {
  let left = times
  interceptRefreshes(server, async (serve) => {
    if (left <= 0) return undefined
    left -= 1
    await serve()
    return 'drop'
  })
}
