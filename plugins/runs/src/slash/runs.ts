import type {Session, SlashCommand} from '@mogplex/plugin-kit'
import {NoSuchRunError} from '../domain/errors.js'
import {requireRunId, type Run} from '../domain/run.js'
import {repositoryName, repositoryNames} from '../services/repositories.js'
import {readRun} from '../services/runs.js'
import {runText} from '../text/run-text.js'
import {runsText} from '../text/tables.js'

const MAX_SHOWN = 10

/**
 * `/runs`: the runs that were started or attached to here, with their current state; `/runs ID`:
 * one of them.
 */
export const slashRuns: SlashCommand = async ({args, session, columns, signal, print}) => {
  const now = new Date()
  const [id] = args
  if (id !== undefined) {
    const run = await readRun(session, requireRunId(id), signal)
    const [repository, site] = await Promise.all([
      repositoryName(session, run.repoId),
      session.site(),
    ])
    print(runText(run, {now, repository, site, attach: '/attach'}))
    return
  }
  const [runs, names] = await Promise.all([recentRuns(session, signal), repositoryNames(session)])
  print(
    runs.length === 0
      ? 'No run was started here yet. /run OWNER/NAME PROMPT starts one.'
      : runsText(runs, names, {now, width: columns}),
  )
}

slashRuns.complete = async (_prefix, {session}) => {
  const runs = await session.recentRuns()
  return runs.map(({id, branch}) => ({value: id, summary: branch}))
}

/** Those that still exist at the service. */
async function recentRuns(session: Session, signal: AbortSignal): Promise<Run[]> {
  const recent = (await session.recentRuns()).slice(0, MAX_SHOWN)
  const runs = await Promise.all(
    recent.map(async ({id}) =>
      readRun(session, id, signal).catch((error: unknown) => {
        if (error instanceof NoSuchRunError) return undefined
        throw error
      }),
    ),
  )
  return runs.filter((run) => run !== undefined)
}
