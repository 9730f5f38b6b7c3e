import {type Column, table, type TableOptions} from '@mogplex/plugin-kit'
import type {Repository} from '../domain/repository.js'
import type {Run} from '../domain/run.js'
import type {RunEvent} from '../domain/run-event.js'
import type {Sandbox} from '../domain/sandbox.js'
import {agoText, clockText} from './duration.js'
import {eventTone, statusTone} from './tones.js'

/** How a table is drawn. */
interface DisplayOptions extends TableOptions {
  readonly now: Date
}

export function repositoriesText(
  repositories: readonly Repository[],
  display: DisplayOptions,
): string {
  const columns: Column<Repository>[] = [
    {title: 'repository', cell: ({name}) => name},
    {title: 'branch', cell: ({defaultBranch}) => defaultBranch, shrinks: true},
    {title: 'folder', cell: ({rootDirectory}) => rootDirectory},
    {title: 'id', cell: ({id}) => id, tone: () => 'faint'},
  ]
  return table(repositories, columns, display)
}

/** @param names - of repositories, by their ids */
export function runsText(
  runs: readonly Run[],
  names: ReadonlyMap<string, string>,
  display: DisplayOptions,
): string {
  const columns: Column<Run>[] = [
    {title: 'run', cell: ({id}) => id},
    {title: 'status', cell: ({status}) => status, tone: ({status}) => statusTone(status)},
    {title: 'repository', cell: ({repoId}) => names.get(repoId) ?? repoId},
    {title: 'branch', cell: ({working, base}) => working || base, shrinks: true},
    {title: 'started', cell: ({createdAt}) => agoText(createdAt, display.now)},
  ]
  return table(runs, columns, display)
}

export function eventsText(events: readonly RunEvent[], display: DisplayOptions): string {
  const columns: Column<RunEvent>[] = [
    {title: 'time', cell: ({at}) => clockText(at)},
    {title: 'event', cell: ({type}) => type, tone: ({type}) => eventTone(type)},
    {
      title: 'what',
      shrinks: true,
      cell: ({tool, message}) => [tool, message].filter((text) => text !== '').join(': '),
    },
  ]
  return table(events, columns, display)
}

/** @param names - of repositories, by their ids */
export function sandboxesText(
  sandboxes: readonly Sandbox[],
  names: ReadonlyMap<string, string>,
  display: DisplayOptions,
): string {
  const columns: Column<Sandbox>[] = [
    {title: 'sandbox', cell: ({id}) => id},
    {title: 'status', cell: ({status}) => status, tone: ({status}) => statusTone(status)},
    {title: 'repository', cell: ({repoId}) => names.get(repoId) ?? repoId},
    {title: 'branch', cell: ({branch}) => branch, shrinks: true},
    {title: 'age', cell: ({createdAt}) => agoText(createdAt, display.now).replace(/ ago$/, '')},
  ]
  return table(sandboxes, columns, display)
}
