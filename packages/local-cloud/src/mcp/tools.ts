import {randomUUID} from 'node:crypto'
import type {KeyScope} from '../api-key.js'
import type {Caller} from '../caller.js'
import {isUuid} from '../repositories.js'
import {detailOf} from '../runs/run-detail.js'
import {readRunRequest} from '../runs/read-run-request.js'
import type {RunState} from '../runs/run-store.js'
import type {Site} from '../site.js'

type Arguments = Readonly<Record<string, unknown>>

/** A tool, as listed by `tools/list`, and its function. */
export interface Tool {
  readonly name: string
  readonly description: string
  readonly scope: KeyScope
  readonly inputSchema: object
  /** @throws {ToolError} a message for the agent */
  readonly run: (args: Arguments, caller: Caller, site: Site) => unknown
}

/** A failure inside a tool: the agent gets the message, and the call itself succeeds. */
export class ToolError extends Error {}

/** A few of the hosted service's tools, for the resources of this cloud. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'list_repositories',
    description: 'Lists the repositories of the account; a query filters by name.',
    scope: 'read',
    inputSchema: schemaOf({query: {type: 'string'}}),
    run({query}, {account}) {
      const wanted = typeof query === 'string' ? query.toLowerCase() : ''
      const all = account?.repositories ?? []
      return {repositories: all.filter(({full_name: name}) => name.includes(wanted))}
    },
  },
  {
    name: 'get_run',
    description: 'Shows a run: its status, its branch, its error.',
    scope: 'read',
    inputSchema: schemaOf({runId: {type: 'string'}}, ['runId']),
    run: (args, caller, site) => ({run: detailOf(runOf(args, caller, site))}),
  },
  {
    name: 'list_run_events',
    description: 'Lists the events of a run, oldest first.',
    scope: 'read',
    inputSchema: schemaOf({runId: {type: 'string'}}, ['runId']),
    run: (args, caller, site) => ({events: runOf(args, caller, site).events.slice(0, 200)}),
  },
  {
    name: 'start_run',
    description: 'Starts an agent on a repository.',
    scope: 'write',
    inputSchema: schemaOf({repoId: {type: 'string'}, prompt: {type: 'string'}}, [
      'repoId',
      'prompt',
    ]),
    run(args, {account}, {runs, runLimiter}) {
      const [owner, key] = [account?.email ?? '', randomUUID()]
      const request = readRunRequest(args, account, key)
      if (typeof request === 'string') throw new ToolError(request)
      const waitSeconds = runLimiter.admit(owner)
      if (waitSeconds > 0) throw new ToolError(`Too many runs: wait ${waitSeconds} s.`)
      const started = runs.start(owner, request, key)
      if (started === 'conflict') throw new ToolError('The run could not be started.')
      return {run: detailOf(started.run)}
    },
  },
  {
    name: 'cancel_run',
    description: 'Cancels a run.',
    scope: 'write',
    inputSchema: schemaOf({runId: {type: 'string'}}, ['runId']),
    run(args, caller, site) {
      const {id} = runOf(args, caller, site)
      const cancelled = site.runs.cancel(caller.account?.email ?? '', id)
      return {status: cancelled?.run.status, alreadyTerminal: cancelled?.wasOver}
    },
  },
]

function schemaOf(properties: object, required: readonly string[] = []): object {
  return {type: 'object', properties, required, additionalProperties: false}
}

function runOf({runId}: Arguments, {account}: Caller, {runs}: Site): RunState {
  const isId = typeof runId === 'string' && isUuid(runId)
  const run = isId ? runs.find(account?.email ?? '', runId) : undefined
  if (!run) throw new ToolError('There is no such run.')
  return run
}
