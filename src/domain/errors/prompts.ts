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

/** The model ended its answer before it said anything: exit 1. */
export class EmptyAnswerError extends MogplexError {
  readonly code = 'EMPTY_ANSWER'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Try again, or choose another model: `/model` in the app, `--model` here.'
}
