// A sign-in in two commands, for whoever cannot wait: an agent, a job. The first one's result is an
// address, which a person opens, and a handle, by which the second one finishes it.
import {hostOf} from '../domain/network/addresses.js'
import type {FinishLoginRequest} from '../services/finish-login.js'
import type {LoginEvent} from '../services/log-in.js'
import type {StartedLogin, StartLoginRequest} from '../services/start-login.js'
import {hiddenLines} from '../terminal/hidden-lines.js'
import type {Interrupt} from '../terminal/interrupt.js'
import type {Palette} from '../terminal/palette.js'
import {progressLines} from './login-progress.js'
import {showingOn} from './showing.js'
import {type Desk, type Done, switchingAt, talkAt} from './sign-in.js'
import {timeOfDay} from './when.js'

interface TwoStepServices {
  startLogin(request: StartLoginRequest & {readonly readOnly: boolean}): Promise<StartedLogin>
  finishLogin(request: FinishLoginRequest): Promise<Done>
}

type FinishWish = Pick<FinishLoginRequest, 'handle' | 'timeoutSeconds'> & {
  readonly maySwitch: boolean | undefined
}

export type TwoStepDesk = Desk & {readonly services: TwoStepServices}

/** Says where to sign in, and how it is finished; waits for nobody. */
export async function startSignIn(
  desk: TwoStepDesk,
  wish: {readonly readOnly: boolean; readonly expectAccount: string | undefined},
  {signal}: Interrupt,
): Promise<void> {
  const {services, issuer, env, argv, stdout} = desk
  const started = await services.startLogin({...wish, signal})
  const {url, handle, expiresAt} = started
  const talk = talkAt(desk)
  const report = {url: url.href, handle, expiresAt: expiresAt.toISOString()}
  talk.report({type: 'authorization', ...report})
  const {palette} = showingOn(stdout, env, argv)
  for (const line of startedLines(started, issuer, palette)) talk.result(line)
}

/** The address stands unwrapped on a line of its own, and so does the command. */
export function startedLines(
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

/** Finishes a sign-in with an address that is typed where nothing shows it, or read from standard input. */
export async function finishSignIn(
  desk: TwoStepDesk,
  {handle, timeoutSeconds, maySwitch}: FinishWish,
  {signal, interrupt}: Interrupt,
): Promise<Done> {
  const {services, issuer, env, argv, stdin, stderr} = desk
  const talk = talkAt(desk)
  const isInForeground = await services.isInForeground()
  const ask = (): void => {
    if (stdin.isTTY) talk.say(['Paste the address that the browser ended at (it is not shown):'])
  }
  const progress = {
    issuer,
    opensBrowser: false,
    palette: showingOn(stderr, env, argv).palette,
    canPaste: stdin.isTTY ? ('by hand' as const) : ('on stdin' as const),
    surroundings: await services.surroundings(),
  }
  return services.finishLogin({
    handle,
    timeoutSeconds,
    signal,
    switching: switchingAt(desk, maySwitch, signal),
    paste(over) {
      const lines = hiddenLines(
        {stdin, isInForeground, onInterrupt: interrupt, onContinue: ask},
        over,
      )
      ask()
      return lines
    },
    tell(event: LoginEvent) {
      // Elsewhere nothing follows, and the error says it.
      if (event.type === 'exchanging' || stdin.isTTY) talk.say(progressLines(event, progress))
    },
  })
}
