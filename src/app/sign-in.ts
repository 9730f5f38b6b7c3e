import type {MogplexError} from '@mogplex/plugin-kit/errors'
// Signing in, as the command `login` does it and the login screen: the routes with their words.
import {readApiKey} from '../domain/login/api-key-input.js'
import type {Credential} from '../domain/credential/credential.js'
import {type Environment, valueOf} from '../domain/settings/environment.js'
import type {Settings} from '../domain/settings/settings.js'
import {LoginFailedError} from '../domain/errors/authentication.js'
import type {Resolution} from '../domain/credential/precedence.js'
import type {Provider} from '../domain/credential/provider-table.js'
import type {Secret} from '../domain/credential/secret.js'
import type {Surroundings} from '../domain/login/surroundings.js'
import type {DeviceLoginEvent, DeviceLoginRequest} from '../services/log-in-by-device.js'
import type {LoginRequest} from '../services/log-in.js'
import type {Switching} from '../services/claim-profile.js'
import type {Replaced} from '../services/store-credential.js'
import type {SyncRequest, SyncSummary} from '../services/sync-hosted-state.js'
import {confirm} from '../terminal/confirm.js'
import {hiddenLines} from '../terminal/hidden-lines.js'
import type {Interrupt} from '../terminal/interrupt.js'
import type {DeviceProgress} from './device-progress.js'
import {readKeyText} from './key-input.js'
import {type Progress, progressLines} from './login-progress.js'
import {type Talk, tellBrowserLogin, tellDeviceLogin} from './login-talk.js'
import {qrCodesOn} from './qr-code.js'
import {showingOn} from './showing.js'
import {
  browserBlock,
  type BrowserView,
  deviceBlock,
  type Escape,
  hasScreen,
  type Place,
  type SignInView,
} from './sign-in-block.js'
import {keyPrompt} from './stored-key-text.js'
import {fit} from '../terminal/wrap.js'

interface Wish {
  readonly readOnly: boolean
  readonly timeoutSeconds: number
  readonly expectAccount?: string | undefined
  /** Whether the profile may be given to another account, without a question. */
  readonly maySwitch?: boolean
}

export interface Done {
  readonly credential: Credential
  readonly keptAside: readonly string[]
  readonly exposure?: string | undefined
  readonly replaced: readonly Replaced[]
}

/** The services of signing in. */
export interface SignInServices {
  readonly session: {
    readonly resolution: Resolution
    readonly settings: Pick<Settings, 'baseUrl'>
  }
  readonly hosted: {sync(request: SyncRequest): Promise<SyncSummary>}
  surroundings(): Promise<Surroundings>
  /** Else the kernel stops whoever reads the terminal or sets its mode. */
  isInForeground(): Promise<() => boolean>
  logIn(request: LoginRequest & {readOnly: boolean}): Promise<Done>
  logInByDevice(request: DeviceLoginRequest & {readOnly: boolean}): Promise<Done>
  /** Why the next prompt would not be sent, as far as is known without asking. */
  whyNoPrompt(): Promise<MogplexError | undefined>
  /** What a sync found out of who pays, once. */
  takePayerNotice(): Promise<string | undefined>
  /** Fails where nothing could be stored: before anybody is asked for anything. */
  rehearse(): Promise<void>
  storeKey(request: {
    provider: Provider
    key: Secret
    expectAccount: string | undefined
    switching: Switching
    signal: AbortSignal
  }): Promise<Done>
}

/** Where somebody signs in: the services, and the terminal or program they sit at. */
export interface Desk {
  readonly services: SignInServices
  readonly issuer: string
  readonly env: Environment
  readonly argv: readonly string[]
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Somebody is here who can be asked. */
  readonly interactive: boolean
  /** Takes objects for programs; `undefined` where nobody asked for JSON. */
  readonly logJson: ((object: unknown) => void) | undefined
}

/** How the desk talks: to people on stderr and stdout, or else to programs, in objects. */
export function talkAt({stdout, stderr, logJson}: Desk): Talk {
  return {
    say: (lines) => {
      if (logJson !== undefined) return
      for (const line of lines) stderr.write(`${fit(line, stderr)}\n`)
    },
    report: (object) => {
      logJson?.(object)
    },
    result: (text) => {
      if (logJson === undefined) stdout.write(`${fit(text, stdout)}\n`)
    },
  }
}

