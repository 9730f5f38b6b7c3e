import type {ApiKeys} from './api-keys.js'
import type {AuthorizationServer} from './authorization-server.js'
import type {Profile} from './cloud-profile.js'
import type {RunStore} from './runs/run-store.js'
import type {RunLimiter} from './runs/run-limiter.js'

/**
 * The services for every route: the address, the authorization server, the API keys, and the runs.
 */
export interface Site {
  /** The origin, `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly base: string
  readonly profile: Profile
  readonly server: AuthorizationServer
  readonly keys: ApiKeys
  readonly runs: RunStore
  readonly runLimiter: RunLimiter
  /** What inference accepts: API keys, as the hosted service today, or also access tokens. */
  readonly inferenceAccepts: 'key' | 'oauth'
  /** Values by id: keys that were created on the settings page and still have to be shown, once. */
  readonly unseenKeys: Map<string, string>
}
