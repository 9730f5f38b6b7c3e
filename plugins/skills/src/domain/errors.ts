import {ExitCode, MogplexError, printable} from '@mogplex/plugin-kit'

/** No installed plugin contributes a skill of this name: exit 2. */
export class UnknownSkillError extends MogplexError {
  readonly code = 'UNKNOWN_SKILL'
  readonly exitCode = ExitCode.Usage
  readonly remedy = 'Run `mogplex skills` to see which there are.'

  constructor(name: string) {
    super(`No installed plugin contributes a skill ${JSON.stringify(printable(name, 80))}.`)
  }
}

/** A problem with a folder of a skill: exit 1. Names the path, never the contents. */
export class LocalFileError extends MogplexError {
  readonly code = 'LOCAL_FILE'
  readonly exitCode = ExitCode.Failed

  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(printable(message, Infinity)) // a path may contain anything
  }
}
