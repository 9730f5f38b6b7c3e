import type {Tables} from './tables.js'

/** A public client of the native kind (RFC 8252), registered by the operator. */
export interface NativeClient {
  readonly id: string
  readonly name: string
  readonly redirectUris: readonly string[]
}

/**
 * Writes the client into its table, replacing an older row, and allows it to request the resource.
 */
export function registerClient(
  tables: Tables,
  {id, name, redirectUris}: NativeClient,
  scopes: readonly string[],
  resource: string,
): void {
  const now = new Date()
  const others = (table: string) => (tables[table] ?? []).filter(({clientId}) => clientId !== id)
  tables.oauthClient = [
    ...others('oauthClient'),
    {
      id,
      clientId: id,
      name,
      redirectUris: [...redirectUris],
      scopes: [...scopes],
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      applicationType: 'native',
      tokenEndpointAuthMethod: 'none',
      requirePKCE: true,
      skipConsent: true, // first-party; `prompt=consent` asks all the same
      disabled: false,
      createdAt: now,
      updatedAt: now,
    },
  ]
  tables.oauthClientResource = [
    ...others('oauthClientResource'),
    {id: `${id} ${resource}`, clientId: id, resourceId: resource, createdAt: now},
  ]
}
