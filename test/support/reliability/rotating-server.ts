import {randomUUID} from 'node:crypto'
import {once} from 'node:events'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

/**
 * Issues tokens without a sign-in, rotates them, and ends a grant when a refresh token is reused.
 */
interface RotatingServer {
  readonly url: string
  /** The number of refresh tokens received. */
  readonly refreshes: () => number
  /** The number received before another one was answered. */
  readonly overlaps: () => number
  /** The number of reused refresh tokens. */
  readonly reuses: () => number
  /** Whether a refresh token is the newest of a valid grant. */
  readonly isNewest: (refreshToken: string) => boolean
  readonly close: () => Promise<void>
}

interface Grant {
  newest: string
  isOver: boolean
}

/** `GET /login` and `GET /refresh?token=…` answer with an access and a refresh token. */
export async function startRotatingServer(): Promise<RotatingServer> {
  const grants = new Map<string, Grant>()
  let [refreshes, overlaps, unanswered, reuses] = [0, 0, 0, 0]
  const rotate = (grant: Grant): string => {
    grant.newest = `refresh-${randomUUID()}`
    grants.set(grant.newest, grant)
    return `access-${randomUUID()} ${grant.newest}`
  }
  const server = createServer(({url = '/'}, response) => {
    const {pathname, searchParams} = new URL(url, 'http://127.0.0.1')
    if (pathname === '/login') {
      response.end(rotate({newest: '', isOver: false}))
      return
    }
    refreshes += 1
    if (unanswered > 0) overlaps += 1
    unanswered += 1
    const token = searchParams.get('token') ?? ''
    const grant = grants.get(token)
    if (grant !== undefined && grant.newest !== token) {
      grant.isOver = true
      reuses += 1
    }
    const isRefused = grant === undefined || grant.isOver
    const body = isRefused ? 'invalid_grant' : rotate(grant)
    const answer = (): void => {
      unanswered -= 1
      response.writeHead(isRefused ? 400 : 200).end(body)
    }
    // Some are killed between the change and the answer, and between the answer and the write.
    setTimeout(answer, Math.random() * 6)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refreshes: () => refreshes,
    overlaps: () => overlaps,
    reuses: () => reuses,
    isNewest: (token) => {
      const grant = grants.get(token)
      return grant?.newest === token && !grant.isOver
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
