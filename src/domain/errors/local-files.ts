import type {FailedStep} from '../credential/receipt.js'
import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {printableLines} from '../text/printable.js'

/** A problem with one of our files or folders: exit 1. Names the path, never the contents. */
export class LocalFileError extends MogplexError {
  readonly code: string = 'LOCAL_FILE'
  readonly exitCode = ExitCode.Failed

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(printableLines(message)) // a path may contain anything
  }
}

/** `auth.json` exists and is not one JSON object: exit 1. */
export class BrokenAuthFileError extends LocalFileError {
  override readonly code = 'AUTH_FILE_BROKEN'

  constructor(
    readonly path: string,
    why: string,
  ) {
    super(
      `${path} cannot be read: ${why}.`,
      'Move or repair the file, or run `mogplex login`, which keeps the broken one beside the new one.',
    )
  }
}

/** A logout that could not remove the credentials: with the code of the cause. */
export class NotSignedOutError extends MogplexError {
  readonly code: string
  readonly exitCode: ExitCode
  readonly remedy: string

  constructor({code, message, remedy, exitCode}: FailedStep) {
    super(message)
    this.code = code
    this.remedy = remedy
    this.exitCode = exitCode
  }
}
