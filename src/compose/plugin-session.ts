import type {AuthNeed, RequestOptions, Session} from '@mogplex/plugin-kit/session'
import {createMogplexApi} from '../adapters/mogplex-api.js'
import {isAuthNeed, UnknownAuthNeedError} from '../domain/credential/auth-need.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {identityOf} from '../domain/credential/identity.js'
import type {Http, HttpRequest, HttpStreamRequest, StreamingHttp} from '../domain/network/http.js'
import {type PluginOwner, userAgentOf} from '../domain/plugin/plugin-owner.js'
import type {AccountAccess} from '../services/account-access.js'
import {shownProfile} from './our-profile.js'
import {accountIn, attachedRuns, rememberRun} from './runs.js'
import type {SharedServices} from './shared-services.js'

/**
 * What a plugin gets from us: see the kit's `Session`. The request code is loaded for the first
 * request.
 */
export function composePluginSession(
  shared: SharedServices,
  access: AccountAccess,
  gate: (need: AuthNeed) => Promise<void>,
  owner: PluginOwner | undefined,
): Omit<Session, 'choose'> {
  const {session, http, recorder, userAgent, profile} = shared
  const named = withUserAgent(http, userAgentOf(userAgent, owner))
  const load = async () => {
    const [service, {createRoute}, {retryingHttp}, {pause}] = await Promise.all([
      import('../services/ask-account.js'),
      import('../adapters/mogplex-api/any-route.js'),
      import('../adapters/mogplex-api/retrying-http.js'),
      import('../adapters/pause.js'),
    ])
    const routes = {
      whole: named,
      stream: named.stream,
      patient: (each: Http, isHarmless: boolean) => retryingHttp(each, pause, isHarmless),
    }
    const ports: Parameters<typeof service.askAccount>[0] = {
      session,
      access,
      ask: async (request, credential) =>
        createRoute(routes, apiBaseUrl(credential, session.settings))(request, credential),
      mayWrite: async (credential) =>
        createMogplexApi(named, apiBaseUrl(credential, session.settings)).mayWrite(credential),
    }
    return {service, ports}
  }
  const loadKept = async () => {
    const [{keepForPlugin}, {KeptFile}] = await Promise.all([
      import('../services/keep-for-plugin.js'),
      import('../adapters/kept-file.js'),
    ])
    const file = owner && new KeptFile(shared, owner.name)
    return keepForPlugin({file, account: () => accountIn(shared)})
  }
  return {
    version: 1,
    async identity() {
      const shown = shownProfile(profile)
      const identity = identityOf(session.resolution, session.settings.issuer)
      return Promise.resolve({...(shown && {profile: shown}), ...identity})
    },
    async site() {
      const account = session.tryResolution()?.account
      const {settings} = session
      return Promise.resolve(
        account?.kind === 'credential'
          ? apiBaseUrl(account.credential, settings)
          : settings.baseUrl,
      )
    },
    require: async (need) => {
      // A plugin may pass any text, whatever the types say.
      if (!isAuthNeed(need)) throw new UnknownAuthNeedError('The plugin')
      await gate(need)
    },
    async can(scope) {
      const {service, ports} = await load()
      return service.mayAccount(ports, scope)
    },
    // The return type depends on the options, and the plugin itself asserts the shape of JSON.
    request: (async (path: string, options?: RequestOptions) => {
      const {service, ports} = await load()
      return service.askAccount(ports, path, options)
    }) as Session['request'],
    async mcpServers(options) {
      const {service, ports} = await load()
      return service.mcpServersOf(ports, options)
    },
    async recentRuns() {
      const runs = attachedRuns(shared).map(({id, branch}) => ({id, branch}))
      return Promise.resolve(runs)
    },
    rememberRun: async (run) => rememberRun(shared, run),
    kept: async (name) => (await loadKept()).kept(name),
    keep: async (name, change) => (await loadKept()).keep(name, change),
    async log(event, fields) {
      const {recordOfPlugin} = await import('../recording/plugin-records.js')
      await recordOfPlugin(recorder, owner, {event, fields})
    },
  }
}

function withUserAgent(http: StreamingHttp, userAgent: string): StreamingHttp {
  const named = <R extends Pick<HttpRequest, 'headers'>>(request: R): R => ({
    ...request,
    headers: {'user-agent': userAgent, ...request.headers},
  })
  return Object.assign(async (request: HttpRequest) => http(named(request)), {
    stream: async (request: HttpStreamRequest) => http.stream(named(request)),
  })
}
