import type {Interceptor} from '@mogplex/local-cloud'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {type ArrivedRequest, startFrontServer} from './front-server.js'
import {openStrictBrowser, type StrictBrowser} from './strict-browser.js'
import {
  createProvider,
  signInWithoutPage,
  STRICT_ACCOUNT,
  STRICT_CLIENT,
} from './strict-provider.js'
import type {StrictSettings} from './strict-provider.js'
import {createTokenLedger} from './token-ledger.js'

export {OTHER_STRICT_ACCOUNT, STRICT_ACCOUNT, STRICT_CLIENT} from './strict-provider.js'

export interface StrictServerOptions extends Partial<StrictSettings> {
  /** The path of the issuer, such as `/realms/a`. */
  readonly path?: string
}

/**
 * An authorization server that follows the standards strictly (oidc-provider): rotation that
 * revokes the whole grant on reuse, `iss` in the redirect, device codes, revocation.
 */
export interface StrictServer {
  /** The value for `MOGPLEX_URL`. */
  readonly origin: string
  readonly issuer: string
  /** Variables that select it for the CLI. */
  readonly env: Readonly<Record<string, string>>
  readonly requests: ArrivedRequest[]
  intercept(interceptor: Interceptor): () => void
  /** A browser that starts signed out; its account, the first by default, signs in without a page. */
  browser(accountId?: string): StrictBrowser
  approveDevice(userCode: string): Promise<void>
  denyDevice(userCode: string): Promise<void>
  /** Expires every access token issued so far. Refresh tokens stay valid. */
  expireAccessTokens(): Promise<void>
  /** Whether an access or a refresh token is still valid. */
  knows(token: string): Promise<boolean>
  /** Every token, code, verifier and cookie so far. */
  secrets(): string[]
  close(): Promise<void>
}

/** Starts it on a free port of 127.0.0.1. */
export async function startStrictServer(options: StrictServerOptions = {}): Promise<StrictServer> {
  const {path = '', ...settings} = options
  const ledger = createTokenLedger()
  let handle = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503).end()
  }
  const front = await startFrontServer({
    watch: ledger.read,
    handle: (request, response) => {
      handle(request, response)
    },
  })
  const {origin, requests} = front
  const issuer = `${origin}${path}`
  const provider = await createProvider(issuer, {
    callbackPorts: [24816, 24818],
    claimsInIdToken: true,
    refreshTokens: true,
    deviceFlow: true,
    deviceCodeSeconds: 600,
    accessTokenSeconds: 3600,
    ...settings,
  })
  const serve = provider.callback()
  const knows = async (token: string): Promise<boolean> => {
    const found =
      (await provider.AccessToken.find(token)) ?? (await provider.RefreshToken.find(token))
    return found !== undefined && !found.isExpired
  }

  handle = (request, response) => {
    const url = withinMount(request.url ?? '/', path)
    if (url === undefined) {
      void answerApi(request, response, knows)
    } else if (url.startsWith('/interaction/')) {
      signInWithoutPage(provider, request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error))
      })
    } else {
      // As if it were mounted: the library takes its path prefix from that.
      Object.assign(request, {originalUrl: `${path}${url}`, url})
      void serve(request, response)
    }
  }

  const devices = `${issuer}/device`
  const someone = () => openStrictBrowser(origin, STRICT_ACCOUNT.id)
  return {
    origin,
    issuer,
    requests,
    knows,
    intercept: (interceptor) => front.intercept(interceptor),
    close: async () => front.close(),
    env: {
      MOGPLEX_DEV: '1',
      MOGPLEX_URL: origin,
      MOGPLEX_ISSUER: issuer,
      MOGPLEX_CLIENT_ID: STRICT_CLIENT,
    },
    browser: (accountId = STRICT_ACCOUNT.id) => openStrictBrowser(origin, accountId),
    approveDevice: (code) => someone().enterCode(devices, code, 'confirm'),
    denyDevice: (code) => someone().enterCode(devices, code, 'abort'),
    async expireAccessTokens() {
      for (const token of ledger.list()) await (await provider.AccessToken.find(token))?.destroy()
    },
    secrets: ledger.list,
  }
}

/**
 * An address in the provider's form; `undefined` for those of the API. In RFC 8414 §3.1 the
 * well-known part comes before the path of an issuer.
 */
function withinMount(url: string, path: string): string | undefined {
  const wellKnown = '/.well-known/oauth-authorization-server'
  if (url === `${wellKnown}${path}`) return wellKnown
  if (url.startsWith('/api/')) return undefined
  return path === '' || url.startsWith(`${path}/`) ? url.slice(path.length) : undefined
}

/** The one route of the API that `whoami --verify` needs. */
async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  knows: (token: string) => Promise<boolean>,
): Promise<void> {
  const [, token = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? []
  const isRepositories = request.url?.startsWith('/api/v1/mogplex/repos') === true
  const status = !isRepositories ? 404 : (await knows(token)) ? 200 : 401
  const body = status === 200 ? {ok: true, repos: []} : {ok: false, error: {code: 'refused'}}
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
}
