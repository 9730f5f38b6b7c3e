export {MogplexCommand} from './command.js'
export {ExitCode, MogplexError} from './errors.js'
export {findSession, NoSessionError} from './find-session.js'
export {isInteractive} from './interactive.js'
export type {
  AccountReport,
  AuthNeed,
  Identity,
  ModelReport,
  OutrankedReport,
  Session,
  SourceReport,
} from './session.js'
