// What all routes of signing in share, for the command `login` and for the login screen.
import type {MogplexError} from '@mogplex/plugin-kit/errors'
import type {Credential} from '../../domain/credential/credential.js'
import type {Resolution} from '../../domain/credential/precedence.js'
import type {Provider} from '../../domain/credential/provider-table.js'
import type {Secret} from '../../domain/credential/secret.js'
import type {Surroundings} from '../../domain/login/surroundings.js'
import type {Environment} from '../../domain/settings/environment.js'
import type {Settings} from '../../domain/settings/settings.js'
import type {Switching} from '../../services/claim-profile.js'
import type {LoginRequest} from '../../services/log-in.js'
import type {DeviceLoginRequest} from '../../services/log-in-by-device.js'
import type {Replaced} from '../../services/store-credential.js'
import type {SyncRequest, SyncSummary} from '../../services/sync-hosted-state.js'
import {confirm} from '../../terminal/confirm.js'
import {fit} from '../../terminal/wrap.js'
import type {CommandOutput} from './login-output.js'

export interface SignInOptions {
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
