import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {AccountAccess, type Need} from '../../../src/services/account-access.js'
import type {Refreshed, RefreshRequest} from '../../../src/services/refresh-ports.js'
import {NOW, stored} from '../../support/make-credential.js'
import {contents, makeSession} from './make-session.js'
import {MINUTE, tokensNamed, tokensOf} from './refresh-world.js'

export const ONE = tokensNamed('one')
export const TWO = tokensNamed('two', {
  obtainedAt: new Date(NOW.getTime() + 60 * MINUTE),
  expiresAt: new Date(NOW.getTime() + 120 * MINUTE),
})

type Outcome = Refreshed | 'changed'
type Refresh = (login: OAuthCredential, request: RefreshRequest) => Promise<Outcome>

/** An account of which the disk and the authorization server can be changed at any time. */
export function accountOf(first: Credential = ONE, env: Record<string, string> = {}) {
  const world = {
    disk: contents(stored(first)),
    isFileMissing: false,
    now: NOW,
    /** Each refresh: with which tokens, whether these were rejected, and in whose place they are. */
    refreshes: [] as (readonly [string | undefined, boolean, string | undefined])[],
    signals: [] as (AbortSignal | undefined)[],
    warnings: [] as string[],
    refresh: (async () => {
      world.disk = contents(stored(TWO))
      return {credential: TWO}
    }) as Refresh,
    put: (...credentials: Credential[]) => (world.disk = contents(stored(...credentials))),
    wait: (ms: number) => (world.now = new Date(world.now.getTime() + ms)),
  }
  const session = makeSession({env, read: () => world.disk, now: () => world.now})
  const access = new AccountAccess({
    session,
    clock: {now: () => world.now},
    isFileMissing: () => world.isFileMissing,
    warn: (text) => world.warnings.push(text),
    refresh: async (login, request) => {
      world.refreshes.push([tokensOf(login), request.rejected, tokensOf(request.inPlaceOf)])
      world.signals.push(request.signal)
      return world.refresh(login, request)
    },
  })
  /** The tokens, or the key, that a request would go with now. */
  const bearer = async (need?: Need): Promise<string | undefined> => {
    const credential = await access.credential(need)
    return credential.type === 'oauth' ? tokensOf(credential) : credential.key.reveal()
  }
  return Object.assign(world, {access, bearer, session})
}
