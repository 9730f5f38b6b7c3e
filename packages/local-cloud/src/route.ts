import {redirect} from './answers.js'
import {showConsent, submitConsent} from './consent.js'
import {showHome} from './home.js'
import {notFoundPage} from './pages/message-page.js'
import {icon} from './pages/icon.js'
import {stylesheet} from './pages/stylesheet.js'
import {showKeys, submitKey, submitRevocation} from './key-settings.js'
import {showLogin, submitLogin, submitLogout} from './login-routes.js'
import {submitRun} from './runs/start-from-page.js'
import type {Site} from './site.js'
import {answerV1, V1_ROOT} from './v1.js'
import {answerWebAppApi} from './web-app-api.js'

type Answer = (request: Request, url: URL, site: Site) => Response | Promise<Response>

/** All pages, by method and path. */
const PAGES = new Map<string, Answer>([
  ['GET /', showHome],
  ['GET /login', showLogin],
  ['POST /login', submitLogin],
  ['POST /logout', submitLogout],
  ['POST /runs', submitRun],
  ['GET /settings/api-keys', showKeys],
  ['POST /settings/api-keys', submitKey],
  ['POST /settings/api-keys/revoke', submitRevocation],
  ['GET /settings/models', showModelAccess],
  ['GET /settings/billing', showModelAccess],
  ['GET /style.css', stylesheet],
  ['GET /icon.svg', icon],
])

/** Pages that only the library's next version redirects to. */
const NEXT_PAGES = new Map<string, Answer>([
  ['GET /consent', showConsent],
  ['POST /consent', submitConsent],
])

/** The page for an account without model access: it cannot be changed here, as home explains. */
function showModelAccess(): Response {
  return redirect('/#accounts', 303)
}

/** Finds the handler of a request: pages, metadata, the API, the library, in that order. */
export async function route(request: Request, site: Site): Promise<Response> {
  const url = new URL(request.url)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const place = `${method} ${url.pathname}`
  const answer = PAGES.get(place) ?? (site.profile === 'next' ? NEXT_PAGES.get(place) : undefined)
  if (answer) return answer(request, url, site)
  if (url.pathname === V1_ROOT || url.pathname.startsWith(`${V1_ROOT}/`)) {
    return answerV1(request, url, site)
  }
  const other = (await site.server.wellKnown(request, url)) ?? answerWebAppApi(request, url, site)
  if (other) return other
  if (url.pathname.startsWith('/api/auth/')) return site.server.handle(request)
  if (!url.pathname.startsWith('/api/')) return notFoundPage()
  return Response.json({error: 'Not found'}, {status: 404})
}
