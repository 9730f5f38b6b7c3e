import type {ServerMetadata} from '../../../../src/adapters/authorization-server/discovery.js'

export const SERVER = 'https://id.example.com'

export const ENDPOINTS = {
  authorization_endpoint: `${SERVER}/api/auth/mcp/authorize`,
  token_endpoint: `${SERVER}/api/auth/mcp/token`,
}

interface Offered {
  readonly revocation?: boolean
  readonly device?: boolean
  /** More members of the document. */
  readonly document?: object
}

/** The metadata of a server, by default without revocation and device codes. */
export function makeMetadata({revocation, device, document}: Offered = {}): ServerMetadata {
  const [revoke, devices] = [`${SERVER}/revoke`, `${SERVER}/device/code`]
  return {
    issuer: SERVER,
    authorizationEndpoint: new URL(ENDPOINTS.authorization_endpoint),
    revocationEndpoint: revocation === true ? new URL(revoke) : undefined,
    deviceAuthorizationEndpoint: device === true ? new URL(devices) : undefined,
    issPromised: false,
    document: {
      issuer: SERVER,
      ...ENDPOINTS,
      ...(revocation === true && {revocation_endpoint: revoke}),
      ...(device === true && {device_authorization_endpoint: devices}),
      ...document,
    },
  }
}
