import {failure, success, toLogin} from './answers.js'
import {KEY_PREFIX} from './api-key.js'
import {bearerToken, type Caller} from './caller.js'
import {mcpServersOf} from './demo-mcp-servers.js'
import {answerMcp, errorOf} from './mcp/mcp-endpoint.js'
import {KEY_LIMIT} from './key-limiter.js'
import {modelsForV1, modelsOf} from './model-listings.js'
import {listRepositories} from './repositories.js'
import {RUN_ROUTES} from './runs/run-routes.js'
import {SANDBOX_ROUTES} from './sandboxes.js'
import type {Site} from './site.js'
import type {V1Route} from './v1-route.js'
import {resourceMetadataUrl} from './well-known.js'

/** The path of the versioned API. */
export const V1_ROOT = '/api/v1/mogplex'

const MCP_PATH = `${V1_ROOT}/mcp`

const ROUTES: readonly V1Route[] = [
  {method: 'GET', path: /^\/repos$/, answer: listRepositories},
  {
    method: 'GET',
    path: /^\/models$/,
    scope: 'read',
    answer: ({account}) => success({models: modelsForV1(modelsOf(account))}),
  },
  {
    method: 'GET',
    path: /^\/mcp\/servers$/,
    scope: 'read',
    answer: ({account}) => success({servers: mcpServersOf(account)}),
  },
  ...RUN_ROUTES,
  ...SANDBOX_ROUTES,
]

/**
 * The versioned API (contract sections 3 and 6 to 9): a request without an `Authorization` header
 * is handled by the gate of the web app; an invalid credential gets a 401 that says where to sign
 * in; the scope is checked before anything else.
 */
export async function answerV1(request: Request, url: URL, site: Site): Promise<Response> {
  const caller = await authenticate(site, bearerToken(request.headers))
  if (!caller && url.pathname === MCP_PATH) return mcpUnauthorized(site.base)
  if (!request.headers.has('authorization')) return toLogin(url)
  if (!caller) {
    const challenge = {'www-authenticate': challengeOf(resourceMetadataUrl(site.base))}
    const message = 'The access token or API key is missing, invalid, expired or revoked.'
    return failure('UNAUTHORIZED', message, challenge)
  }
  if (caller === 'rate-limited') {
    const message = `An API key may be used ${KEY_LIMIT.requests} times in ${KEY_LIMIT.seconds} seconds.`
    return failure('RATE_LIMITED', message, {'retry-after': String(KEY_LIMIT.seconds)})
  }
  if (url.pathname === MCP_PATH) return answerMcp(request, caller, site)
  const path = url.pathname.slice(V1_ROOT.length)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const route = ROUTES.find((one) => one.method === method && one.path.test(path))
  if (!route) return failure('NOT_FOUND', 'There is no such resource.')
  const {scope, answer} = route
  if (scope !== undefined && !caller.scopes.includes(scope)) {
    return failure('FORBIDDEN', `This needs the scope "${scope}".`)
  }
  return answer(caller, url, request, site)
}

async function authenticate(
  {server, keys}: Site,
  token: string | undefined,
): Promise<Caller | 'rate-limited' | undefined> {
  if (token === undefined) return
  return token.startsWith(KEY_PREFIX) ? keys.check(token) : server.findCaller(token)
}

/** The MCP route comes before the gate and uses JSON-RPC (contract section 3). */
function mcpUnauthorized(base: string): Response {
  const challenge = challengeOf(resourceMetadataUrl(base, MCP_PATH))
  return Response.json(errorOf(-32_001, 'Unauthorized'), {
    status: 401,
    headers: {'www-authenticate': challenge},
  })
}

function challengeOf(metadataUrl: string): string {
  return `Bearer resource_metadata="${metadataUrl}"`
}
