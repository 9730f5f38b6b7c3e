import type {MogplexError} from '@mogplex/plugin-kit/errors'
// The routes of a sign-in, for the command `login` and for the login screen.
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
import {type CommandOutput, tellBrowserLogin, tellDeviceLogin} from './login-output.js'
import {qrCodesOn} from './qr-code.js'
import {displayFor} from './display.js'
import {
  browserBlock,
  type BrowserView,
  deviceBlock,
  type EscapeAction,
  hasScreen,
  type SignInTerminal,
  type SignInView,
} from './sign-in-block.js'
import {keyPrompt} from './stored-key-text.js'
import {fit} from '../terminal/wrap.js'

interface SignInOptions {
  readonly readOnly: boolean
  readonly timeoutSeconds: number
  readonly expectAccount?: string | undefined
  /** The profile may be given to another account without asking. */
  readonly maySwitch?: boolean
}

export interface SignInResult {
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
  /** The kernel stops a background process that reads the terminal or sets its mode. */
  isInForeground(): Promise<() => boolean>
  logIn(request: LoginRequest & {readOnly: boolean}): Promise<SignInResult>
  logInByDevice(request: DeviceLoginRequest & {readOnly: boolean}): Promise<SignInResult>
  /** Why the next prompt would not be sent, as far as is known without a request. */
  whyNoPrompt(): Promise<MogplexError | undefined>
  /** Says, once, that a sync has changed who pays. */
  takePayerNotice(): Promise<string | undefined>
  /** Checks that a credential can be stored, before anybody is asked for one. */
  rehearse(): Promise<void>
  storeKey(request: {
    provider: Provider
    key: Secret
    expectAccount: string | undefined
    switching: Switching
    signal: AbortSignal
  }): Promise<SignInResult>
}

/** What a sign-in needs: the services, and the streams of the terminal or program that asked. */
export interface SignInContext {
  readonly services: SignInServices
  readonly issuer: string
  readonly env: Environment
  readonly argv: readonly string[]
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** A person can answer questions. */
  readonly interactive: boolean
  /** Writes an object for programs; `undefined` without `--json`. */
  readonly logJson: ((object: unknown) => void) | undefined
}

/** Writes text for people to stderr and stdout or, with `--json`, objects for programs. */
export function outputOf({stdout, stderr, logJson}: SignInContext): CommandOutput {
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

/** Signs in with the browser, or with a pasted address; see services/log-in. */
export async function signInByBrowser(
  context: SignInContext,
  options: SignInOptions & {readonly opensBrowser: boolean; readonly escape: EscapeAction},
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, issuer, env, argv, stdin, stderr} = context
  const {opensBrowser, escape, maySwitch, ...rest} = options
  const around = await services.surroundings()
  const place = {context, isInForeground: await services.isInForeground()}
  const byHand = place.isInForeground() ? ('by hand' as const) : ('by hand after fg' as const)
  const progress = {
    surroundings: around,
    issuer,
    palette: displayFor(stderr, env, argv).palette,
    canPaste: stdin.isTTY ? byHand : ('on stdin' as const),
    opensBrowser,
    namedBrowser: valueOf(env, 'BROWSER'),
  }
  const leaving = {escape, onLeave: interrupt, timeoutSeconds: options.timeoutSeconds}
  const view = hasScreen(place)
    ? browserBlock(place, progress, leaving)
    : browserLines(place, progress, interrupt)
  try {
    return await services.logIn({
      ...rest,
      openBrowser: opensBrowser && around.canShowBrowser,
      switching: switchingAt(context, maySwitch, signal, () => view.close()),
      signal,
      paste: view.paste,
      tell: view.tell,
    })
  } finally {
    view.close()
  }
}

/** Prints progress line by line, and the prompt again when the process is resumed. */
function browserLines(
  {context, isInForeground}: SignInTerminal & {readonly context: SignInContext},
  progress: Progress,
  onInterrupt: () => void,
): BrowserView {
  const {stdin} = context
  const output = outputOf(context)
  let sayAgain = (): void => undefined
  return {
    paste: (over) =>
      hiddenLines({stdin, isInForeground, onInterrupt, onContinue: () => sayAgain()}, over),
    tell(event) {
      tellBrowserLogin(event, output, progress)
      if (event.type !== 'authorization') return
      const here = {...progress, canPaste: 'by hand'} as const
      sayAgain = () => output.say(progressLines(event, here))
    },
    close: () => undefined,
  }
}

/** Signs in with a code that is entered on any device; see services/log-in-by-device. */
export async function signInByDevice(
  context: SignInContext,
  {escape, maySwitch, ...options}: SignInOptions & {readonly escape: EscapeAction},
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, issuer, env, argv, stderr} = context
  const {palette} = displayFor(stderr, env, argv)
  const progress = {palette, issuer, drawQrCode: await qrCodesOn(stderr, env, argv)}
  const place = {context, isInForeground: await services.isInForeground()}
  const view = hasScreen(place)
    ? deviceBlock(place, progress, {escape, onLeave: interrupt})
    : deviceLines(outputOf(context), progress)
  try {
    const switching = switchingAt(context, maySwitch, signal, () => view.close())
    return await services.logInByDevice({...options, switching, signal, tell: view.tell})
  } finally {
    view.close()
  }
}

function deviceLines(
  output: CommandOutput,
  progress: DeviceProgress,
): SignInView<DeviceLoginEvent> {
  return {tell: (event) => tellDeviceLogin(event, output, progress), close: () => undefined}
}

/** Asks a person, with nothing else on the screen, whether the profile may change its account. */
export function switchingAt(
  {interactive, stdin, stderr, logJson}: SignInContext,
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

/** Signs in with a key: typed without echo, or read from standard input. */
export async function signInByKey(
  context: SignInContext,
  provider: Provider,
  {timeoutSeconds, expectAccount, maySwitch}: Omit<SignInOptions, 'readOnly'>,
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, env, argv, stdin, stderr} = context
  const output = outputOf(context)
  const siteRoot = services.session.settings.baseUrl
  await services.rehearse()
  const switching = switchingAt(context, maySwitch, signal)
  const ask = (): void => output.say(keyPrompt(provider, siteRoot, displayFor(stderr, env, argv)))
  for (;;) {
    const text = await readKeyText({stdin, ask, onInterrupt: interrupt, signal, timeoutSeconds})
    try {
      const key = readApiKey(text, provider, siteRoot)
      return await services.storeKey({provider, key, expectAccount, switching, signal})
    } catch (error) {
      const isSlip = error instanceof LoginFailedError && error.code === 'MALFORMED_KEY'
      if (!isSlip || !stdin.isTTY || stdin.readableEnded || stdin.destroyed) throw error
      output.say(['', error.message])
    }
  }
}
