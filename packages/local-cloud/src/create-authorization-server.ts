import type {AuthorizationServer, AuthorizationServerSettings} from './authorization-server.js'
import type {Profile} from './cloud-profile.js'

/** Loads only the selected version of the library: each takes half a second. */
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
