import {once} from 'node:events'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {createApiKeys} from './api-keys.js'
import {createAuthorizationServer} from './create-authorization-server.js'
import {openBrowser} from './browser.js'
import {createSaver, createState, loadState} from './data-file.js'
import {DEMO_ACCOUNTS, findDemoAccount, type DemoAccount} from './demo-accounts.js'
import {readRequest, writeResponse} from './http-bridge.js'
import {createInterceptors} from './interceptors.js'
import type {LocalCloud, LocalCloudOptions, SeenRequest} from './local-cloud.js'
import {redirectUris} from './oauth-client.js'
import {route} from './route.js'
import {createRunStore} from './runs/run-store.js'
import {createRunLimiter} from './runs/run-limiter.js'
import {startRun} from './runs/start-from-page.js'
import {isLoopbackHost} from './same-site.js'
import {createIssuedSecrets} from './issued-secrets.js'
import {signInDirectly} from './sign-in-directly.js'
import type {Site} from './site.js'

const HOUR = 3600
const MONTH = 30 * 24 * HOUR

/**
 * Starts a small version of the hosted service, on 127.0.0.1 only. Several may run in one process.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const {port: wanted = 0, profile = 'hosted', dataFile, rateLimit = false} = options
  const state = dataFile === undefined ? createState(profile) : await loadState(dataFile, profile)
  const {tables} = state
  const write = dataFile === undefined ? async () => {} : createSaver(dataFile, state)
  let closed = false
  const save = async () => {
    if (!closed) await write() // once closed, the file may belong to another cloud
  }
  const requests: SeenRequest[] = []
  const ledger = createIssuedSecrets(tables)
  const keys = createApiKeys(tables, ledger.remember)
  const runs = createRunStore(options.runPace ?? 1)
  const interceptors = createInterceptors()

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const site = await ready
    const request = isLoopbackHost(incoming.headers.host)
      ? await readRequest(incoming, site.base).catch(() => {})
      : undefined
    if (!request) {
      refuse(outgoing, 400, 'The local cloud does not answer this request.')
      return
    }
    const seen = await see(request, site)
    requests.push(seen)
    await ledger.readRequest(request)
    const response = await interceptors.run(request, async () => {
      const served = await route(request.clone(), site)
      await ledger.readResponse(served)
      await save() // before the answer: what a client has received is on disk
      return served
    })
    if (response === 'hang') return
    if (response === 'drop') {
      incoming.socket.destroy()
      return
    }
    await ledger.readResponse(response)
    seen.status = response.status
    await writeResponse(response, outgoing)
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => refuse(outgoing, 500, messageOf(error)))
  })
  // Only clients close idle connections: otherwise one could be reused in that very moment.
  server.keepAliveTimeout = 0
  const ready = listen()

  async function listen(): Promise<Site & {port: number}> {
    server.listen(wanted, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : wanted
    const base = `http://127.0.0.1:${port}`
    const authorizationServer = await createAuthorizationServer(profile, {
      base,
      state,
      redirectUris: redirectUris(options.callbackPorts),
      rateLimit,
      accessTokenLifetimeSeconds: options.accessTokenLifetimeSeconds ?? HOUR,
      refreshTokenLifetimeSeconds: options.refreshTokenLifetimeSeconds ?? MONTH,
      replayWindowSeconds: options.replayWindowSeconds,
    })
    await authorizationServer.seed()
    await save()
    const {inferenceAccepts = 'key'} = options
    return {
      base,
      port,
      profile,
      server: authorizationServer,
      keys,
      runs,
      runLimiter: createRunLimiter(),
      inferenceAccepts,
      unseenKeys: new Map(),
    }
  }

  const end = async () => {
    const ended = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await ended
  }
  const site = await ready.catch(async (error: unknown) => {
    await end()
    throw error
  })
  const {base, port} = site
  const browser = (email: string) => openBrowser(base, accountOf(email))
  return {
    url: base,
    port,
    profile,
    accounts: DEMO_ACCOUNTS,
    requests,
    secrets: ledger.list,
    intercept: interceptors.add,
    browser,
    signIn: (email, scope) => signInDirectly(site, browser(email), scope),
    async expireAccessTokens() {
      site.server.expireAccessTokens()
      await save()
    },
    async revokeTokens() {
      site.server.forgetTokens()
      await save()
    },
    async createKey(email, wanted = {}) {
      const {key} = keys.create(accountOf(email).email, wanted)
      await save()
      return key
    },
    async revokeKey(key) {
      if (!keys.revokeValue(key)) throw new Error('The local cloud has not made this key.')
      await save()
    },
    startRun: (email, prompt = 'Mend the tests.') => startRun(runs, email, prompt),
    async close() {
      await end()
      await save()
      closed = true
    },
  }
}

/** The parts of a request that may be reported: no secrets. */
async function see(request: Request, {server}: Site): Promise<SeenRequest> {
  const {pathname: path} = new URL(request.url)
  const hasAuthorization = request.headers.has('authorization')
  const seen = {method: request.method, path, hasAuthorization}
  if (path !== server.endpoints.token) return seen
  const grantType = new URLSearchParams(await request.clone().text()).get('grant_type')
  return grantType === null ? seen : {...seen, grantType}
}

function accountOf(email: string): DemoAccount {
  const account = findDemoAccount(email)
  if (!account) throw new Error(`${email} is not a demo account of the local cloud.`)
  return account
}

function refuse(outgoing: ServerResponse, status: number, message: string): void {
  if (outgoing.headersSent) outgoing.destroy()
  else outgoing.writeHead(status, {'content-type': 'text/plain; charset=utf-8'}).end(`${message}\n`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The local cloud failed.'
}
