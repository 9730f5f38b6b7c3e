import {MogplexError} from '@mogplex/plugin-kit/errors'
import type {AuthorizationRequest} from '../adapters/authorization-server/authorization-request.js'
import type {TokenSet} from '../adapters/authorization-server/code-exchange.js'
import type {ServerMetadata} from '../adapters/authorization-server/discovery.js'
import type {CallbackServer, CallbackServerOptions} from '../adapters/callback-server.js'
import type {SignedInText} from '../adapters/callback-server/callback-pages.js'
import type {StartAddress} from '../adapters/callback-server/start-address.js'
import {
  type CodeCallback,
  errorText,
  type Judgement,
  judgeCallback,
  redirectUriFor,
} from '../domain/login/callback-rules.js'
import type {Account} from '../domain/credential/credential.js'
import {hostOf} from '../domain/network/addresses.js'
import {type UnopenedPort, unopenedText} from '../domain/login/unopened-ports.js'
import {LoginFailedError} from '../domain/errors/authentication.js'
import type {Switching} from './claim-profile.js'
import {type CallbackAnswer, firstCallback, type PasteRoute} from './first-callback.js'
import {type LoggedIn, storeLogin, type StoreLoginPorts} from './store-login.js'

/** The progress of the login, for the caller to show. Texts are printable. */
export type LoginEvent =
  | {
      readonly type: 'authorization'
      readonly url: URL
      /** `undefined` where no port could be opened for the redirect. */
      readonly redirectUri: string | undefined
      readonly unopened: readonly UnopenedPort[]
    }
  | {readonly type: 'exchanging'}
  | {readonly type: 'hint'; readonly text: string}
  | {readonly type: 'no-browser'}
  /** The redirect exceeded the size limit: its address has to be pasted. */
  | {readonly type: 'too-long'}
  | {readonly type: 'paste-refused'; readonly why: string}

export interface LoginRequest {
  /** Opens the browser; the address is reported in any case. */
  readonly openBrowser: boolean
  readonly timeoutSeconds: number
  /** Fails, storing nothing, unless this e-mail address signed in. */
  readonly expectAccount?: string | undefined
  /** Whether the profile may be given to another account. */
  readonly switching?: Switching | undefined
  /** Ends the login, with the reason as the error. */
  readonly signal: AbortSignal
  readonly paste: PasteRoute
  readonly tell: (event: LoginEvent) => void
}

/** The dependencies of a login. */
export interface LoginPorts extends StoreLoginPorts {
  discover(signal: AbortSignal): Promise<ServerMetadata>
  makeRequest(metadata: ServerMetadata, redirectUri: string): Promise<AuthorizationRequest>
  exchange(
    metadata: ServerMetadata,
    request: AuthorizationRequest,
    callback: CodeCallback,
    signal: AbortSignal,
  ): Promise<TokenSet>
  openCallbackServer(options: CallbackServerOptions): Promise<CallbackServer | undefined>
  /** An address that redirects the browser to the request, and that others may see. */
  openStartAddress(request: URL): Promise<StartAddress | undefined>
  openBrowser(url: URL): Promise<boolean>
}

/**
 * Signs in by authorization code with PKCE (RFC 6749 §4.1, RFC 7636, RFC 8252): the browser is
 * redirected to our server on 127.0.0.1, or the user pastes the address at which it ended; the
 * first genuine answer wins. A failure before the credential is stored leaves the old one in place.
 *
 * @throws {LoginFailedError} exit 64: denied, refused, or not finished in time
 * @throws {RemoteError} exit 69, {RateLimitedError} exit 75, {CancelledError} exit 130
 * @throws {LocalFileError} exit 1, when the credential cannot be stored
 */
export async function logIn(ports: LoginPorts, login: LoginRequest): Promise<LoggedIn> {
  const {settings} = ports
  ports.authFile.read()
  if (login.switching?.isAllowed !== true) ports.profile?.owner()
  await ports.authFile.rehearse() // a problem with storing is reported before the browser opens
  const metadata = await ports.discover(login.signal)
  let request: AuthorizationRequest | undefined
  const judge = (query: URLSearchParams): Judgement =>
    request === undefined
      ? {kind: 'refused', why: 'Nothing was asked yet.'}
      : judgeCallback(query, {
          state: request.state,
          issuer: metadata.document.issuer,
          issPromised: metadata.issPromised,
        })
  const unopened: UnopenedPort[] = []
  const server = await ports.openCallbackServer({
    ports: settings.callbackPorts,
    judge,
    onHint: (text) => {
      login.tell({type: 'hint', text})
    },
    onTooLong: () => {
      login.tell({type: 'too-long'})
    },
    onUnopened: (port) => unopened.push(port),
  })
  let start: StartAddress | undefined
  try {
    const [firstPort = 0] = settings.callbackPorts
    request = await ports.makeRequest(metadata, server?.redirectUri ?? redirectUriFor(firstPort))
    if (login.openBrowser) start = await ports.openStartAddress(request.url)
    const {url, redirectUri} = request
    const stopped = start?.reused
    const coming = firstCallback({
      server,
      judge,
      redirectUri,
      stopped,
      login,
      noRouteLeft: () => noRouteLeft(unopened),
    })
    coming.catch(() => undefined) // it may fail while the instructions are still being printed
    login.tell({type: 'authorization', url, redirectUri: server?.redirectUri, unopened})
    if (login.openBrowser) void startBrowser(ports, login, start?.url)
    return await finish(ports, login, {metadata, request, answer: await coming})
  } finally {
    start?.close()
    await server?.close()
  }
}

interface Answered {
  readonly metadata: ServerMetadata
  readonly request: AuthorizationRequest
  readonly answer: CallbackAnswer
}

/** From the answer to the stored credential; only then does the browser get its page. */
async function finish(
  ports: LoginPorts,
  login: LoginRequest,
  {metadata, request, answer}: Answered,
): Promise<LoggedIn> {
  const {judgement, respond} = answer
  try {
    if (judgement.kind === 'denied') {
      throw new LoginFailedError(`The sign-in was refused (${errorText(judgement)}).`)
    }
    login.tell({type: 'exchanging'})
    const tokens = await ports.exchange(metadata, request, judgement, login.signal)
    const {expectAccount, signal, switching} = login
    const isStored = (): void =>
      respond({ok: true, signedIn: signedInAs(tokens.account, ports.settings.issuer)})
    return await storeLogin(ports, tokens, {expectAccount, signal, switching, isStored})
  } catch (error) {
    respond({ok: false, code: error instanceof MogplexError ? error.code : undefined})
    throw error
  }
}

/** The e-mail address identifies an account; a name alone is better than nothing. */
function signedInAs(account: Account | undefined, issuer: string): SignedInText | undefined {
  const who = account?.email?.printable() ?? account?.name?.printable()
  return who === undefined ? undefined : {who, host: hostOf(issuer)}
}

async function startBrowser(
  ports: LoginPorts,
  {tell, signal}: LoginRequest,
  url: URL | undefined,
): Promise<void> {
  const opened = url !== undefined && (await ports.openBrowser(url).catch(() => false))
  if (!opened && !signal.aborted) tell({type: 'no-browser'}) // otherwise the screen has moved on
}

function noRouteLeft(unopened: readonly UnopenedPort[]): LoginFailedError {
  return new LoginFailedError(
    `The browser cannot come back (${unopenedText(unopened)}), and nothing was pasted.`,
    'Free one of the ports, or paste the address at which the browser ends.',
  )
}
