import {getOAuthProviderApi} from '@better-auth/oauth-provider'
import {createAuthEndpoint} from 'better-auth/api'

/** The owner of a valid access token, and its scopes. */
export interface TokenOwner {
  readonly userId: string
  readonly scopes: readonly string[]
}

/**
 * Adds `api.ownerOf`, which is not reachable from outside: it asks the library itself whether the
 * access token in the header is valid, JWT or opaque.
 */
export function accessTokens(options: Parameters<typeof getOAuthProviderApi>[1]) {
  return {
    id: 'access-tokens' as const,
    endpoints: {
      ownerOf: createAuthEndpoint(
        '/owner-of',
        {method: 'GET', requireHeaders: true, metadata: {SERVER_ONLY: true}},
        async (context): Promise<TokenOwner | undefined> => {
          const token = context.headers.get('authorization') ?? ''
          const {active, sub, scope} = await look(getOAuthProviderApi(context, options), token)
          if (active !== true || typeof sub !== 'string') return
          return {userId: sub, scopes: typeof scope === 'string' ? scope.split(' ') : []}
        },
      ),
    },
  }
}

/** An unknown token is an error for the library, an expired one is not. */
async function look(
  api: ReturnType<typeof getOAuthProviderApi>,
  token: string,
): Promise<Record<string, unknown>> {
  try {
    return await api.validateAccessToken(token)
  } catch {
    return {active: false}
  }
}
