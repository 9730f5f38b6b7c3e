import {type Account, accountIdOf, type Credential} from '../domain/credential/credential.js'
import {ScopeMissingError} from '../domain/errors/access.js'
import {answeredBy} from '../domain/errors/server-facts.js'
import {hostOf} from '../domain/network/addresses.js'
import type {Http} from '../domain/network/http.js'
import {asRecord, parseJson} from '../domain/text/json.js'
import {outsideText} from '../domain/text/outside-text.js'
import {createAsk, notUnderstood} from './mogplex-api/ask.js'

// A run that does not exist: a route that changes something checks the scope first.
const NO_RUN = '00000000-0000-4000-8000-000000000000'

/** Mogplex's API, as far as sign-in needs it (contract 3, 5, 6). */
export interface MogplexApi {
  /** Resolves when the server accepts the credential; it needs no particular scope. */
  checkToken(credential: Credential, signal?: AbortSignal): Promise<void>
  /** The account of an API key, when the server says so; an internal, unstable route. */
  accountOfKey(credential: Credential, signal?: AbortSignal): Promise<Account | undefined>
  /** Whether the credential has the scope `write`; sends a request that changes nothing. */
  mayWrite(credential: Credential, signal?: AbortSignal): Promise<boolean>
}

/**
 * All methods throw:
 *
 * - {CredentialRejectedError} exit 64: 401, a redirect, or HTML where JSON was expected
 * - {ScopeMissingError} exit 65, by `checkToken`: 403
 * - {RemoteError} exit 69: unreachable, 5xx, not understood
 * - {RateLimitedError} exit 75: 429
 * - the signal's reason
 *
 * @param baseUrl - the site root, without a trailing slash
 */
export function createMogplexApi(http: Http, baseUrl: string): MogplexApi {
  const ask = createAsk(http, baseUrl)

  return {
    async checkToken(credential, signal) {
      const path = '/api/v1/mogplex/repos?limit=1'
      const answer = await ask({method: 'GET', path, credential, signal})
      const {status, body} = answer
      if (status === 403) throw answeredBy(answer, forbidden(baseUrl))
      if (status !== 200 || asRecord(parseJson(body))?.ok !== true)
        throw notUnderstood(baseUrl, status)
    },
    async accountOfKey(credential, signal) {
      const {body} = await ask({method: 'GET', path: '/api/auth/user', credential, signal})
      const user = asRecord(asRecord(parseJson(body))?.user)
      const id = accountIdOf(user?.id)
      if (id === undefined) return undefined
      return {id, email: outsideText(user?.email), name: outsideText(user?.name)}
    },
    async mayWrite(credential, signal) {
      const path = `/api/v1/mogplex/runs/${NO_RUN}/cancel`
      const {status} = await ask({method: 'POST', path, credential, signal})
      if (status === 403) return false
      if (status === 404) return true
      throw notUnderstood(baseUrl, status)
    },
  }
}

function forbidden(baseUrl: string): ScopeMissingError {
  return new ScopeMissingError(
    `${hostOf(baseUrl)} knows the credential, but allows it nothing (403).`,
    'Check the rights of the key or the account, or use another one.',
  )
}
