import ReposList from './commands/repos-list.js'
import Run from './commands/run.js'
import RunsCancel from './commands/runs-cancel.js'
import RunsEvents from './commands/runs-events.js'
import RunsGet from './commands/runs-get.js'
import SandboxesList from './commands/sandboxes-list.js'
import SandboxesStop from './commands/sandboxes-stop.js'

// The file that the plugin runs from; package.json names these commands, too.
/** The commands for oclif, by `oclif.commands` in package.json. */
export const commands = {
  'repos:list': ReposList,
  run: Run,
  'runs:cancel': RunsCancel,
  'runs:events': RunsEvents,
  'runs:get': RunsGet,
  'sandboxes:list': SandboxesList,
  'sandboxes:stop': SandboxesStop,
}

export {slashRun} from './slash/run.js'
export {slashRuns} from './slash/runs.js'
