// A sign-in in two commands, for a program that cannot wait, such as an agent or a job. The first
// prints an address, which a person opens, and a handle, with which the second finishes it.
import {hostOf} from '../../domain/network/addresses.js'
import type {FinishLoginRequest} from '../../services/finish-login.js'
import type {LoginEvent} from '../../services/log-in.js'
import type {StartedLogin, StartLoginRequest} from '../../services/start-login.js'
import {hiddenLines} from '../../terminal/hidden-lines.js'
import type {Interrupt} from '../../terminal/interrupt.js'
import type {Palette} from '../../terminal/palette.js'
import {progressLines} from './login-progress.js'
import {displayFor} from '../display.js'
import {type SignInContext, type SignInResult, switchingAt, outputOf} from './sign-in-context.js'
import {timeOfDay} from '../when.js'

interface TwoStepServices {
  startLogin(request: StartLoginRequest & {readonly readOnly: boolean}): Promise<StartedLogin>
  finishLogin(request: FinishLoginRequest): Promise<SignInResult>
}

type FinishOptions = Pick<FinishLoginRequest, 'handle' | 'timeoutSeconds'> & {
  readonly maySwitch: boolean | undefined
}

export type TwoStepContext = SignInContext & {readonly services: TwoStepServices}

/** Prints where to sign in and how to finish, without waiting. */
export async function startSignIn(
  context: TwoStepContext,
  options: {readonly readOnly: boolean; readonly expectAccount: string | undefined},
  {signal}: Interrupt,
): Promise<void> {
  const {services, issuer, env, argv, stdout} = context
  const started = await services.startLogin({...options, signal})
  const {url, handle, expiresAt} = started
  const output = outputOf(context)
  const report = {url: url.href, handle, expiresAt: expiresAt.toISOString()}
  output.report({type: 'authorization', ...report})
  const {palette} = displayFor(stdout, env, argv)
  for (const line of startedLines(started, issuer, palette)) output.result(line)
}

/** The address and the command are on separate lines, and are not wrapped. */
function startedLines(
  {url, handle, expiresAt, redirectUri}: StartedLogin,
  issuer: string,
  palette: Palette,
): string[] {
  const {origin} = new URL(redirectUri)
  return [
    `To sign in to ${palette.strong(hostOf(issuer))}, open:`,
    '',
    url.href,
    '',
    `The browser ends at an address that begins with ${origin}, which it cannot load. Until ${timeOfDay(expiresAt)} that address, on standard input, finishes it:`,
    '',
    `  ${palette.command(`mogplex login --finish ${handle}`)}`,
  ]
}

/** Finishes a sign-in with an address that is typed without echo, or read from standard input. */
export async function finishSignIn(
  context: TwoStepContext,
  {handle, timeoutSeconds, maySwitch}: FinishOptions,
  {signal, interrupt}: Interrupt,
): Promise<SignInResult> {
  const {services, issuer, env, argv, stdin, stderr} = context
  const output = outputOf(context)
  const isInForeground = await services.isInForeground()
  const ask = (): void => {
    if (stdin.isTTY) output.say(['Paste the address that the browser ended at (it is not shown):'])
  }
  const progress = {
    issuer,
    opensBrowser: false,
    palette: displayFor(stderr, env, argv).palette,
    canPaste: stdin.isTTY ? ('by hand' as const) : ('on stdin' as const),
    surroundings: await services.surroundings(),
  }
  return services.finishLogin({
    handle,
    timeoutSeconds,
    signal,
    switching: switchingAt(context, maySwitch, signal),
    paste(over) {
      const lines = hiddenLines(
        {stdin, isInForeground, onInterrupt: interrupt, onContinue: ask},
        over,
      )
      ask()
      return lines
    },
    tell(event: LoginEvent) {
      // Elsewhere nothing follows, and the error is enough.
      if (event.type === 'exchanging' || stdin.isTTY) output.say(progressLines(event, progress))
    },
  })
}
