import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthNeed, Identity} from '@mogplex/plugin-kit/session'
import type {AuthFile} from '../adapters/auth-file.js'
import type {Clock} from '../adapters/clock.js'
import type {MogplexApi} from '../adapters/mogplex-api.js'
import type {Account, Credential} from '../domain/credential/credential.js'
import {ScopeMissingError} from '../domain/errors/access.js'
import {NotLoggedInError} from '../domain/errors/authentication.js'
import {payerPinError} from '../domain/credential/payer-pin.js'
import {isProviderId, type ProviderId} from '../domain/credential/provider-table.js'
import {identityOf, rightsOf} from '../domain/credential/identity.js'
import type {TraceEntry} from '../domain/credential/precedence.js'
import type {AccountAccess} from './account-access.js'
import type {CredentialSession} from './credential-session.js'

/** The requirement for `whoami` to succeed. */
export type Requirement = 'account' | 'model' | 'write' | `payer=${ProviderId}`

export interface WhoAmIOptions {
  /** Ask the server too. */
  readonly verify: boolean
  readonly require: Requirement | undefined
  /** Aborts the requests, with the reason as the error. */
  readonly signal?: AbortSignal | undefined
}

export interface WhoAmI {
  readonly identity: Identity
  readonly trace: readonly TraceEntry[]
  readonly credential: Credential | undefined
  /** Only when the server was asked: `undefined` when it agreed, otherwise why it could not. */
  readonly verification?: {readonly trouble: MogplexError | undefined}
}

interface Ports {
  readonly session: CredentialSession
  /** Throws where what is required is absent. */
  readonly gate: (need: AuthNeed) => Promise<void>
  readonly access: Pick<AccountAccess, 'use'>
  readonly api: MogplexApi
  /** Sends a provider's key to the provider: fails as a prompt would. */
  readonly checkPayer: (payer: Credential, signal: AbortSignal | undefined) => Promise<void>
  /** Remembers the account of a key in a variable. */
  readonly learn: (key: Credential, account: Account) => Promise<void>
  readonly authFile: Pick<AuthFile, 'amend'>
  readonly clock: Clock
}

/**
 * Reports who is signed in and what pays for prompts, from stored files or from the server.
 *
 * @throws {MogplexError} exit 64, when nobody is, or the server rejects the credential; 65, when a
 *   required scope is missing or unknown; with `model`, errors that {@link whyNoPrompt} finds
 */
export async function whoAmI(ports: Ports, questions: WhoAmIOptions): Promise<WhoAmI> {
  const {session} = ports
  const {signal} = questions
  requirePayer(session, questions.require)
  await ports.gate(needOf(questions.require))
  const {settings, resolution} = session
  const credential =
    resolution.account.kind === 'credential' ? resolution.account.credential : undefined
  const stored = identityOf(resolution, settings.issuer)
  const known = {trace: resolution.trace, credential}
  if (!questions.verify) {
    if (questions.require === 'write') requireWrite(credential, undefined)
    return {...known, identity: stored}
  }
  try {
    if (credential === undefined) {
      if (resolution.model.kind !== 'credential') {
        throw new NotLoggedInError('No Mogplex account was found to verify.')
      }
      await ports.checkPayer(resolution.model.credential, signal)
      return {...known, identity: stored, verification: {trouble: undefined}}
    }
    const account = await verified(ports, credential, signal)
    if (questions.require === 'write') {
      const rights = rightsOf(credential)
      requireWrite(
        credential,
        rights === undefined
          ? await ports.access.use(async (fresh) => ports.api.mayWrite(fresh, signal), {signal})
          : undefined,
      )
    }
    // The request may have refreshed the login.
    const identity = identityOf(session.resolution, settings.issuer)
    return {
      ...known,
      identity: withAccount(identity, account, ports.clock.now()),
      verification: {trouble: undefined},
    }
  } catch (error) {
    if (!(error instanceof MogplexError) || !isServerTrouble(error)) throw error
    return {...known, identity: stored, verification: {trouble: error}}
  }
}

function needOf(required: Requirement | undefined): AuthNeed {
  if (required === undefined) return 'any'
  if (required === 'account' || required === 'write') return 'account'
  return 'model'
}

/** Before any other obstacle to a prompt: the payer must not be a surprise. */
function requirePayer(session: CredentialSession, required: Requirement | undefined): void {
  const payer = required?.startsWith('payer=') === true ? required.slice('payer='.length) : ''
  if (!isProviderId(payer)) return
  session.require('model')
  const {model} = session.resolution
  const why = model.kind === 'credential' ? payerPinError(payer, model.credential) : undefined
  if (why !== undefined) throw why
}

function isServerTrouble({exitCode}: MogplexError): boolean {
  return exitCode === ExitCode.Remote || exitCode === ExitCode.Later
}

async function verified(
  {api, access, authFile, clock, session, learn}: Ports,
  credential: Credential,
  signal: AbortSignal | undefined,
): Promise<Account | undefined> {
  await access.use(async (fresh) => api.checkToken(fresh, signal), {signal})
  if (credential.type === 'api-key') {
    const account = await api.accountOfKey(credential, signal).catch(() => undefined)
    if (account !== undefined && credential.source.type === 'env') {
      await learn(credential, account)
      session.refresh()
      session.require('account') // now known, and possibly a different account than the profile's
    }
    return account
  }
  const verifiedAt = clock.now()
  // A read-only home is not a reason to fail.
  await authFile
    .amend(credential.grantId, (stored) => ({...stored, verifiedAt}))
    .catch(() => undefined)
  return credential.account
}

function withAccount(identity: Identity, account: Account | undefined, now: Date): Identity {
  if (identity.account === null) return identity
  const {id, email, name} = identity.account
  return {
    ...identity,
    account: {
      ...identity.account,
      id: account?.id ?? id,
      email: account?.email?.printable() ?? email,
      name: account?.name?.printable() ?? name,
      verifiedAt: now.toISOString(),
    },
  }
}

/** @param probed - the server's answer, where the credential itself does not contain its scopes */
function requireWrite(credential: Credential | undefined, probed: boolean | undefined): void {
  const rights = credential && rightsOf(credential)
  if (probed === true || rights?.includes('write') === true) return
  if (probed === undefined && rights === undefined) {
    throw new ScopeMissingError(
      'Whether this credential may write is not known: an API key does not tell its scopes.',
      'Ask the server: `mogplex whoami --verify --require write`.',
    )
  }
  throw new ScopeMissingError(
    'The credential in use may not write: it has no scope `write`.',
    credential?.source.type === 'env'
      ? 'Use a key that was made with the scope `write`.'
      : 'Run `mogplex login`.',
  )
}
