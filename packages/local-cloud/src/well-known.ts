const AUTHORIZATION_SERVER = '/.well-known/oauth-authorization-server'
const PROTECTED_RESOURCE = '/.well-known/oauth-protected-resource'
const RESOURCES = ['', '/api/v1/mogplex/mcp']
const SERVICE_SCOPES = ['read', 'write']

/** The library's own document (RFC 8414), and its issuer. */
interface Documents {
  readonly base: string
  readonly discovery: (request: Request) => Promise<Response>
}

/**
 * The documents below `/.well-known` (contract 4.1). There is no `openid-configuration`.
 *
 * @returns `undefined` for any other path
 */
export async function answerWellKnown(
  request: Request,
  {pathname}: URL,
  {base, discovery}: Documents,
): Promise<Response | undefined> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return
  if (pathname === AUTHORIZATION_SERVER) return describeServer(await discovery(request))
  const resource = RESOURCES.find((path) => pathname === PROTECTED_RESOURCE + path)
  return resource === undefined ? undefined : protectedResourceMetadata(base, resource)
}

/** The address of a resource's metadata: its path follows the well-known part (RFC 9728 §3.1). */
export function resourceMetadataUrl(base: string, path = ''): string {
  return base + PROTECTED_RESOURCE + path
}

/** RFC 8414: the library's own document, with the scopes of the API appended by the service. */
async function describeServer(answer: Response): Promise<Response> {
  const metadata: unknown = await answer.json()
  if (typeof metadata !== 'object' || metadata === null) return answer
  const known: unknown = 'scopes_supported' in metadata ? metadata.scopes_supported : []
  const scopes = [...(Array.isArray(known) ? known.map(String) : []), ...SERVICE_SCOPES]
  return Response.json({...metadata, scopes_supported: scopes}, {headers: answer.headers})
}

/** RFC 9728. */
function protectedResourceMetadata(base: string, path: string): Response {
  const metadata = {
    resource: base + path,
    authorization_servers: [base],
    scopes_supported: SERVICE_SCOPES,
    resource_documentation: `${base}/`,
  }
  return Response.json(metadata, {headers: {'access-control-allow-origin': '*'}})
}
