import {redirect} from './answers.js'
import {readContinuation} from './continuation.js'
import {readDestination} from './destination.js'
import {consentPage} from './pages/consent-page.js'
import {forbiddenPage, overPage} from './pages/message-page.js'
import {comesFromHere} from './same-site.js'
import type {Site} from './site.js'

/** `GET /consent`: asks whether a client may act for the account. Only `next` redirects here. */
export async function showConsent(request: Request, url: URL, site: Site): Promise<Response> {
  const {query, clientId = '', signedQuery} = readDestination(url.searchParams, site)
  if (signedQuery === undefined) return redirect('/', 303)
  const signedIn = await site.server.signedIn(request.headers)
  if (!signedIn) return redirect(`/login?${query}`, 303)
  return consentPage({
    query,
    signedIn,
    client: site.server.clientName(clientId) ?? clientId,
    scopes: (url.searchParams.get('scope') ?? '').split(' '),
    formTargets: site.server.redirectOrigins(),
  })
}

/** `POST /consent`: passes the user's choice to the library, then redirects as it says. */
export async function submitConsent(request: Request, url: URL, site: Site): Promise<Response> {
  if (!comesFromHere(request)) return forbiddenPage()
  const {signedQuery} = readDestination(url.searchParams, site)
  const form = new URLSearchParams(await request.text())
  const accept = form.get('answer') === 'allow'
  const cookie = request.headers.get('cookie') ?? ''
  const headers = {'content-type': 'application/json', origin: site.base, cookie}
  const body = JSON.stringify({accept, oauth_query: signedQuery})
  const address = `${site.base}/api/auth/oauth2/consent`
  const answer = await site.server.handle(new Request(address, {method: 'POST', headers, body}))
  const next = await readContinuation(answer)
  return next === undefined || next === 'over' ? overPage() : redirect(next.location, 303)
}
