import {failure, success} from './answers.js'
import {limitOf} from './repositories.js'
import {isOver, relatedId, type RunState} from './runs/run-store.js'
import type {V1Route} from './v1-route.js'

/**
 * Sandboxes: here each run has one, which stops with it. These routes are documented (contract
 * section 7), their answers are not, so the format is ours.
 */
export const SANDBOX_ROUTES: readonly V1Route[] = [
  {
    method: 'GET',
    path: /^\/sandboxes$/,
    scope: 'read',
    answer({account}, {searchParams}, _request, {runs}) {
      const [repoId, status] = [searchParams.get('repoId'), searchParams.get('status')]
      const sandboxes = runs
        .list(account?.email ?? '')
        .map(sandboxOf)
        .filter((one) => repoId === null || one.repoId === repoId.toLowerCase())
        .filter((one) => status === null || one.status === status)
      return success({sandboxes: sandboxes.slice(0, limitOf(searchParams))})
    },
  },
  {
    method: 'POST',
    path: /^\/sandboxes\/[^/]+\/stop$/,
    scope: 'write',
    answer: () => failure('FORBIDDEN', 'Only a browser session may stop a sandbox.'),
  },
]

function sandboxOf({id, request, status, createdAt, updatedAt}: RunState) {
  const {repository, branch} = request
  return {
    id: relatedId(id, 'sandbox'),
    repoId: repository.id,
    status: isOver(status) ? 'stopped' : 'running',
    branch: branch.working,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
