import type {Session} from '@mogplex/plugin-kit'
import {asFields} from '../domain/json.js'
import {parseSandboxes, type Sandbox} from '../domain/sandbox.js'

const MAX_LISTED = 200

interface SandboxFilter {
  readonly repoId: string | undefined
  readonly status: string | undefined
}

/** A service that does not support a filter returns all: the filter is applied here, too. */
export async function listSandboxes(
  session: Pick<Session, 'request'>,
  {repoId, status}: SandboxFilter,
): Promise<Sandbox[]> {
  const query = {repoId, status, limit: MAX_LISTED}
  const answer = await session.request('/sandboxes', {query})
  return parseSandboxes(asFields(answer)?.sandboxes).filter(
    (each) =>
      (repoId === undefined || each.repoId === repoId) &&
      (status === undefined || each.status === status),
  )
}
