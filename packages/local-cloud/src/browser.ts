import {once} from 'node:events'
import {type IncomingMessage, request as ask} from 'node:http'
import {buffer} from 'node:stream/consumers'

/**
 * A headless browser: it stores cookies, follows redirects, fills in the sign-in form, and consents
 * when asked.
 */
export interface Browser {
  /**
   * Opens an authorization URL, or an address that redirects to one, and signs in when asked to.
   *
   * @returns the redirect back to the client, with `code` and `state` or with `error`, not followed
   * @throws {Error} when it ends on a page of the cloud, naming status and path
   */
  authorize(url: string | URL): Promise<URL>
  /** Like {@link Browser.authorize}, and then follows the redirect, as a real browser does. */
  visit(url: string | URL): Promise<Response>
  /** One request with the cookies of this browser, redirects not followed. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
}

const MAX_REDIRECTS = 10
const BODILESS = new Set([204, 304])

/** Opens a browser for one person, without cookies. */
export function openBrowser(base: string, person: {email: string; password: string}): Browser {
  const jar = new Map<string, string>()

  const send = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const target = new URL(url, base)
    if (cookies && target.origin === base) headers.set('cookie', cookies)
    const response = await navigate(new Request(target, {...init, headers}))
    if (target.origin === base) keepCookies(jar, response.headers.getSetCookie())
    return response
  }

  /** The user's action on each page, once. */
  const {email, password} = person
  const forms = new Map([
    ['/login', {email, password}],
    ['/consent', {answer: 'allow'}],
  ])
  const submit = (url: URL, form: Record<string, string>): Promise<Response> => {
    const body = new URLSearchParams(form)
    return send(url, {method: 'POST', body, headers: {origin: base}})
  }

  const authorize = async (start: string | URL): Promise<URL> => {
    let url = new URL(start, base)
    const left = new Map(forms)
    for (let step = 0; step < MAX_REDIRECTS; step++) {
      if (url.origin !== base && step > 0) return url
      const form = left.get(url.pathname)
      left.delete(url.pathname)
      const response: Response = form === undefined ? await send(url) : await submit(url, form)
      const location = response.headers.get('location')
      if (location === null) throw new Error(`Ended with ${response.status} at ${url.pathname}.`)
      url = new URL(location, url)
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects.`)
  }

  return {
    fetch: send,
    authorize,
    visit: async (url) => fetch(await authorize(url)),
  }
}

function keepCookies(jar: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    if (/;\s*max-age=0/i.test(line)) jar.delete(name)
    else jar.set(name, value)
  }
}

/**
 * One request as a browser sends it for a page. `fetch` sends `Sec-Fetch-Mode: cors` instead, and
 * gets the redirect as JSON. Redirects are not followed.
 */
async function navigate(request: Request): Promise<Response> {
  const {method, headers} = request
  const outgoing = ask(request.url, {method, headers: Object.fromEntries(headers), agent: false})
  outgoing.end(Buffer.from(await request.arrayBuffer()))
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
  const status = answer.statusCode ?? 500
  const content = await buffer(answer)
  const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return new Response(BODILESS.has(status) ? null : new Uint8Array(content), {
    status,
    headers: pairs,
  })
}
