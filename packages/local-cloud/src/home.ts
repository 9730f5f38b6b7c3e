import {homePage} from './pages/home-page.js'
import type {Site} from './site.js'

/** `GET /`: what this is, who is signed in in this browser, and how to use it. */
export async function showHome(
  request: Request,
  {searchParams}: URL,
  site: Site,
): Promise<Response> {
  const signedIn = await site.server.signedIn(request.headers)
  const startedRun = site.runs.find(signedIn?.email ?? '', searchParams.get('run') ?? '')?.id
  return homePage({
    base: site.base,
    platform: process.platform,
    profile: site.profile,
    signedIn,
    startedRun,
  })
}
