import {requireRunId} from '../run/attach.js'
import {isRunMeant, noRunToChoose, runChoices, WHICH_RUN} from '../run/choose-run.js'
import type {AppContext} from './app-context.js'
import type {AppSlashCommand} from './app-slash-command.js'

/** `/attach RUN`: shows a run; the composer comes back when the run ends, or the user leaves it. */
export const attach: AppSlashCommand<AppContext> = {
  name: 'attach',
  argument: 'RUN',
  summary: 'Show a run, and follow it',
  async run(context, [named]) {
    const runId = named ?? (await pickRun(context))
    if (runId === undefined) return
    requireRunId(runId)
    await context.attach(runId)
  },
}

async function pickRun({attachedRuns, pick}: AppContext): Promise<string | undefined> {
  const choices = runChoices(attachedRuns(), new Date())
  if (choices.length === 0) throw noRunToChoose('Type /attach and its id.')
  return (await pick(WHICH_RUN, choices, isRunMeant))?.id
}
