import type {BrowserContext, Page} from 'playwright-core'

const LOCAL_HOSTS = new Set(['127.0.0.1', 'localhost'])
const NETWORK = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:'])

/** Blocks every request of a page to another machine, and returns the list of them. */
export async function refuseForeignRequests(context: BrowserContext): Promise<string[]> {
  const foreign: string[] = []
  await context.route(isForeign, (route) => {
    foreign.push(route.request().url())
    return route.abort('blockedbyclient')
  })
  await context.routeWebSocket(isForeign, (socket) => {
    foreign.push(socket.url())
    return socket.close()
  })
  const watch = (page: Page) => noteRedirects(context, page, foreign)
  context.on('page', (page) => void watch(page).catch(() => undefined)) // it may be closed already
  await Promise.all(context.pages().map(watch))
  return foreign
}

/** A redirect bypasses all routes, and Playwright's own events miss it when it is refused. */
async function noteRedirects(context: BrowserContext, page: Page, foreign: string[]) {
  const session = await context.newCDPSession(page)
  session.on('Network.requestWillBeSent', ({redirectResponse, request}) => {
    if (redirectResponse && isForeign(request.url)) foreign.push(request.url)
  })
  await session.send('Network.enable')
}

function isForeign(address: string | URL): boolean {
  const {protocol, hostname} = new URL(address)
  return NETWORK.has(protocol) && !LOCAL_HOSTS.has(hostname)
}
