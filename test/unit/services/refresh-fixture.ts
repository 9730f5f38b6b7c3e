import {join} from 'node:path'
import {AuthFile} from '../../../src/adapters/auth-file.js'
import type {ServerMetadata} from '../../../src/adapters/authorization-server/discovery.js'
import {RefreshJournal} from '../../../src/adapters/refresh-journal.js'
import {loadWriter} from '../../../src/compose/file-writer.js'
import type {OAuthCredential} from '../../../src/domain/credential/credential.js'
import {Secret} from '../../../src/domain/credential/secret.js'
import {refreshLogin} from '../../../src/services/refresh-login.js'
import type {RefreshPorts} from '../../../src/services/refresh-ports.js'
import type {Refreshed, RefreshRequest} from '../../../src/services/refresh-ports.js'
import {makeLogin, NOW} from '../../support/make-credential.js'
import {temporaryHome} from '../../support/temporary-home.js'
import {METADATA} from './login-fixture.js'

export const PID = 4711
export const MINUTE = 60_000

/** A login whose tokens contain this name: two of them are logins of the same grant. */
export function tokensNamed(name: string, changes: Partial<OAuthCredential> = {}) {
  const tokens = {
    accessToken: new Secret(`access-${name}`),
    refreshToken: new Secret(`refresh-${name}`),
  }
  return makeLogin({...tokens, ...changes})
}

/** The tokens themselves, which are hidden from a comparison of objects. */
export function tokensOf(login: OAuthCredential | undefined): string | undefined {
  return login && `${login.accessToken.reveal()} ${login.refreshToken?.reveal() ?? 'none'}`
}

/** The tokens that resulted from a refresh. */
export function got(refreshed: Refreshed | 'changed'): string | undefined {
  return refreshed === 'changed' ? refreshed : tokensOf(refreshed.credential)
}

export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'It did not fail.',
    (thrown: unknown) => thrown,
  )
}

/**
 * A real `auth.json` and a real journal in a separate folder, a clock that tests advance, and an
 * authorization server with given answers.
 */
export async function refreshFixture(stored: OAuthCredential = tokensNamed('one')) {
  const path = join(await temporaryHome(), 'auth.json')
  const authFile = new AuthFile({path, codexHome: false, loadWriter})
  const journal = new RefreshJournal({path, loadWriter, redact: async (text) => text})
  const steps: string[] = []
  const waits: number[] = []
  let now = NOW
  await authFile.store(stored, NOW)

  const server = {
    discover: async (_issuer: string, _signal: AbortSignal): Promise<ServerMetadata> => METADATA,
    /** Rotates both tokens, for an hour. */
    ask: async (login: OAuthCredential, _signal: AbortSignal): Promise<OAuthCredential> => ({
      ...login,
      accessToken: new Secret('access-two'),
      refreshToken: new Secret('refresh-two'),
      expiresAt: new Date(now.getTime() + 60 * MINUTE),
      obtainedAt: now,
      rejected: undefined,
    }),
    revoke: async (_login: OAuthCredential): Promise<unknown> => true,
  }
  const ports: RefreshPorts = {
    pid: PID,
    clock: {now: () => now},
    pause: async (milliseconds, signal) => {
      signal?.throwIfAborted()
      waits.push(milliseconds)
      now = new Date(now.getTime() + milliseconds)
      return Promise.resolve()
    },
    authFile: {
      path,
      amend: authFile.amend.bind(authFile),
      read: authFile.read.bind(authFile),
      rehearse: authFile.rehearse.bind(authFile),
    },
    journal: {
      clear: journal.clear.bind(journal),
      exclusively: journal.exclusively.bind(journal),
      read: journal.read.bind(journal),
      write: journal.write.bind(journal),
    },
    discover: async (issuer, {signal}) => {
      steps.push(`discover ${issuer}`)
      return server.discover(issuer, signal)
    },
    ask: async (login, _metadata, {signal}) => {
      steps.push(`ask ${login.refreshToken?.reveal() ?? ''}`)
      return server.ask(login, signal)
    },
    revoke: async (login) => {
      steps.push(`revoke ${login.accessToken.reveal()}`)
      return server.revoke(login)
    },
    uninterrupted: async (work) => work(new AbortController().signal),
  }
  return {
    authFile,
    journal,
    path,
    ports,
    server,
    steps,
    waits,
    wait: (ms: number): void => {
      now = new Date(now.getTime() + ms)
    },
    now: () => now,
    storedLogin: (): OAuthCredential | undefined => loginIn(authFile),
    /** Refreshes with the caller's login, by default the first one. */
    refresh: async (
      request: Partial<RefreshRequest> = {},
      {held = tokensNamed('one'), changes = {}}: Knowing = {},
    ): Promise<Refreshed | 'changed'> =>
      refreshLogin({...ports, ...changes}, held, {rejected: false, ...request}),
  }
}

export type RefreshWorld = Awaited<ReturnType<typeof refreshFixture>>

interface Knowing {
  readonly held?: OAuthCredential
  /** Overrides for some of the ports. */
  readonly changes?: Partial<RefreshPorts>
}

function loginIn(authFile: AuthFile): OAuthCredential | undefined {
  for (const entry of authFile.read().entries) {
    if (entry.state === 'usable' && entry.credential.type === 'oauth') return entry.credential
  }
  return undefined
}
