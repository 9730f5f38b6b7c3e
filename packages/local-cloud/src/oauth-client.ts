import {parseUrl} from './parse-url.js'
import type {Row, Tables} from './tables.js'
import {rowsOf} from './tables.js'

/** The public client that the CLI signs in as (contract 4.2). */
export const CLIENT_ID = 'mogplex-cli'

/** Its name, for people. */
export const CLIENT_NAME = 'Mogplex CLI'

const CALLBACK_PORTS = [24816, 24818]
const CALLBACK_PATH = '/auth/callback'

/**
 * The redirect URIs of {@link CLIENT_ID}: those of the hosted service, compared exactly, and
 * 127.0.0.1 with every port of `morePorts`.
 */
export function redirectUris(morePorts: readonly number[] = []): string[] {
  const hosted = ['127.0.0.1', 'localhost'].flatMap((host) =>
    CALLBACK_PORTS.map((port) => `http://${host}:${port}${CALLBACK_PATH}`),
  )
  const more = morePorts.map((port) => `http://127.0.0.1:${port}${CALLBACK_PATH}`)
  return [...new Set([...hosted, ...more])]
}

/**
 * Writes the client into its table, replacing an older row. The library looks for clients only
 * there: the `mcp` plugin does not read its option `trustedClients`.
 */
export function registerClient(tables: Tables, uris: readonly string[]): void {
  const others = rowsOf(tables, 'oauthApplication').filter((row) => row.clientId !== CLIENT_ID)
  tables.oauthApplication = [...others, clientRow(uris)]
}

/**
 * @returns the origins that a sign-in may redirect to: the redirect URIs of every registered client
 */
export function redirectOrigins(tables: Tables): string[] {
  const uris = rowsOf(tables, 'oauthApplication').flatMap(({redirectUrls}) =>
    typeof redirectUrls === 'string' ? redirectUrls.split(',') : [],
  )
  const origins = uris.map((uri) => parseUrl(uri)?.origin ?? 'null')
  return [...new Set(origins.filter((origin) => origin !== 'null'))]
}

/** @returns the name of a client, for people */
export function clientName(tables: Tables, clientId: string): string | undefined {
  const row = rowsOf(tables, 'oauthApplication').find((client) => client.clientId === clientId)
  return typeof row?.name === 'string' ? row.name : undefined
}

function clientRow(uris: readonly string[]): Row {
  const now = new Date()
  return {
    id: CLIENT_ID,
    name: CLIENT_NAME,
    clientId: CLIENT_ID,
    clientSecret: '',
    type: 'public',
    redirectUrls: uris.join(','),
    metadata: null,
    icon: null,
    disabled: false,
    userId: null,
    createdAt: now,
    updatedAt: now,
  }
}
