import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {HostedFiles} from '../adapters/hosted-files.js'
import type {RefreshJournal} from '../adapters/refresh-journal.js'
import {loginAmong} from '../domain/auth-file/stored-entries.js'
import type {Credential, OAuthCredential} from '../domain/credential/credential.js'
import type {Resolution} from '../domain/credential/precedence.js'
import {keysPage} from '../domain/credential/provider-address.js'
import {type ProviderId, providerOf} from '../domain/credential/provider-table.js'
import {
  type AuthCopy,
  type FailedStep,
  type LogoutStep,
  type Receipt,
  type Removed,
  type StillThere,
  whyStillStored,
} from '../domain/credential/receipt.js'
import {removalOf} from '../domain/credential/remedies.js'
import {baseUrlOf} from '../domain/network/api-address.js'
import {messageOf} from '../domain/text/thrown.js'
import {type AccountEventQueue, storedAccount} from './account-events.js'
import type {CredentialSession} from './credential-session.js'
import {type Revoke, revokeLogin} from './revoke-login.js'

const NO_LISTS = {models: 0, mcpServers: 0}

export interface LogOutPorts {
  readonly authFile: Pick<AuthFile, 'path' | 'read' | 'remove'>
  readonly journal: Pick<RefreshJournal, 'clear'>
  readonly hostedFiles: Pick<HostedFiles, 'clear'>
  /** Removes the secrets in the history. @returns how many entries those were */
  readonly cleanHistory: () => Promise<number>
  /** The files beside `auth.json` that may contain credentials. */
  readonly copies: {list(): readonly string[]; remove(path: string): boolean}
  readonly session: Pick<CredentialSession, 'refresh' | 'settings' | 'tryResolution'>
  readonly revoke: Revoke
  readonly events: Pick<AccountEventQueue, 'loggedOut'>
}

export interface LogOutRequest {
  /** The providers whose credentials are removed. */
  readonly providers: readonly ProviderId[]
  /** Whether the copies beside `auth.json` are removed, too. */
  readonly removesCopies?: boolean
}

/**
 * Signs out. The login is removed first, then its local data, then the server's state; a failed
 * step does not stop the others, and is listed in the receipt. Never throws.
 */
export async function logOut(
  ports: LogOutPorts,
  {providers, removesCopies = false}: LogOutRequest,
): Promise<Receipt> {
  const {authFile, journal, hostedFiles, cleanHistory, copies, session, revoke, events} = ports
  const failures: FailedStep[] = []
  const attempt = attempting(failures)
  const isAccount = providers.includes('mogplex')
  const before = storedAccount(session)

  const stored = isAccount ? storedLogin(authFile) : undefined
  const removed = await attempt('credentials', async () => authFile.remove(providers), [])
  // After the login: a concurrent sync checks for it again, and removes its copy.
  const lists = isAccount ? hostedFiles.clear() : undefined
  for (const error of lists?.failures ?? []) failures.push(failedStep('hosted', error))
  if (isAccount) await journal.clear()
  const history = await attempt('history', cleanHistory, 0)
  const left: AuthCopy[] = []
  for (const path of copies.list()) {
    const remove = () => copies.remove(path)
    left.push({path, removed: removesCopies && (await attempt('copies', remove, false))})
  }
  // The login is revoked even where its file cannot be changed.
  const login = whyStillStored({failures}) ? stored : removed.find((each) => each.type === 'oauth')
  const revocation = login && (await revokeLogin(login, revoke))
  session.refresh()
  if (removed.some(({provider}) => provider === 'mogplex')) events.loggedOut(before)
  return {
    removed: removed.map((credential) => removedReport(credential, authFile.path)),
    hosted: lists?.counts ?? NO_LISTS,
    history,
    revocation,
    stillThere: stillThere(session.tryResolution()),
    copies: left,
    failures,
  }
}

type Attempt = <T>(step: LogoutStep, work: () => Promise<T> | T, otherwise: T) => Promise<T>

/** Runs a step; its error is recorded, and the next one follows. */
function attempting(failures: FailedStep[]): Attempt {
  return async (step, work, otherwise) => {
    try {
      return await work()
    } catch (error) {
      failures.push(failedStep(step, error))
      return otherwise
    }
  }
}

function removedReport(credential: Credential, path: string): Removed {
  const {provider, type, account} = credential
  const removed = {provider, kind: type, account, path}
  if (provider !== 'mogplex' || type !== 'api-key') return removed
  return {...removed, endAt: keysPage(providerOf(provider), baseUrlOf(credential))}
}

function failedStep(step: LogoutStep, error: unknown): FailedStep {
  const message = messageOf(error)
  if (!(error instanceof MogplexError)) {
    return {step, code: 'UNEXPECTED', message, remedy: 'Try again.', exitCode: ExitCode.Failed}
  }
  const {code, remedy, exitCode} = error
  return {step, code, message, remedy, exitCode}
}

/** If the file cannot be read, its removal reports the error. */
function storedLogin(authFile: LogOutPorts['authFile']): OAuthCredential | undefined {
  try {
    return loginAmong(authFile.read().entries)
  } catch {
    return undefined
  }
}

function stillThere(resolution: Resolution | undefined): StillThere[] {
  return (resolution?.trace ?? [])
    .filter(({state}) => state === 'used' || state === 'outranked')
    .map(({provider, source, credential, by, ...entry}) => ({
      provider,
      source,
      ...(source.type === 'file' && credential && {kind: credential.type}),
      for: entry.for,
      ...(by !== undefined && {by}),
      remedy: removalOf({provider, source, credential}),
    }))
}
