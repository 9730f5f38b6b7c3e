import {UsageError} from '../../domain/errors/usage.js'
import {requireRunId} from '../run/attach.js'
import type {AppContext} from './app-context.js'
import type {SlashCommand} from './slash-command.js'

/** `/attach RUN`: shows a run; the composer comes back when it has ended, or when one leaves it. */
export const attach: SlashCommand<AppContext> = {
  name: 'attach',
  argument: 'RUN',
  summary: 'Show a run, and follow it',
  async run(context, [runId]) {
    if (runId === undefined) throw new UsageError('Which run?', 'Type /attach and its id.')
    requireRunId(runId)
    await context.attach(runId)
    context.seen.runs.add(runId)
  },
}
