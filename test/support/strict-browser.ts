/** A headless browser for a strict server: it stores cookies and follows redirects. */
export interface StrictBrowser {
  /**
   * Opens an authorization URL.
   *
   * @returns the redirect back to the client, not followed
   * @throws {Error} when it ends on a page of the server, naming status and path
   */
  authorize(url: string | URL): Promise<URL>
  /** Like {@link StrictBrowser.authorize}, and then follows the redirect, as a real browser does. */
  visit(url: string | URL): Promise<Response>
  /** Enters a user code, and approves the device or not. */
  enterCode(page: string | URL, userCode: string, answer: 'abort' | 'confirm'): Promise<void>
}

const MAX_REDIRECTS = 12

/** Selects the account of a browser: the server has no sign-in page. */
export const ACCOUNT_COOKIE = 'strict_account'

/** Opens a browser for an account, signed out. */
export function openStrictBrowser(origin: string, accountId: string): StrictBrowser {
  const jar = new Map([[ACCOUNT_COOKIE, accountId]])

  const send = async (url: URL, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {...init, headers: {cookie}, redirect: 'manual'})
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /** Until there is no redirect, or one that leaves the server. */
  const follow = async (start: URL, init?: RequestInit): Promise<URL | Response> => {
    let url = start
    let response = await send(url, init)
    for (let step = 0; step < MAX_REDIRECTS; step++) {
      const location = response.headers.get('location')
      if (location === null) return response
      url = new URL(location, url)
      if (url.origin !== origin) return url
      response = await send(url)
    }
    throw new Error(`More than ${MAX_REDIRECTS} redirects.`)
  }

  const authorize = async (start: string | URL): Promise<URL> => {
    const end = await follow(new URL(start))
    if (end instanceof URL) return end
    throw new Error(`Ended with ${end.status} at ${new URL(end.url).pathname}.`)
  }

  return {
    authorize,
    visit: async (url) => fetch(await authorize(url)),
    async enterCode(page, userCode, answer) {
      const form = await (await send(new URL(page))).text()
      const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(form) ?? []
      const body = new URLSearchParams({xsrf, user_code: userCode, [answer]: 'yes'})
      const end = await follow(new URL(page), {method: 'POST', body})
      const isWanted = end instanceof Response && end.status === (answer === 'abort' ? 400 : 200)
      if (!isWanted && answer === 'confirm') throw new Error('The code was not accepted.')
    },
  }
}
