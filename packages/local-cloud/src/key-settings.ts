import {redirect, toLogin} from './answers.js'
import type {SignedIn} from './authorization-server.js'
import {apiKeysPage, type Notice} from './pages/api-keys-page.js'
import {forbiddenPage} from './pages/message-page.js'
import {EMPTY_KEY_FORM, readKeyForm, type KeyForm} from './read-key-form.js'
import {comesFromHere} from './same-site.js'
import type {Site} from './site.js'

const PATH = '/settings/api-keys'
const LOGIN = `/login?${new URLSearchParams({next: PATH}).toString()}`

/** `GET /settings/api-keys`: the keys of the signed-in user; a new one is shown once. */
export async function showKeys(request: Request, url: URL, site: Site): Promise<Response> {
  const owner = await site.server.signedIn(request.headers)
  if (!owner) return toLogin(url)
  const notice = request.method === 'HEAD' ? undefined : noticeOf(url.searchParams, owner, site)
  return page(site, owner, {notice})
}

/**
 * `POST /settings/api-keys`: creates a key, and redirects to the page that shows it: reloading that
 * creates nothing.
 */
export async function submitKey(request: Request, _url: URL, site: Site): Promise<Response> {
  if (!comesFromHere(request)) return forbiddenPage()
  const owner = await site.server.signedIn(request.headers)
  if (!owner) return redirect(LOGIN, 303)
  const {form, wanted} = readKeyForm(new URLSearchParams(await request.text()), new Date())
  if (!wanted) return page(site, owner, {form}, 422)
  const {id, key} = site.keys.create(owner.email, wanted)
  site.unseenKeys.set(id, key)
  return redirect(`${PATH}?${new URLSearchParams({created: id}).toString()}`, 303)
}

/** `POST /settings/api-keys/revoke`: revokes a key of the user; any other id changes nothing. */
export async function submitRevocation(request: Request, _url: URL, site: Site): Promise<Response> {
  if (!comesFromHere(request)) return forbiddenPage()
  const owner = await site.server.signedIn(request.headers)
  if (!owner) return redirect(LOGIN, 303)
  const id = new URLSearchParams(await request.text()).get('id') ?? ''
  const revoked = site.keys.revoke(owner.email, id)
  return redirect(revoked ? `${PATH}?${new URLSearchParams({revoked: id}).toString()}` : PATH, 303)
}

function noticeOf(query: URLSearchParams, {email}: SignedIn, site: Site): Notice | undefined {
  const gone = site.keys.findRevoked(email, query.get('revoked') ?? '')
  if (gone) return {type: 'revoked', apiKey: gone}
  const id = query.get('created') ?? ''
  const apiKey = site.keys.list(email).find((one) => one.id === id)
  const value = site.unseenKeys.get(id)
  if (!apiKey || value === undefined) return
  site.unseenKeys.delete(id)
  return {type: 'created', apiKey, value}
}

interface Shown {
  readonly form?: KeyForm
  readonly notice?: Notice | undefined
}

function page(site: Site, owner: SignedIn, shown: Shown, status = 200): Response {
  const {form = EMPTY_KEY_FORM, notice} = shown
  return apiKeysPage({owner, apiKeys: site.keys.list(owner.email), form, notice, status})
}
