import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthFile} from '../adapters/auth-file.js'
import type {HostedFiles} from '../adapters/hosted-files.js'
import {hostOf} from '../domain/network/addresses.js'
import type {OAuthCredential} from '../domain/credential/credential.js'
import {refreshTokenEnds} from '../domain/refresh/expiry.js'
import type {HostedCounts} from '../domain/hosted/hosted-state.js'
import type {Resolution} from '../domain/credential/precedence.js'
import type {ProviderId} from '../domain/credential/provider-table.js'
import type {
  AuthCopy,
  Receipt,
  Removed,
  RevocationReport,
  StillThere,
} from '../domain/credential/receipt.js'
import {remedyFor} from '../domain/credential/remedies.js'

const REVOCATION_MS = 5000
const NO_LISTS = {models: 0, mcpServers: 0}

export interface LogOutPorts {
  readonly hostedFiles: Pick<HostedFiles, 'clear'>
  /** Removes what is secret in the history. @returns how many entries those were */
  readonly cleanHistory: () => Promise<number>
  readonly authFile: Pick<AuthFile, 'path' | 'remove'>
  /** The files beside `auth.json` that may hold credentials, and what became of them. */
  readonly copies: () => readonly AuthCopy[]
  /** Resolves anew, after the removal; `undefined` when the settings do not allow it. */
  readonly resolveAgain: () => Resolution | undefined
  /** @returns `false` when the server offers no way to */
  readonly revoke: (credential: OAuthCredential, signal: AbortSignal) => Promise<boolean>
}

/**
 * Removes stored credentials, then revokes the login at its server: whatever the server says, the
 * local removal is done.
 *
 * @param which - the providers whose entries go
 * @throws {LocalFileError} exit 1, when the file cannot be read or written
 */
export async function logOut(
  {authFile, hostedFiles, cleanHistory, copies, resolveAgain, revoke}: LogOutPorts,
  which: readonly ProviderId[],
): Promise<Receipt> {
  const removed = await authFile.remove(which)
  // After the login: a sync that runs meanwhile looks for it again, and takes its copy back.
  const lists = which.includes('mogplex') ? clearedLists(hostedFiles) : NO_LISTS
  const login = removed.find((credential) => credential.type === 'oauth')
  const receipt = {
    removed: removed.map((credential): Removed => ({
      provider: credential.provider,
      kind: credential.type,
      account: credential.account,
      path: authFile.path,
    })),
    hosted: lists instanceof Error ? NO_LISTS : lists,
    history: await cleanHistory(),
    revocation: login && (await revocationOf(login, revoke)),
    stillThere: stillThere(resolveAgain()),
    copies: copies(),
  }
  // What could be done is done by now; that this is left has to be said.
  if (lists instanceof Error) throw lists
  return receipt
}

function clearedLists(hostedFiles: LogOutPorts['hostedFiles']): Error | HostedCounts {
  try {
    return hostedFiles.clear()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Revokes, within five seconds, and never fails. */
export async function revocationOf(
  login: OAuthCredential,
  revoke: LogOutPorts['revoke'],
): Promise<RevocationReport> {
  const {issuer} = login
  const ends = {accessTokenEnds: login.expiresAt, refreshTokenEnds: refreshTokenEnds(login)}
  try {
    const revoked = await revoke(login, AbortSignal.timeout(REVOCATION_MS))
    return revoked ? {state: 'revoked', issuer} : {state: 'not-offered', issuer, ...ends}
  } catch (error) {
    const why =
      error instanceof MogplexError
        ? error.message
        : `${hostOf(issuer)} did not answer within ${REVOCATION_MS / 1000} s.`
    return {state: 'failed', issuer, why, ...ends}
  }
}

function stillThere(resolution: Resolution | undefined): StillThere[] {
  return (resolution?.trace ?? [])
    .filter(({state}) => state === 'used')
    .map((entry) => ({
      provider: entry.provider,
      source: entry.source,
      for: entry.for,
      remedy: remedyFor(entry),
    }))
}
