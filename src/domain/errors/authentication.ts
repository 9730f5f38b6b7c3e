import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {instantText} from '../text/instants.js'
import {unsetting} from '../platform/shell.js'

/** Sign in again, or with something else: exit 64. */
abstract class AuthenticationError extends MogplexError {
  readonly exitCode = ExitCode.Authentication
}

/** No credential is there at all. */
export class NotLoggedInError extends AuthenticationError {
  readonly code = 'NOT_LOGGED_IN'
  readonly remedy: string = 'Run `mogplex login`, or set MOGPLEX_API_KEY in CI.'

  constructor(message = 'No Mogplex credential was found.') {
    super(message)
  }
}

/** Nothing pays for prompts. */
export class NoModelCredentialError extends AuthenticationError {
  readonly code = 'NO_MODEL_CREDENTIAL'
  readonly remedy = "Run `mogplex login`, or set a provider's variable such as OPENAI_API_KEY."

  constructor() {
    super('Nothing pays for prompts: there is no login and no provider key.')
  }
}

/** A provider was asked for by name, and there is no key of it. */
export class NoProviderKeyError extends AuthenticationError {
  readonly code = 'NO_MODEL_CREDENTIAL'
  readonly remedy: string

  constructor({id, name, variable}: {id: string; name: string; variable: string}) {
    super(`No credential of ${name} was found to pay with.`)
    this.remedy =
      id === 'mogplex'
        ? `Run \`mogplex login\`, or set ${variable}.`
        : `Set ${variable}, or run \`mogplex login --with-api-key --provider ${id}\`.`
  }
}

/** A variable is set and cannot be what it is said to be. It still outranks everything below. */
export class MalformedVariableError extends AuthenticationError {
  readonly code: string = 'MALFORMED_VARIABLE'
  readonly remedy: string

  constructor(variable: string, why: string) {
    super(`${variable} is set, and ${why}.`)
    this.remedy = `Correct it, or \`${unsetting(variable)}\`.`
  }
}

/** The stored login is over. */
export class LoginExpiredError extends AuthenticationError {
  readonly code = 'LOGIN_EXPIRED'

  constructor(
    who: string,
    at: Date,
    readonly remedy = 'Run `mogplex login`.',
  ) {
    super(`The login of ${who} expired at ${instantText(at)}.`)
  }
}

/** The server does not accept the credential any more. */
export class CredentialRejectedError extends AuthenticationError {
  readonly code = 'CREDENTIAL_REJECTED'

  /** @param isUnauthorized - a plain 401: a fresh access token may be accepted */
  constructor(
    message: string,
    readonly remedy = 'Run `mogplex login`.',
    readonly isUnauthorized = false,
  ) {
    super(message)
  }
}

/**
 * A redirect or a web page came where the API's answer was due (contract 3). It is how the service
 * rejects a credential, but a network's own sign-in page looks the same: it may pass.
 */
export class UnexpectedPageError extends CredentialRejectedError {}

/** The credential is good, and not for this: another kind is wanted. */
export class CredentialNotAcceptedError extends AuthenticationError {
  readonly code = 'CREDENTIAL_NOT_ACCEPTED'

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** A credential that was meant for something else would pay, and nobody said yes to that. */
export class PaymentNotConfirmedError extends AuthenticationError {
  readonly code = 'PAYMENT_NOT_CONFIRMED'

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** Somebody else would pay than the one who alone may. */
export class PayerNotPinnedError extends AuthenticationError {
  readonly code = 'OTHER_PAYER'
  readonly remedy: string

  /** @param ending - the command that takes it away */
  constructor(what: string, pin: string, ending: string) {
    super(`${what.replace(/^t/, 'T')} would pay for prompts, but only ${pin} may.`)
    this.remedy = `Run \`${ending}\`, or omit the payer to let it pay.`
  }
}

/** The authorization server ended the sign-in: it refuses the refresh token. */
export class RefreshRefusedError extends AuthenticationError {
  readonly code = 'CREDENTIAL_REJECTED'
  readonly remedy = 'Run `mogplex login`.'

  /** @param why - what the server said, printable */
  constructor(
    host: string,
    readonly why: string,
  ) {
    super(`${host} refuses to refresh the login: ${why}.`)
  }
}

/** A login ended without a credential: denied, refused, or not finished in time. */
export class LoginFailedError extends AuthenticationError {
  readonly code: string

  constructor(
    message: string,
    readonly remedy = 'Run `mogplex login` again.',
    code = 'LOGIN_FAILED',
  ) {
    super(message)
    this.code = code
  }
}

/** No sign-in waits under a handle. */
export class NoPendingLoginError extends LoginFailedError {
  override readonly code = 'NO_PENDING_LOGIN'

  constructor() {
    super(
      'No sign-in waits under this handle here: it was finished, it expired after ten minutes, or it was started elsewhere.',
      'Run `mogplex login --start` again.',
    )
  }
}

/** What was pasted answers another request, or none; the sign-in still waits. */
export class PasteRefusedError extends LoginFailedError {
  override readonly code = 'PASTE_REFUSED'

  /** @param why - a sentence */
  constructor(why: string) {
    super(
      `What was pasted does not finish this sign-in. ${why}`,
      'Run the same command with the address at which the browser ended; it is still valid.',
    )
  }
}

/** `mogplex login` has nobody to ask and was given no route that works without. */
export class NoLoginRouteError extends AuthenticationError {
  readonly code = 'NO_LOGIN_ROUTE'
  readonly remedy =
    'Use `mogplex login --no-browser`, `--device` or `--with-api-key`; in CI set MOGPLEX_API_KEY.'

  /** @param why - what of it is so */
  constructor(why: 'CI is set' | 'this is not a terminal' | '--json and --no-input never ask') {
    super(`Nobody can sign in here: ${why}.`)
  }
}
