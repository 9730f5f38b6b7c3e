/** A browser without a window: it keeps cookies, follows redirects and fills in the sign-in form. */
export interface Browser {
  /**
   * Opens an authorization URL and signs in when asked to.
   *
   * @returns the redirect back to the client, with `code` and `state` or with `error`, not fetched
   * @throws {Error} when it ends on a page of the cloud, naming status and path
   */
  authorize(url: string | URL): Promise<URL>
  /** Like {@link Browser.authorize}, and then fetches the redirect, as a real browser does. */
  visit(url: string | URL): Promise<Response>
  /** One request with the cookies of this browser, redirects not followed. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
}

const MOST_REDIRECTS = 10

/** Opens a browser for one person. It starts without cookies. */
export function openBrowser(base: string, person: {email: string; password: string}): Browser {
  const jar = new Map<string, string>()

  const send = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const target = new URL(url, base)
    if (cookies && target.origin === base) headers.set('cookie', cookies)
    const response = await fetch(target, {...init, headers, redirect: 'manual'})
    if (target.origin === base) keepCookies(jar, response.headers.getSetCookie())
    return response
  }

  const submitLogin = (url: URL): Promise<Response> => {
    const {email, password} = person
    const body = new URLSearchParams({email, password})
    return send(url, {method: 'POST', body, headers: {origin: base}})
  }

  const authorize = async (start: string | URL): Promise<URL> => {
    let url = new URL(start, base)
    let asked = false
    for (let step = 0; step < MOST_REDIRECTS; step++) {
      if (url.origin !== base) return url
      const submits: boolean = url.pathname === '/login' && !asked
      const response = submits ? await submitLogin(url) : await send(url)
      asked ||= submits
      const location = response.headers.get('location')
      if (location === null) throw new Error(`Ended with ${response.status} at ${url.pathname}.`)
      url = new URL(location, url)
    }
    throw new Error(`More than ${MOST_REDIRECTS} redirects.`)
  }

  return {
    fetch: send,
    authorize,
    visit: async (url) => fetch(await authorize(url), {redirect: 'manual'}),
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
