import type {Credential, OAuthCredential} from '../../../src/domain/credential/credential.js'
import {placementOf} from '../../../src/domain/auth-file/placement.js'
import type {Environment} from '../../../src/domain/settings/environment.js'
import type {StorePorts} from '../../../src/services/store-credential.js'
import {AUTH_PATH, memberOf, NOW, stored} from '../../support/make-credential.js'
import {contents, makeSession} from './make-session.js'

interface Given {
  readonly before?: readonly Credential[]
  readonly env?: Environment
  /** Called for each step, in order. */
  readonly step?: (name: string) => void
}

/**
 * A file with these contents, and everything that storing a credential needs; records who is
 * notified of what.
 */
export function storePorts({before = [], env = {}, step = () => undefined}: Given = {}) {
  const written: Credential[] = []
  const revoked: OAuthCredential[] = []
  const events: [before: string | undefined, after: string | undefined][] = []
  const all = new Map<string, Credential>(before.map((each) => [memberOf(each), each]))
  const read = () => contents(stored(...all.values()))
  const ports: StorePorts = {
    authFile: {
      path: AUTH_PATH,
      read,
      async rehearse() {
        step('rehearse')
        return Promise.resolve()
      },
      async store(credential) {
        step('store')
        written.push(credential)
        const {changes, replaced} = placementOf(read().entries, credential)
        for (const [member, next] of changes) {
          if (next === undefined) all.delete(member)
          else all.set(member, next)
        }
        const member = changes.find(([, next]) => next === credential)?.[0] ?? 'mogplex'
        return Promise.resolve({member, keptAside: [], replaced})
      },
    },
    clock: {now: () => NOW},
    journal: {
      async clear() {
        step('clear the journal')
        return Promise.resolve()
      },
    },
    session: makeSession({env, read}),
    events: {
      loggedIn: (from, to) => {
        step('event')
        events.push([from?.id ?? undefined, to?.id ?? undefined])
      },
    },
    async revoke(login) {
      step('revoke')
      revoked.push(login)
      return Promise.resolve(true)
    },
  }
  return {ports, written, revoked, events}
}
