import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {AccountAccess, type Need} from '../../../src/services/account-access.js'
import type {Refreshed, RefreshRequest} from '../../../src/services/refresh-ports.js'
import {NOW, stored} from '../../support/make-credential.js'
import {contents, makeSession} from './make-session.js'
import {MINUTE, tokensNamed, tokensOf} from './refresh-fixture.js'

export const ONE = tokensNamed('one')
export const TWO = tokensNamed('two', {
  obtainedAt: new Date(NOW.getTime() + 60 * MINUTE),
  expiresAt: new Date(NOW.getTime() + 120 * MINUTE),
})

type Outcome = Refreshed | 'changed'
type Refresh = (login: OAuthCredential, request: RefreshRequest) => Promise<Outcome>

/** An account whose disk and authorization server can be changed at any time. */
export function accountOf(first: Credential = ONE, env: Record<string, string> = {}) {
  const fixture = {
    disk: contents(stored(first)),
    isFileMissing: false,
    now: NOW,
    /** Each refresh: its tokens, whether these were rejected, and which ones they replaced. */
    refreshes: [] as (readonly [string | undefined, boolean, string | undefined])[],
    signals: [] as (AbortSignal | undefined)[],
    warnings: [] as string[],
    refresh: (async () => {
      fixture.disk = contents(stored(TWO))
      return {credential: TWO}
    }) as Refresh,
    put: (...credentials: Credential[]) => (fixture.disk = contents(stored(...credentials))),
    wait: (ms: number) => (fixture.now = new Date(fixture.now.getTime() + ms)),
  }
  const session = makeSession({env, read: () => fixture.disk, now: () => fixture.now})
  const access = new AccountAccess({
    session,
    clock: {now: () => fixture.now},
    isFileMissing: () => fixture.isFileMissing,
    warn: (text) => fixture.warnings.push(text),
    refresh: async (login, request) => {
      fixture.refreshes.push([tokensOf(login), request.rejected, tokensOf(request.inPlaceOf)])
      fixture.signals.push(request.signal)
      return fixture.refresh(login, request)
    },
  })
  /** The tokens, or the key, that a request would use now. */
  const bearer = async (need?: Need): Promise<string | undefined> => {
    const credential = await access.credential(need)
    return credential.type === 'oauth' ? tokensOf(credential) : credential.key.reveal()
  }
  return Object.assign(fixture, {access, bearer, session})
}
