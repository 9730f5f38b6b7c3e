import type {AuthNeed} from '@mogplex/plugin-kit/session'
import type {MogplexError} from '@mogplex/plugin-kit/errors'
import {
  CredentialRejectedError,
  LoginExpiredError,
  MalformedVariableError,
  NoModelCredentialError,
  NotLoggedInError,
} from '../errors/authentication.js'
import {ScopeMissingError} from '../errors/access.js'
import {NotLoggedInToProfileError, OtherAccountError} from '../errors/profile.js'
import {rightsOf} from './identity.js'
import {hostOf} from '../network/addresses.js'
import {accountWord} from './credential.js'
import {whyLoginCannotPay} from './login-for-prompts.js'
import type {Answer, Resolution, TraceEntry} from './precedence.js'
import {instantText} from '../text/instants.js'

/**
 * The error that stops a command with this need; `undefined` when it may run.
 *
 * @param profile - its name, where it is not `default`
 */
export function authErrorFor(
  need: AuthNeed,
  resolution: Resolution,
  profile?: string,
): MogplexError | undefined {
  const {account, model, trace} = resolution
  const nobody = (): MogplexError =>
    unusableLogin(trace) ??
    (profile === undefined ? new NotLoggedInError() : new NotLoggedInToProfileError(profile))
  switch (need) {
    case 'none':
      return undefined
    case 'account':
      return lackOf(account, nobody)
    case 'write':
      return lackOf(account, nobody) ?? lackOfWriting(account)
    case 'model':
      return lackOf(
        model,
        () => unusableLogin(trace) ?? whyLoginCannotPay(trace) ?? new NoModelCredentialError(),
      )
    case 'any':
      return lackOf(account.kind === 'none' ? model : account, nobody)
  }
}

/** Only where the scopes are known: those of a key are known to the server only. */
function lackOfWriting(account: Answer): MogplexError | undefined {
  const rights = account.kind === 'credential' ? rightsOf(account.credential) : undefined
  if (rights === undefined || rights.includes('write')) return undefined
  return new ScopeMissingError(
    'The credential in use may not write: it has no scope `write`.',
    'Run `mogplex login`.',
  )
}

function lackOf(answer: Answer, none: () => MogplexError): MogplexError | undefined {
  if (answer.kind === 'credential') return undefined
  if (answer.kind === 'none') return none()
  const {variable, why, isOthers} = answer
  return isOthers === true
    ? new OtherAccountError(variable, why)
    : new MalformedVariableError(variable, why)
}

/** Where nobody is signed in but a login is stored: whose it is, and why it is not used. */
export function unusedLogin({account, trace}: Resolution): MogplexError | undefined {
  return account.kind === 'none' ? unusableLogin(trace) : undefined
}

/** A stored login that is not used: whose it is, and why. */
function unusableLogin(trace: readonly TraceEntry[]): MogplexError | undefined {
  const entry = trace.find(({provider, source}) => provider === 'mogplex' && source.type === 'file')
  if (entry?.state === 'foreign') {
    return new NotLoggedInError(
      'The mogplex entry of auth.json has a form that this version does not know; it is not used.',
    )
  }
  const credential = entry?.credential
  if (entry === undefined || credential === undefined) return undefined
  const who = accountWord(credential.account) ?? 'an unnamed account'
  if (entry.state === 'elsewhere') {
    return new NotLoggedInError(`The stored login (${who}) is not used here: ${entry.why ?? ''}.`)
  }
  if (credential.type !== 'oauth') return undefined
  if (entry.state === 'expired' && credential.expiresAt !== undefined) {
    return new LoginExpiredError(who, credential.expiresAt, remedyBeside(trace))
  }
  if (entry.state === 'rejected' && credential.rejected !== undefined) {
    const {at, why} = credential.rejected
    return new CredentialRejectedError(
      `${hostOf(credential.issuer)} ended the login of ${who} at ${instantText(at)}: ${why}.`,
      remedyBeside(trace),
    )
  }
  return undefined
}

/** A key beside an expired login still pays for prompts, but does not sign anybody in. */
function remedyBeside(trace: readonly TraceEntry[]): string | undefined {
  const hasKey = trace.some(
    ({source, credential}) =>
      source.type === 'file' && source.member !== undefined && credential !== undefined,
  )
  if (!hasKey) return undefined
  return 'Run `mogplex login`, or set MOGPLEX_API_KEY to the Mogplex key that is stored beside it.'
}
