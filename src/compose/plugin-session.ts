import type {AuthNeed, Session} from '@mogplex/plugin-kit/session'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import {isAuthNeed, UnknownAuthNeedError} from '../domain/credential/auth-need.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {identityOf} from '../domain/credential/identity.js'
import type {AccountAccess} from '../services/account-access.js'
import type {World} from './world.js'

/** What a plugin gets of us: see the kit's `Session`. What takes a request is loaded for one. */
export function composePluginSession(
  {session, http}: Pick<World, 'http' | 'session'>,
  access: AccountAccess,
  gate: (need: AuthNeed) => Promise<void>,
): Session {
  const load = async () => {
    const [service, {createRoute}, {patientHttp}, {pause}] = await Promise.all([
      import('../services/ask-account.js'),
      import('../adapters/mogplex-api/any-route.js'),
      import('../adapters/mogplex-api/patient-http.js'),
      import('../adapters/pause.js'),
    ])
    const patient = patientHttp(http, pause)
    const ports: Parameters<typeof service.askAccount>[0] = {
      ...{session, access},
      ask: async (request, credential) =>
        createRoute(patient, apiBaseUrl(credential, session.settings))(request, credential),
      mayWrite: async (credential) =>
        createMogplexApi(http, apiBaseUrl(credential, session.settings)).mayWrite(credential),
    }
    return {service, ports}
  }
  return {
    version: 1,
    identity: async () => Promise.resolve(identityOf(session.resolution, session.settings.issuer)),
    require: async (need) => {
      // What a plugin asks for is a text of its own, whatever its types say.
      if (!isAuthNeed(need)) throw new UnknownAuthNeedError('The plugin')
      await gate(need)
    },
    async can(scope) {
      const {service, ports} = await load()
      return service.mayAccount(ports, scope)
    },
    async request<T>(path: string, options?: Parameters<Session['request']>[1]) {
      const {service, ports} = await load()
      // Its shape is the plugin's own guess, as the kit says.
      return (await service.askAccount(ports, path, options)) as T
    },
    async mcpServers(options) {
      const {service, ports} = await load()
      return service.mcpServersOf(ports, options)
    },
  }
}
