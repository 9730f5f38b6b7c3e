import {AttachedRunsFile} from '../adapters/attached-runs-file.js'
import {hostedAccountOf} from '../domain/hosted/hosted-account.js'
import type {HostedAccount} from '../domain/hosted/hosted-state.js'
import {apiBaseUrl} from '../domain/network/api-address.js'
import {type AttachedRun, attachedRunsOf} from '../domain/run/attached-runs.js'
import type {RunSource} from '../domain/run/run-source.js'
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
    ...{access, clock, pause, window: WINDOW},
    apiFor: (credential) => createRunsApi(http, apiBaseUrl(credential, session.settings)),
  })
  const file = new AttachedRunsFile(world)
  const remembered = rememberedRuns(source, async (id, {branch}) => {
    const account = accountIn(world)
    if (account === undefined) return
    await file.remember({id, at: clock.now(), branch: branch.working, account})
  })
  return observedRuns(remembered, recorder)
}

/** The runs that the account in use has attached to, newest first. */
export function attachedRuns(world: World): AttachedRun[] {
  const account = accountIn(world)
  return account === undefined ? [] : attachedRunsOf(new AttachedRunsFile(world).read(), account)
}

function accountIn({session}: World): HostedAccount | undefined {
  const account = session.tryResolution()?.account
  return account?.kind === 'credential'
    ? hostedAccountOf(account.credential, session.settings)
    : undefined
}
