import {ExitCode, MogplexError} from '@mogplex/plugin-kit/errors'
import {LocalFileError} from './local-files.js'

/** There is no copy of a list for this account: exit 1. */
export class NotSyncedError extends MogplexError {
  readonly code = 'NOT_SYNCED'
  readonly exitCode = ExitCode.Failed
  readonly remedy: string

  constructor(list: 'mcp-servers' | 'models') {
    const [what, command] = list === 'models' ? ['models', 'models'] : ['MCP servers', 'mcp']
    super(`The ${what} of this account were not synced yet.`)
    this.remedy = `Run \`mogplex ${command} --refresh\`.`
  }
}

/** The key of a variable is a guest: the lists here belong to the signed-in account. */
export class ListOfOthersError extends LocalFileError {
  constructor() {
    super(
      'The stored lists belong to the account that is signed in here, and stay.',
      'Set MOGPLEX_HOME to another folder to store lists for this key.',
    )
  }
}

/** The login changed since the request was sent; the answer is discarded: exit 1. */
export class LoginChangedError extends MogplexError {
  readonly code = 'LOGIN_CHANGED'
  readonly exitCode = ExitCode.Failed
  readonly remedy = 'Run the command again.'

  constructor() {
    super('The login was changed or removed meanwhile: nothing was stored.')
  }
}
