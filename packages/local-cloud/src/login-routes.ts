import {redirect} from './answers.js'
import {DEMO_ACCOUNTS, findDemoAccount} from './demo-accounts.js'
import {readContinuation} from './continuation.js'
import {readDestination, type Destination} from './destination.js'
import {loginPage, type LoginForm} from './pages/login-page.js'
import {forbiddenPage, overPage} from './pages/message-page.js'
import {comesFromHere} from './same-site.js'
import type {Site} from './site.js'

/** The authorization request for the library's own redirect, which is not used here. */
const DETOUR_COOKIE = 'oidc_login_prompt=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'

/** `GET /login`: the sign-in page, unless somebody is signed in and no client waits. */
export async function showLogin(request: Request, url: URL, site: Site): Promise<Response> {
  const destination = readDestination(url.searchParams, site)
  const waiting = destination.clientId !== undefined
  if (!waiting && (await site.server.signedIn(request.headers))) return redirect('/', 303)
  const chosen = findDemoAccount(url.searchParams.get('account') ?? '')
  const {email, password} = chosen ?? DEMO_ACCOUNTS[0]
  return page(site, destination, {email, password, focus: chosen ? 'button' : 'email'})
}

/** `POST /login`: signs in with the library, then goes where the query says. Works without scripts. */
export async function submitLogin(request: Request, url: URL, site: Site): Promise<Response> {
  if (!comesFromHere(request)) return forbiddenPage()
  const destination = readDestination(url.searchParams, site)
  const form = new URLSearchParams(await request.text())
  const email = form.get('email')?.trim() ?? ''
  const {signedQuery} = destination
  const answer = await signIn(site, {
    email,
    password: form.get('password') ?? '',
    ...(signedQuery !== undefined && {oauth_query: signedQuery}),
  })
  const next = signedQuery === undefined ? undefined : await readContinuation(answer.clone())
  if (next === 'over') return overPage()
  if (answer.ok) {
    const cookies = [...answer.headers.getSetCookie(), DETOUR_COOKIE]
    return redirect(next?.location ?? destination.location, 303, cookies)
  }
  const seconds = answer.headers.get('x-retry-after')
  const problem = seconds
    ? `Too many attempts. Try again in ${seconds} seconds.`
    : 'This e-mail address and password do not belong together.'
  const shown: LoginForm = {email, password: '', focus: 'password', problem}
  return page(site, destination, shown, seconds ? 429 : 422)
}

/** `POST /logout`: ends the browser's session. The CLI's tokens stay valid (contract 4.6). */
export async function submitLogout(request: Request, _url: URL, site: Site): Promise<Response> {
  if (!comesFromHere(request)) return forbiddenPage()
  const headers = {cookie: request.headers.get('cookie') ?? '', origin: site.base}
  const signOut = new Request(`${site.base}/api/auth/sign-out`, {method: 'POST', headers})
  const answer = await site.server.handle(signOut)
  return redirect('/', 303, answer.headers.getSetCookie())
}

function signIn({base, server}: Site, fields: Record<string, string>): Promise<Response> {
  const headers = {'content-type': 'application/json', origin: base}
  const body = JSON.stringify(fields)
  const url = `${base}/api/auth/sign-in/email`
  return server.handle(new Request(url, {method: 'POST', headers, body}))
}

function page(site: Site, {query, clientId}: Destination, form: LoginForm, status = 200): Response {
  const {server} = site
  const client = clientId === undefined ? undefined : server.clientName(clientId)
  return loginPage({query, client, form, formTargets: server.redirectOrigins(), status})
}
