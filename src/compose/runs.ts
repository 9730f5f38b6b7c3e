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
import type {World} from './world.js'

/** Where runs are followed: the hosted service. */
export async function composeRuns(world: World, access: AccountAccess): Promise<RunSource> {
  const {session, http, clock, recorder} = world
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
    rememberRun(world, {id, branch: branch.working}),
  )
  return observedRuns(remembered, recorder)
}

/** Puts a run at the beginning of those that are remembered. Never throws. */
export async function rememberRun(world: World, {id, branch}: RecentRun): Promise<void> {
  const account = accountIn(world)
  if (account === undefined || !isRunId(id)) return
  const at = world.clock.now()
  await new AttachedRunsFile(world).remember({id, at, branch: printable(branch, 200), account})
}

/** The runs that the account in use has attached to or started, newest first. */
export function attachedRuns(world: World): AttachedRun[] {
  const account = accountIn(world)
  return account === undefined ? [] : attachedRunsOf(new AttachedRunsFile(world).read(), account)
}

/** Whose runs and lists they are; `undefined` where nobody is signed in. */
export function accountIn({session}: Pick<World, 'session'>): HostedAccount | undefined {
  const account = session.tryResolution()?.account
  return account?.kind === 'credential'
    ? hostedAccountOf(account.credential, session.settings)
    : undefined
}
