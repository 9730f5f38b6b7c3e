import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** The server does not take this prompt, for a reason that it told: exit 1. */
export class PromptRefusedError extends MogplexError {
  readonly code = 'PROMPT_REFUSED'
  readonly exitCode = ExitCode.Failed

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}