/** By the browser, or by an address that is pasted; see services/log-in. */
export async function signInByBrowser(
  desk: Desk,
  wish: Wish & {readonly opensBrowser: boolean; readonly escape: Escape},
  {signal, interrupt}: Interrupt,
): Promise<Done> {
  const {services, issuer, env, argv, stdin, stderr} = desk
  const {opensBrowser, escape, maySwitch, ...rest} = wish
  const around = await services.surroundings()
  const place = {desk, isInForeground: await services.isInForeground()}
  const byHand = place.isInForeground() ? ('by hand' as const) : ('by hand after fg' as const)
  const progress = {
    surroundings: around,
    issuer,
    palette: showingOn(stderr, env, argv).palette,
    canPaste: stdin.isTTY ? byHand : ('on stdin' as const),
    opensBrowser,
    namedBrowser: valueOf(env, 'BROWSER'),
  }
  const leaving = {escape, onLeave: interrupt, timeoutSeconds: wish.timeoutSeconds}
  const view = hasScreen(place)
    ? browserBlock(place, progress, leaving)
    : browserLines(place, progress, interrupt)
  try {
    return await services.logIn({
      ...rest,
      openBrowser: opensBrowser && around.canShowBrowser,
      switching: switchingAt(desk, maySwitch, signal, () => view.close()),
      signal,
      paste: view.paste,
      tell: view.tell,
    })
  } finally {
    view.close()
  }
}

/** What is told line by line, and asked for again when the process goes on. */
function browserLines(
  {desk, isInForeground}: Place & {readonly desk: Desk},
  progress: Progress,
  onInterrupt: () => void,
): BrowserView {
  const {stdin} = desk
  const talk = talkAt(desk)
  let sayAgain = (): void => undefined
  return {
    paste: (over) =>
      hiddenLines({stdin, isInForeground, onInterrupt, onContinue: () => sayAgain()}, over),
    tell(event) {
      tellBrowserLogin(event, talk, progress)
      if (event.type !== 'authorization') return
      const here = {...progress, canPaste: 'by hand'} as const
      sayAgain = () => talk.say(progressLines(event, here))
    },
    close: () => undefined,
  }
}

/** By a code that is entered on any device; see services/log-in-by-device. */
export async function signInByDevice(
  desk: Desk,
  {escape, maySwitch, ...wish}: Wish & {readonly escape: Escape},
  {signal, interrupt}: Interrupt,
): Promise<Done> {
  const {services, issuer, env, argv, stderr} = desk
  const {palette} = showingOn(stderr, env, argv)
  const progress = {palette, issuer, drawQrCode: await qrCodesOn(stderr, env, argv)}
  const place = {desk, isInForeground: await services.isInForeground()}
  const view = hasScreen(place)
    ? deviceBlock(place, progress, {escape, onLeave: interrupt})
    : deviceLines(talkAt(desk), progress)
  try {
    const switching = switchingAt(desk, maySwitch, signal, () => view.close())
    return await services.logInByDevice({...wish, switching, signal, tell: view.tell})
  } finally {
    view.close()
  }
}

function deviceLines(talk: Talk, progress: DeviceProgress): SignInView<DeviceLoginEvent> {
  return {tell: (event) => tellDeviceLogin(event, talk, progress), close: () => undefined}
}

/** A person is asked whether the profile changes hands, once nothing else is drawn. */
export function switchingAt(
  {interactive, stdin, stderr, logJson}: Desk,
  isAllowed: boolean | undefined,
  signal: AbortSignal,
  close: () => void = () => undefined,
): Switching {
  if (isAllowed === true || !interactive || logJson !== undefined) {
    return {isAllowed: isAllowed === true}
  }
  return {
    isAllowed: false,
    async confirm(profile, from, to) {
      close()
      const question = `The profile ${profile} belongs to ${from}. Give it to ${to}?`
      return confirm(fit(question, stderr), {stdin, stderr, signal})
    },
  }
}

/** By a key: typed where nothing shows it, or read from standard input. */
export async function signInByKey(
  desk: Desk,
  provider: Provider,
  {timeoutSeconds, expectAccount, maySwitch}: Omit<Wish, 'readOnly'>,
  {signal, interrupt}: Interrupt,
): Promise<Done> {
  const {services, env, argv, stdin, stderr} = desk
  const talk = talkAt(desk)
  const siteRoot = services.session.settings.baseUrl
  await services.rehearse()
  const switching = switchingAt(desk, maySwitch, signal)
  const ask = (): void => talk.say(keyPrompt(provider, siteRoot, showingOn(stderr, env, argv)))
  for (;;) {
    const text = await readKeyText({stdin, ask, onInterrupt: interrupt, signal, timeoutSeconds})
    try {
      const key = readApiKey(text, provider, siteRoot)
      return await services.storeKey({provider, key, expectAccount, switching, signal})
    } catch (error) {
      const isSlip = error instanceof LoginFailedError && error.code === 'MALFORMED_KEY'
      if (!isSlip || !stdin.isTTY || stdin.readableEnded || stdin.destroyed) throw error
      talk.say(['', error.message])
    }
  }
}
