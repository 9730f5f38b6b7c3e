import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** The server refuses this prompt, for a reason that it states: exit 1. */
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

/** The model ended its answer without any text: exit 1. */
export class EmptyAnswerError extends MogplexError {
  readonly code = 'EMPTY_ANSWER'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Try again, or choose another model: `/model` in the app, `--model` here.'
}
