import {randomUUID} from 'node:crypto'
import {redirect} from '../answers.js'
import {findDemoAccount} from '../demo-accounts.js'
import {forbiddenPage} from '../pages/message-page.js'
import {comesFromHere} from '../same-site.js'
import type {Site} from '../site.js'
import {readRunRequest} from './read-run-request.js'
import type {RunStore} from './run-store.js'

/** `POST /runs`: starts a run, and redirects to the home page, which shows its id. */
export async function submitRun(request: Request, _url: URL, site: Site): Promise<Response> {
  if (!comesFromHere(request)) return forbiddenPage()
  const owner = await site.server.signedIn(request.headers)
  if (!owner) return redirect('/login', 303)
  const prompt = new URLSearchParams(await request.text()).get('prompt')?.trim() ?? ''
  const id = startRun(site.runs, owner.email, prompt === '' ? 'Mend the tests.' : prompt)
  return redirect(`/?${new URLSearchParams({run: id}).toString()}`, 303)
}

/**
 * Starts a run of a demo account in its first repository, on a new branch.
 *
 * @returns its id
 * @throws {Error} when it is not a demo account, or the prompt is invalid
 */
export function startRun(runs: RunStore, email: string, prompt: string): string {
  const account = findDemoAccount(email)
  const body = {repoId: account?.repositories[0]?.id, prompt, createBranch: true}
  const key = randomUUID()
  const wanted = readRunRequest({...body, workingBranch: 'mogplex/mend-the-carry'}, account, key)
  if (typeof wanted === 'string') throw new Error(wanted)
  const started = runs.start(account?.email ?? email, wanted, key)
  if (started === 'conflict') throw new Error('The key of the run was used before.')
  return started.run.id
}
