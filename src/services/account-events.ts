import type {AccountEvents} from '@mogplex/plugin-kit'
import type {AccountReport} from '@mogplex/plugin-kit/session'
import {accountReport} from '../domain/credential/identity.js'
import type {CredentialSession} from './credential-session.js'

/** An event of the stored login, with the previous account. */
interface AccountEvent {
  readonly event: keyof AccountEvents
  readonly previous: AccountReport | undefined
}

/** Events of this process, until plugins are notified: after the command has printed its result. */
export class AccountEventQueue {
  #events: AccountEvent[] = []

  loggedIn(before: AccountReport | undefined, after: AccountReport | undefined): void {
    this.#events.push({event: 'mogplex:login', previous: before})
    if (before === undefined || after === undefined || isSame(before, after)) return
    this.#events.push({event: 'mogplex:account-switched', previous: before})
  }

  loggedOut(before: AccountReport | undefined): void {
    this.#events.push({event: 'mogplex:logout', previous: before})
  }

  get isEmpty(): boolean {
    return this.#events.length === 0
  }

  take(): AccountEvent[] {
    return this.#events.splice(0)
  }
}

/** The account of the stored login as the session last read it; a variable may outrank it. */
export function storedAccount(
  session: Pick<CredentialSession, 'settings' | 'tryResolution'>,
): AccountReport | undefined {
  const entry = session
    .tryResolution()
    ?.trace.find(
      ({provider, source, credential}) =>
        provider === 'mogplex' && source.type === 'file' && credential !== undefined,
    )
  return entry?.credential && accountReport(entry.credential, session.settings.issuer)
}

/** Accounts of one issuer count as the same unless both ids are known and differ. */
function isSame(before: AccountReport, after: AccountReport): boolean {
  if (before.issuer !== after.issuer) return false
  return before.id === null || after.id === null || before.id === after.id
}
