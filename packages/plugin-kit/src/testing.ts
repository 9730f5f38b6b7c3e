export {
  type FakeAccount,
  type FakeModel,
  fakeSession,
  type FakeSession,
  type FakeSessionOptions,
} from './testing/fake-session.js'
export {type CommandResult, runCommand} from './testing/run-command.js'
export {runListener} from './testing/run-listener.js'
export {runSlashCommand, type SlashOptions} from './testing/run-slash-command.js'
