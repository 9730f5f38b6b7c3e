import type {ServerMetadata} from '../../../../src/adapters/authorization-server/discovery.js'

export const SERVER = 'https://id.example.com'

export const ENDPOINTS = {
  authorization_endpoint: `${SERVER}/api/auth/mcp/authorize`,
  token_endpoint: `${SERVER}/api/auth/mcp/token`,
}

/** The metadata of a server that offers revocation only when it is asked for. */
export function makeMetadata({revocation = false} = {}): ServerMetadata {
  const endpoint = `${SERVER}/revoke`
  return {
    issuer: SERVER,
    authorizationEndpoint: new URL(ENDPOINTS.authorization_endpoint),
    tokenEndpoint: new URL(ENDPOINTS.token_endpoint),
    revocationEndpoint: revocation ? new URL(endpoint) : undefined,
    issPromised: false,
    document: {
      ...{issuer: SERVER, ...ENDPOINTS},
      ...(revocation && {revocation_endpoint: endpoint}),
    },
  }
}
