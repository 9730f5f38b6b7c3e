import type {RecentRun} from '@mogplex/plugin-kit/session'
import {AttachedRunsFile} from '../adapters/attached-runs-file.js'
import {hostedAccountOf} from '../domain/hosted/hosted-account.js'
import type {HostedAccount} from '../domain/hosted/hosted-state.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {type AttachedRun, attachedRunsOf} from '../domain/run/attached-runs.js'
import {isRunId} from '../domain/run/run.js'
import type {RunSource} from '../domain/run/run-source.js'
import {printable} from '../domain/text/printable.js'
import type {AccountAccess} from '../services/account-access.js'
import {observedRuns} from '../recording/observed-work.js'
import type {SharedServices} from './shared-services.js'

/** Where runs are followed: the hosted service. */
export async function composeRuns(
  shared: SharedServices,
  access: AccountAccess,
): Promise<RunSource> {
  const {session, http, clock, recorder} = shared
  const [{createRunsApi, WINDOW}, {pollRuns}, {rememberedRuns}, {pause}] = await Promise.all([
    import('../adapters/mogplex-api/runs-api.js'),
    import('../services/poll-run.js'),
    import('../services/remember-runs.js'),
    import('../adapters/pause.js'),
  ])
  const source = pollRuns({
    access,
    clock,
    pause,
    window: WINDOW,
    apiFor: (credential) => createRunsApi(http, apiBaseUrl(credential, session.settings)),
  })
  const remembered = rememberedRuns(source, async (id, {branch}) =>
    rememberRun(shared, {id, branch: branch.working}),
  )
  return observedRuns(remembered, recorder)
}

/** Adds a run to the front of the remembered ones. Never throws. */
export async function rememberRun(shared: SharedServices, {id, branch}: RecentRun): Promise<void> {
  const account = accountIn(shared)
  if (account === undefined || !isRunId(id)) return
  const at = shared.clock.now()
  await new AttachedRunsFile(shared).remember({
    id,
    at,
    branch: printable(branch, 200),
    account,
  })
}

/** The runs that the account in use has attached to or started, newest first. */
export function attachedRuns(shared: SharedServices): AttachedRun[] {
  const account = accountIn(shared)
  return account === undefined ? [] : attachedRunsOf(new AttachedRunsFile(shared).read(), account)
}

/** The account whose runs and lists are used; `undefined` where nobody is signed in. */
export function accountIn({session}: Pick<SharedServices, 'session'>): HostedAccount | undefined {
  const account = session.tryResolution()?.account
  return account?.kind === 'credential'
    ? hostedAccountOf(account.credential, session.settings)
    : undefined
}
