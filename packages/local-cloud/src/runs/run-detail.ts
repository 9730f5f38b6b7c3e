import {isOver, relatedId, type RunState} from './run-store.js'

/** A run as the API shows it, without its events (contract section 7). */
export function detailOf({id, request, status, error, createdAt, updatedAt}: RunState): object {
  const {repository, harness, branch, rootDirectory} = request
  const path = `/api/v1/mogplex/runs/${id}`
  return {
    runId: id,
    aiCallId: `call_${id.slice(0, 8)}`,
    sandboxRecordId: relatedId(id, 'sandbox'),
    sandboxId: null,
    repoId: repository.id,
    harness,
    status,
    branch,
    rootDirectory,
    eventsUrl: `${path}/events`,
    cancelUrl: `${path}/cancel`,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    error,
    runtime: {provider: null, runId: isOver(status) ? null : `sandbox_${id.slice(0, 8)}`},
  }
}
