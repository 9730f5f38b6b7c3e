import {apiBaseUrl} from '../domain/network/api-address.js'
import type {RunSource} from '../domain/run/run-source.js'
import type {AccountAccess} from '../services/account-access.js'
import {observedRuns} from '../recording/observed-work.js'
import type {World} from './world.js'

/** Where runs are followed: the hosted service. */
export async function composeRuns(
  {session, http, clock, recorder}: World,
  access: AccountAccess,
): Promise<RunSource> {
  const [{createRunsApi, WINDOW}, {pollRuns}, {pause}] = await Promise.all([
    import('../adapters/mogplex-api/runs-api.js'),
    import('../services/poll-run.js'),
    import('../adapters/pause.js'),
  ])
  const source = pollRuns({
    ...{access, clock, pause, window: WINDOW},
    apiFor: (credential) => createRunsApi(http, apiBaseUrl(credential, session.settings)),
  })
  return observedRuns(source, recorder)
}
