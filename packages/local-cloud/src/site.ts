import type {ApiKeys} from './api-keys.js'
import type {AuthorizationServer} from './authorization-server.js'
import type {Profile} from './cloud-profile.js'
import type {RunStore} from './runs/run-store.js'
import type {RunLimiter} from './runs/run-limiter.js'

/** What every route may use: the address, who signs in, the API keys, and the runs. */
export interface Site {
  /** The origin, `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly base: string
  readonly profile: Profile
  readonly server: AuthorizationServer
  readonly keys: ApiKeys
  readonly runs: RunStore
  readonly runLimiter: RunLimiter
  /** What inference takes: API keys, as the hosted service today, or access tokens, too. */
  readonly inferenceAccepts: 'key' | 'oauth'
  /** Values by id: keys that were made on the settings page and are still to be shown, once. */
  readonly unseenKeys: Map<string, string>
}
