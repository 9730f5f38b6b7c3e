import type {KeyScope} from './api-key.js'
import type {Caller} from './caller.js'
import type {Site} from './site.js'

/** A resource of the v1 API, its path below `/api/v1/mogplex`. */
export interface V1Route {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  /** Absent where any valid credential is enough, as at `/repos`. */
  readonly scope?: KeyScope
  readonly answer: (
    caller: Caller,
    url: URL,
    request: Request,
    site: Site,
  ) => Response | Promise<Response>
}
