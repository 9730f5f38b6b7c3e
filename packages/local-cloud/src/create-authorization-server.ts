import type {AuthorizationServer, AuthorizationServerSettings} from './authorization-server.js'
import type {Profile} from './cloud-profile.js'

/** Loads a line of the library, and only that one: each takes half a second. */
export async function createAuthorizationServer(
  profile: Profile,
  settings: AuthorizationServerSettings,
): Promise<AuthorizationServer> {
  if (profile === 'next') {
    const {createNextServer} = await import('./next-server.js')
    return createNextServer(settings)
  }
  const {createHostedServer} = await import('./hosted-server.js')
  return createHostedServer(settings)
}
