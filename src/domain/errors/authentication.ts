import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {instantText} from '../text/instants.js'
import {unsetting} from '../platform/shell.js'

/** Sign in again, or with something else: exit 64. */
abstract class AuthenticationError extends MogplexError {
  readonly exitCode = ExitCode.Authentication
}

/** There is no credential at all. */
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

/** A provider was requested by name, and no key of it is available. */
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

/** A variable is set and its value is invalid. It still outranks everything below. */
export class MalformedVariableError extends AuthenticationError {
  readonly code: string = 'MALFORMED_VARIABLE'
  readonly remedy: string

  constructor(variable: string, why: string) {
    super(`${variable} is set, and ${why}.`)
    this.remedy = `Correct it, or \`${unsetting(variable)}\`.`
  }
}

/** The stored login has ended. */
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

/** The server no longer accepts the credential. */
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
 * A redirect or a web page came where the API's answer was expected (contract 3). The service
 * rejects credentials this way, but a network's sign-in page looks the same: it may be temporary.
 */
export class UnexpectedPageError extends CredentialRejectedError {}

/** The credential is valid, but of the wrong kind for this. */
export class CredentialNotAcceptedError extends AuthenticationError {
  readonly code = 'CREDENTIAL_NOT_ACCEPTED'

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** A credential that was meant for something else would pay, and the user did not agree to that. */
export class PaymentNotConfirmedError extends AuthenticationError {
  readonly code = 'PAYMENT_NOT_CONFIRMED'

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** A provider would pay that is not the only one that may. */
export class PayerNotPinnedError extends AuthenticationError {
  readonly code = 'OTHER_PAYER'
  readonly remedy: string

  /** @param ending - the command that removes it */
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

/** No sign-in is waiting under this handle. */
export class NoPendingLoginError extends LoginFailedError {
  override readonly code = 'NO_PENDING_LOGIN'

  constructor() {
    super(
      'No sign-in waits under this handle here: it was finished, it expired after ten minutes, or it was started elsewhere.',
      'Run `mogplex login --start` again.',
    )
  }
}

/** The pasted text answers another request, or none; the sign-in is still waiting. */
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

/** `mogplex login` has no terminal to ask at and was given no method that works without one. */
export class NoLoginRouteError extends AuthenticationError {
  readonly code = 'NO_LOGIN_ROUTE'
  readonly remedy =
    'Use `mogplex login --no-browser`, `--device` or `--with-api-key`; in CI set MOGPLEX_API_KEY.'

  /** @param why - the reason for that */
  constructor(why: 'CI is set' | 'this is not a terminal' | '--json and --no-input never ask') {
    super(`Nobody can sign in here: ${why}.`)
  }
}
