import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'

/** There is no log of this session, or no log at all: exit 1. */
export class NoSuchLogError extends MogplexError {
  readonly code = 'NO_SUCH_LOG'
  readonly exitCode = ExitCode.Failed
  readonly remedy: string

  /** @param id - `undefined` when there is no log at all */
  constructor(id: string | undefined) {
    super(id === undefined ? 'No session has a log yet.' : `Session ${id} has no log.`)
    this.remedy =
      id === undefined
        ? 'A session that talks to a server or changes a file has one.'
        : 'Run `mogplex logs` to list them.'
  }
}
