export {MogplexCommand} from './command.js'
export type {
  AccountEvents,
  CompletionContext,
  Listener,
  SlashCandidate,
  SlashCommand,
  SlashContext,
} from './contributions.js'
export {ExitCode, MogplexError} from './errors.js'
export type {ErrorDetails, JsonValue} from './errors.js'
export {findSession, KitVersionError, NoSessionError} from './find-session.js'
export {isInteractive} from './interactive.js'
export {paint} from './paint.js'
export type {Tone} from './paint.js'
export {printable} from './printable.js'
export {SessionError} from './session-error.js'
export type {
  AccountReport,
  AuthNeed,
  Choice,
  Identity,
  McpServer,
  ModelReport,
  OutrankedReport,
  RecentRun,
  RequestOptions,
  ResponseType,
  Scope,
  Session,
  SourceReport,
} from './session.js'
export {table} from './table.js'
export type {Column, TableOptions} from './table.js'
